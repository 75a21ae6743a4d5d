package dev.lockstep.simulation;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final int SEEDS = Integer.getInteger("lockstep.simulation.seeds", 400);
    private static final long ONE = Long.getLong("lockstep.simulation.seed", -1);

    @Test
    void withoutFaults() {
        for (long seed = 0; seed < SEEDS / 4; seed++) {
            new Simulation(seed, 2, 0).run(Duration.ofHours(2));
        }
    }

    @Test
    void withFaults() {
        if (ONE >= 0) {
            new Simulation(ONE, 2, 0.01).run(Duration.ofHours(2));
            return;
        }
        for (long seed = 10_000; seed < 10_000 + SEEDS; seed++) {
            new Simulation(seed, 2, 0.01).run(Duration.ofHours(2));
        }
    }
}
