package dev.lockstep.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PolicyTest {
    @Test
    void aCallMustBeAllowedToLastSomeTime() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Policy(Strictness.USUAL, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new Policy(Strictness.USUAL, Duration.ofSeconds(-1)));
        assertThat(new Policy(Strictness.USUAL, Duration.ofNanos(1)).callMaxAge())
                .isPositive();
    }
}
