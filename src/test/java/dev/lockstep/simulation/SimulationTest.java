package dev.lockstep.simulation;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Thousands of days in a contact centre. A run that breaks names its seed: {@code -Dlockstep.simulation.seed=…}. */
class SimulationTest {
    private static final int SEEDS = Integer.getInteger("lockstep.simulation.seeds", 1_000);

    @Test
    void whateverHappens() {
        LongStream.range(0, SEEDS).parallel().forEach(seed -> new Simulation(Scenario.of(seed)).run());
    }

    @Test
    @EnabledIfSystemProperty(named = "lockstep.simulation.seed", matches = "[0-9]+")
    void oneRunAgain() {
        new Simulation(Scenario.of(Long.getLong("lockstep.simulation.seed"))).run();
    }
}
