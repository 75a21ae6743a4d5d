package dev.lockstep.doctor;

import dev.lockstep.check.CheckGroup;
import dev.lockstep.concurrent.ParallelRunner;
import dev.lockstep.concurrent.Sleeper;
import dev.lockstep.directory.AgentLookup;
import dev.lockstep.intake.CorrelationIds;
import dev.lockstep.intake.EvidenceIntake;
import dev.lockstep.mapping.Mappings;
import dev.lockstep.platform.Platforms;
import dev.lockstep.protocol.entra.EntraSettings;
import dev.lockstep.protocol.entra.EntraTokens;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.Control;
import dev.lockstep.sync.queue.QueueSettings;
import io.quarkus.arc.All;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;

/** Puts the doctor together. The adapters' own checks find their way here by themselves. */
@Singleton
final class DoctorBeans {
    @Produces
    @Singleton
    EntraChecks entraChecks(EntraSettings entra, EntraTokens tokens, DoctorSettings settings, InstantSource clock) {
        return new EntraChecks(entra, tokens::credentialExpiry, new DateHeader(), clock, settings.expiresSoon());
    }

    @Produces
    @Singleton
    InstallationChecks installationChecks(Control control, QueueSettings queue) {
        return new InstallationChecks(control, queue.url());
    }

    @Produces
    @Singleton
    SyncProbe trial(
            Platforms platforms,
            AgentStore store,
            EvidenceIntake intake,
            Mappings mappings,
            CorrelationIds correlationIds,
            InstantSource clock,
            DoctorSettings settings,
            Sleeper pause) {
        return new SyncProbe(platforms, store, intake, mappings, correlationIds, clock, pause, settings);
    }

    @Produces
    @Singleton
    Doctor doctor(
            @All List<CheckGroup> checks,
            Platforms platforms,
            AgentStore store,
            AgentLookup lookup,
            Control control,
            SyncProbe trial,
            ParallelRunner runner,
            DoctorSettings settings) {
        return new Doctor(checks, platforms, store, lookup, control, trial, runner, settings);
    }
}
