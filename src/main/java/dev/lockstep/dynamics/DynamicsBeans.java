package dev.lockstep.dynamics;

import dev.lockstep.agent.AgentStore;
import dev.lockstep.agent.Control;
import dev.lockstep.agent.Identities;
import dev.lockstep.agent.LastHeard;
import dev.lockstep.agent.NewsDesk;
import dev.lockstep.platform.PlatformGroup;
import dev.lockstep.platform.Secrets;
import dev.lockstep.platform.ShiftSource;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;

/** Puts the Dynamics side together. Without its URL there is none. */
@Singleton
final class DynamicsBeans {
    /** Key of the time at which the webhook was last heard. */
    static final String HEARD = LastHeard.KEY + DynamicsPlatform.NAME;

    @Produces
    @Singleton
    KnownPresences presences(OmnichannelApi api, Control control, InstantSource clock) {
        return new KnownPresences(api, control, clock);
    }

    @Produces
    @Singleton
    PlatformGroup platforms(
            OmnichannelApi api,
            KnownPresences presences,
            DynamicsRules rules,
            DynamicsSettings settings,
            InstantSource clock) {
        DynamicsPlatform platform = new DynamicsPlatform(api, presences, rules, clock);
        return () -> settings.url().isPresent() ? List.of(platform) : List.of();
    }

    @Produces
    @Singleton
    Directory directory(OmnichannelApi api, AgentStore store, Identities identities) {
        return new Directory(api, store, identities);
    }

    @Produces
    @Singleton
    Snapshot snapshot(OmnichannelApi api, AgentStore store, InstantSource clock, NewsDesk desk) {
        return new Snapshot(
                api, store, clock, desk::matters, (agentId, news) -> desk.take(agentId, news, "dynamics snapshot"));
    }

    @Produces
    @Singleton
    DynamicsChange change(
            DynamicsSettings settings,
            Secrets secrets,
            OmnichannelApi api,
            Identities identities,
            Directory directory,
            Control control,
            NewsDesk desk) {
        return new DynamicsChange(
                settings,
                secrets,
                api,
                identities,
                directory,
                (agentId, news) -> desk.take(agentId, news, "dynamics-change"),
                new LastHeard(control, DynamicsPlatform.NAME)::at);
    }

    @Produces
    @Singleton
    ShiftSource shifts(OmnichannelApi api) {
        return new DynamicsShifts(api);
    }
}
