package dev.lockstep.doctor;

import dev.lockstep.Defaults;
import dev.lockstep.check.CheckGroup;
import dev.lockstep.concurrent.VirtualThreadRunner;
import dev.lockstep.directory.AgentLookup;
import dev.lockstep.intake.CorrelationIds;
import dev.lockstep.intake.EvidenceIntake;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.platform.Platforms;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.Control;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
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
        InstantSource clock) {
    /** Looks at one agent and changes their status for a moment. */
    public Report examine(String agent) {
        DoctorSettings settings = Defaults.of(DoctorSettings.class, Map.of("lockstep.doctor.timeout", "20s"));
        SyncProbe probe = new SyncProbe(
                platforms,
                store,
                intake,
                team -> mapping,
                new CorrelationIds(new Random(1)),
                clock,
                time -> {},
                settings);
        return new Doctor(checks, platforms, store, lookup, control, probe, new VirtualThreadRunner(), settings, clock)
                .examine(Optional.of(agent), true);
    }
}
