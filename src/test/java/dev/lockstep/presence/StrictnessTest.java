package dev.lockstep.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrictnessTest {
    private static final List<Status> USUAL = List.of(Status.values());

    @Test
    void whatStandsLaterInTheOrderIsStricter() {
        List<Status> reversed = new ArrayList<>(USUAL);
        Collections.reverse(reversed);
        Strictness other = new Strictness(reversed);

        assertThat(Strictness.USUAL.isStricter(Status.ON_A_CALL, Status.BUSY)).isTrue();
        assertThat(other.isStricter(Status.ON_A_CALL, Status.BUSY)).isFalse();
        assertThat(other.isStricter(Status.BUSY, Status.ON_A_CALL)).isTrue();
    }

    @Test
    void nothingIsStricterThanItself() {
        assertThat(USUAL).noneMatch(status -> Strictness.USUAL.isStricter(status, status));
    }

    @Test
    void theOrderNamesEveryStatusOnce() {
        List<Status> twice = new ArrayList<>(USUAL);
        twice.set(0, Status.OFFLINE);

        assertThatIllegalArgumentException().isThrownBy(() -> new Strictness(twice));
        assertThatIllegalArgumentException().isThrownBy(() -> new Strictness(USUAL.subList(1, USUAL.size())));
    }

    @Test
    void comparesTheLeastRestrictiveFirst() {
        assertThat(USUAL.stream().max(Strictness.USUAL)).contains(Status.OFFLINE);
        assertThat(USUAL.stream().min(Strictness.USUAL)).contains(Status.AVAILABLE);
    }
}
