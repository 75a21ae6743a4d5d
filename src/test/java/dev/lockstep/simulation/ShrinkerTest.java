package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MutedLogs.class)
class ShrinkerTest {
    private static final int SEVERAL = 5;

    @Test
    void aRunThatHoldsIsNotCutDown() {
        assertThat(new Shrinker().shrink(Scenario.of(1))).isEmpty();
    }

    /** Some fault needs a long story; of several runs that break by it one can always be told shortly. */
    @Test
    void aRunThatBreaksIsCutDownToFewEvents() {
        Optional<Shrinker.Shrunk> shortest = LongStream.range(0, 100)
                .mapToObj(seed -> Scenario.of(seed).with(Variant.EQUAL_TIMERS))
                .flatMap(broken -> new Shrinker().shrink(broken).stream())
                .limit(SEVERAL)
                .min(Comparator.comparingInt(shrunk -> shrunk.left().size()));

        assertThat(shortest).isPresent();
        assertThat(shortest.get().left()).hasSizeLessThan(8);
    }
}
