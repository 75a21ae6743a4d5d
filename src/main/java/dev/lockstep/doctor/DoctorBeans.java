package dev.lockstep.doctor;

import dev.lockstep.check.CheckGroup;
import dev.lockstep.concurrent.ParallelRunner;
import dev.lockstep.concurrent.Sleeper;
import dev.lockstep.directory.AgentLookup;
import dev.lockstep.dynamics.dataverse.DynamicsSettings;
import dev.lockstep.intake.EvidenceIntake;
import dev.lockstep.mapping.Mappings;
import dev.lockstep.platform.PlatformGroup;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.protocol.entra.EntraSettings;
import dev.lockstep.protocol.entra.EntraTokens;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.Control;
import dev.lockstep.store.Identities;
import dev.lockstep.sync.queue.QueueSettings;
import dev.lockstep.teams.graph.GraphSettings;
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
    SyncProbe trial(
            @All List<PlatformGroup> groups,
            AgentStore store,
            EvidenceIntake desk,
            Mappings mappings,
            InstantSource clock,
            DoctorSettings settings,
            Sleeper pause) {
        return new SyncProbe(readable(groups), store, desk, mappings, clock, pause, settings);
    }

    @Produces
    @Singleton
    Doctor doctor(
            @All List<CheckGroup> checks,
            @All List<PlatformGroup> groups,
            AgentStore store,
            Identities identities,
            Control control,
            SyncProbe trial,
            ParallelRunner runner,
            DoctorSettings settings) {
        AgentLookup lookup = new AgentLookup(store, identities);
        return new Doctor(checks, () -> readable(groups), store, lookup, control, trial, runner, settings);
    }

    private static List<ReadablePlatform> readable(List<PlatformGroup> groups) {
        return groups.stream()
                .flatMap(group -> group.platforms().stream())
                .flatMap(platform ->
                        platform instanceof ReadablePlatform readable ? Stream.of(readable) : Stream.empty())
                .toList();
    }
}
