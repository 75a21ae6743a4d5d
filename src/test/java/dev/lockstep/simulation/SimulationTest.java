package dev.lockstep.simulation;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Thousands of days in a contact centre. A run that breaks names its seed: {@code -Dlockstep.simulation.seed=…}. */
class SimulationTest {
    private static final int SEEDS = Integer.getInteger("lockstep.simulation.seeds", 60);
    private static final long ONE = Long.getLong("lockstep.simulation.seed", -1);
    private static final double FAULTS = 0.01;
    private static final Duration TIME = Duration.ofHours(2);

    @Test
    void whenNothingGoesWrong() {
        for (long seed = 0; seed < SEEDS; seed++) {
            new Simulation(seed, 2, 0).run(TIME);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "lockstep.simulation.seed", matches = "[0-9]+")
    void oneRunAgain() {
        new Simulation(ONE, 2, ONE < 1_000 ? 0 : FAULTS).run(TIME);
    }
}
