package dev.lockstep;

import dev.lockstep.settings.LockstepSettings;
import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** What a run of the tests is told by {@code -D}; tests that start the product share their process with it. */
@ConfigMapping(prefix = "lockstep")
public interface TestRunSettings extends LockstepSettings {
    Optional<Long> seed();

    Optional<String> buildDirectory();

    Fuzz fuzz();

    Simulation simulation();

    Benchmark benchmark();

    Cost cost();

    Test test();

    /** {@code fuzz.Fuzz}. */
    interface Fuzz {
        Optional<Long> seed();

        Optional<Integer> rounds();

        Optional<Integer> round();
    }

    /** {@code simulation.SimulationTest}. */
    interface Simulation {
        Optional<Integer> seeds();

        Optional<Long> seed();

        Optional<Long> seconds();

        Optional<Long> first();

        Optional<Integer> lines();
    }

    /** {@code function.ColdStarts}. */
    interface Benchmark {
        Optional<Integer> starts();
    }

    /** {@code cost.CostTest}. */
    interface Cost {
        Optional<Boolean> rewrite();
    }

    /** {@code store.dynamodb.StateJsonTest}. */
    interface Test {
        Optional<Long> seed();
    }
}
