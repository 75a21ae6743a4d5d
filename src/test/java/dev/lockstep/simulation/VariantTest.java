package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation notices everything that it is there to notice: each way to break the product is caught. */
@ExtendWith(MutedLogs.class)
class VariantTest {
    private static final long MOST_SEEDS = 4_000;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PRODUCT")
    void isCaught(Variant variant) {
        assertThat(LongStream.range(0, MOST_SEEDS)
                        .parallel()
                        .mapToObj(seed -> Scenario.of(seed).with(variant))
                        .anyMatch(VariantTest::breaks))
                .isTrue();
    }

    private static boolean breaks(Scenario scenario) {
        try {
            new Simulation(scenario).run();
            return false;
        } catch (Violation caught) {
            return true;
        }
    }
}
