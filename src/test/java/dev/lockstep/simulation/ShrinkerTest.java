package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MutedLogs.class)
class ShrinkerTest {
    @Test
    void aRunThatHoldsIsNotCutDown() {
        assertThat(new Shrinker().shrink(Scenario.of(1))).isEmpty();
    }

    @Test
    void aRunThatBreaksIsCutDownToFewEvents() {
        Optional<Shrinker.Shrunk> shrunk = LongStream.range(0, 100)
                .mapToObj(seed -> Scenario.of(seed).with(Variant.EQUAL_TIMERS))
                .flatMap(broken -> new Shrinker().shrink(broken).stream())
                .findFirst();

        assertThat(shrunk).isPresent();
        assertThat(shrunk.get().left()).hasSizeLessThan(8);
    }
}
