package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
    @Test
    void aRunThatHoldsIsNotCutDown() {
        assertThat(new Shrinker().shrink(Scenario.of(1))).isEmpty();
    }

    @Test
    void aRunThatBreaksIsCutDownToFewEvents() {
        Scenario broken = Scenario.of(1).with(Variant.NO_SHIFT_END);

        Optional<Shrinker.Shrunk> shrunk = new Shrinker().shrink(broken);

        assertThat(shrunk).isPresent();
        assertThat(shrunk.get().left()).hasSizeLessThan(8);
    }
}
