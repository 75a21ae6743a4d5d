package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thousands of days in a contact centre. A run that breaks names its seed: {@code -Dlockstep.simulation.seed=…}. */
@ExtendWith(MutedLogs.class)
class SimulationTest {
    private static final int SEEDS = Integer.getInteger("lockstep.simulation.seeds", 2_000);
    private static final long FEW_SEEDS = 30;
    private static final long OUTAGES = 5;

    @Test
    void whateverHappens() {
        LongStream.range(0, SEEDS).parallel().forEach(seed -> new Simulation(Scenario.of(seed)).run());
    }

    /** What nobody ever does proves nothing. */
    @Test
    void everyActionIsTaken() {
        SortedMap<String, Long> taken = new TreeMap<>();
        for (long seed = 0; seed < FEW_SEEDS; seed++) {
            Simulation simulation = new Simulation(Scenario.of(seed));
            simulation.run();
            simulation.result().actions().forEach((action, count) -> taken.merge(action, count, Long::sum));
        }

        assertThat(taken)
                .isNotEmpty()
                .allSatisfy((action, count) -> assertThat(count).isPositive());
    }

    /** Its retries are counted, and when they are given up the sweep goes on. */
    @ParameterizedTest
    @ValueSource(strings = {"dynamics", "teams", "application:" + Product.APPLICATION})
    void afterAnOutageOfAnHourEverybodyIsRightAgain(String platform) {
        LongStream.range(0, OUTAGES).parallel().forEach(seed -> {
            Simulation simulation = new Simulation(Scenario.of(seed).lasting(Duration.ofMinutes(75)));
            simulation.time.after(
                    Duration.ofMinutes(10), () -> simulation.faults.outage(platform, Duration.ofHours(1)));
            simulation.run();
        });
    }

    /** The same run again, and what is left of it when all is left out that does not matter. */
    @Test
    @EnabledIfSystemProperty(named = "lockstep.simulation.seed", matches = "[0-9]+")
    void oneRunAgain() {
        Scenario scenario = Scenario.of(Long.getLong("lockstep.simulation.seed"));

        assertThat(new Shrinker().shrink(scenario)).as("%s", scenario).isEqualTo(Optional.empty());
    }

    @Test
    @EnabledIfSystemProperty(named = "lockstep.simulation.seconds", matches = "[0-9]+")
    void asLongAsAsked() throws InterruptedException, ExecutionException {
        Duration length = Duration.ofSeconds(Long.getLong("lockstep.simulation.seconds"));
        long first = Long.getLong("lockstep.simulation.first", SEEDS);

        assertThat(new SimulationRun().goOnFor(length, first)).isZero();
    }
}
