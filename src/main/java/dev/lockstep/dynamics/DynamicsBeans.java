package dev.lockstep.dynamics;

import dev.lockstep.configured.Secrets;
import dev.lockstep.directory.DirectoryBuilder;
import dev.lockstep.dynamics.dataverse.DataverseSettings;
import dev.lockstep.dynamics.dataverse.OmnichannelApi;
import dev.lockstep.intake.CorrelationIds;
import dev.lockstep.intake.EvidenceIntake;
import dev.lockstep.intake.LastHeard;
import dev.lockstep.platform.PlatformGroup;
import dev.lockstep.shift.ShiftSource;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.Control;
import dev.lockstep.store.ControlKeys;
import dev.lockstep.store.Identities;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;

/** Puts the Dynamics side together. Without its URL there is none. */
@Singleton
final class DynamicsBeans {
    /** Key of the time at which the webhook was last heard. */
    static final String HEARD = ControlKeys.HEARD + DynamicsPlatform.NAME;

    @Produces
    @Singleton
    CachedPresenceCatalogue presences(OmnichannelApi api, Control control, InstantSource clock) {
        return new CachedPresenceCatalogue(api, control, clock);
    }

    @Produces
    @Singleton
    PlatformGroup platforms(
            DynamicsDescriptor descriptor,
            OmnichannelApi api,
            CachedPresenceCatalogue presences,
            DynamicsSettings settings,
            InstantSource clock) {
        DynamicsPlatform platform = new DynamicsPlatform(api, presences, settings, clock);
        return new PlatformGroup(descriptor, () -> settings.url().isPresent() ? List.of(platform) : List.of());
    }

    @Produces
    @Singleton
    DynamicsPeople people(OmnichannelApi api) {
        return new DynamicsPeople(api);
    }

    @Produces
    @Singleton
    DynamicsPoll snapshot(
            OmnichannelApi api,
            AgentStore store,
            InstantSource clock,
            EvidenceIntake intake,
            CorrelationIds correlationIds) {
        return new DynamicsPoll(api, store, clock, intake, correlationIds);
    }

    @Produces
    @Singleton
    DataverseWebhook change(
            DataverseSettings settings,
            Secrets secrets,
            OmnichannelApi api,
            Identities identities,
            DirectoryBuilder directory,
            Control control,
            EvidenceIntake intake) {
        return new DataverseWebhook(
                settings,
                secrets,
                api,
                identities,
                directory,
                intake,
                new LastHeard(control, DynamicsPlatform.NAME)::at);
    }

    @Produces
    @Singleton
    ShiftSource shifts(OmnichannelApi api) {
        return new DynamicsShifts(api);
    }
}
