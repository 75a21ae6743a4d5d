package dev.lockstep.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyTest {
    private static final List<Status> USUAL = List.of(Status.values());

    @Test
    void whatStandsLaterInTheOrderIsStricter() {
        List<Status> reversed = new ArrayList<>(USUAL);
        Collections.reverse(reversed);
        Policy other = new Policy(reversed, Duration.ofHours(1));

        assertThat(Policy.DEFAULT.isStricter(Status.ON_A_CALL, Status.BUSY)).isTrue();
        assertThat(other.isStricter(Status.ON_A_CALL, Status.BUSY)).isFalse();
        assertThat(other.isStricter(Status.BUSY, Status.ON_A_CALL)).isTrue();
    }

    @Test
    void nothingIsStricterThanItself() {
        assertThat(USUAL).noneMatch(status -> Policy.DEFAULT.isStricter(status, status));
    }

    @Test
    void theOrderNamesEveryStatusOnce() {
        List<Status> twice = new ArrayList<>(USUAL);
        twice.set(0, Status.OFFLINE);

        assertThatIllegalArgumentException().isThrownBy(() -> new Policy(twice, Duration.ofHours(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Policy(USUAL.subList(1, USUAL.size()), Duration.ofHours(1)));
    }

    @Test
    void aCallMustBeAllowedToLastSomeTime() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Policy(USUAL, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new Policy(USUAL, Duration.ofSeconds(-1)));
        assertThat(new Policy(USUAL, Duration.ofNanos(1)).callMaxAge()).isPositive();
    }
}
