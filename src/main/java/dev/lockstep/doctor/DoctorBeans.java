package dev.lockstep.doctor;

import dev.lockstep.agent.AgentLookup;
import dev.lockstep.agent.AgentStore;
import dev.lockstep.agent.Control;
import dev.lockstep.agent.Identities;
import dev.lockstep.agent.NewsDesk;
import dev.lockstep.dynamics.DynamicsSettings;
import dev.lockstep.mapping.Mappings;
import dev.lockstep.platform.Pause;
import dev.lockstep.platform.PlatformGroup;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.platform.check.CheckGroup;
import dev.lockstep.platform.entra.EntraSettings;
import dev.lockstep.platform.entra.EntraTokens;
import dev.lockstep.sync.QueueSettings;
import dev.lockstep.teams.GraphSettings;
import io.quarkus.arc.All;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** Puts the doctor together. The adapters' own checks find their way here by themselves. */
@Singleton
final class DoctorBeans {
    @Produces
    @Singleton
    EntraChecks entraChecks(
            EntraSettings entra,
            EntraTokens tokens,
            GraphSettings graph,
            DynamicsSettings dynamics,
            DoctorSettings settings,
            InstantSource clock) {
        return new EntraChecks(
                entra,
                tokens,
                graph.url(),
                dynamics.url(),
                tokens::credentialExpiry,
                new DateHeader(),
                clock,
                settings.expiresSoon());
    }

    @Produces
    @Singleton
    InstallationChecks installationChecks(Control control, QueueSettings queue) {
        return new InstallationChecks(control, queue.url());
    }

    @Produces
    @Singleton
    Trial trial(
            @All List<PlatformGroup> groups,
            AgentStore store,
            NewsDesk desk,
            Mappings mappings,
            InstantSource clock,
            DoctorSettings settings,
            Pause pause) {
        return new Trial(readable(groups), store, desk, mappings, clock, pause, settings);
    }

    @Produces
    @Singleton
    Doctor doctor(
            @All List<CheckGroup> checks,
            @All List<PlatformGroup> groups,
            AgentStore store,
            Identities identities,
            Control control,
            Trial trial,
            DoctorSettings settings) {
        AgentLookup lookup = new AgentLookup(store, identities);
        return new Doctor(checks, () -> readable(groups), store, lookup, control, trial, settings);
    }

    private static List<ReadablePlatform> readable(List<PlatformGroup> groups) {
        return groups.stream()
                .flatMap(group -> group.platforms().stream())
                .flatMap(platform ->
                        platform instanceof ReadablePlatform readable ? Stream.of(readable) : Stream.empty())
                .toList();
    }
}
