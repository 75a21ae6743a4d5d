package dev.lockstep.doctor;

import dev.lockstep.check.CheckGroup;
import dev.lockstep.concurrent.VirtualThreadRunner;
import dev.lockstep.directory.AgentLookup;
import dev.lockstep.intake.CorrelationIds;
import dev.lockstep.intake.EvidenceIntake;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.platform.Platforms;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.Control;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A doctor over platforms and checks of a test. */
public record GivenDoctor(
        List<CheckGroup> checks,
        Platforms platforms,
        AgentStore store,
        AgentLookup lookup,
        Control control,
        EvidenceIntake intake,
        Mapping mapping,
        InstantSource clock)
        implements DoctorSettings {
    /** Looks at one agent and changes their status for a moment. */
    public Report examine(String agent) {
        SyncProbe probe = new SyncProbe(
                platforms, store, intake, team -> mapping, new CorrelationIds(new Random(1)), clock, time -> {}, this);
        return new Doctor(checks, platforms, store, lookup, control, probe, new VirtualThreadRunner(), this)
                .examine(Optional.of(agent), true);
    }

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(20);
    }

    @Override
    public Duration patience() {
        return Duration.ofSeconds(20);
    }

    @Override
    public Duration lookEvery() {
        return Duration.ofMillis(250);
    }

    @Override
    public Duration expiresSoon() {
        return Duration.ofDays(30);
    }
}
