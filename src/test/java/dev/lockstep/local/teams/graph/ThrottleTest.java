package dev.lockstep.local.teams.graph;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.concurrent.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private final SettableClock clock = new SettableClock(Instant.EPOCH);
    private final Throttle throttle = new Throttle(2, Duration.ofSeconds(30), clock, true);

    @Test
    void countsInASlidingWindow() {
        throttle.admit("a");
        clock.advance(Duration.ofSeconds(20));
        throttle.admit("a");
        clock.advance(Duration.ofSeconds(10));

        assertThatCode(() -> throttle.admit("a")).doesNotThrowAnyException();
        assertThatThrownBy(() -> throttle.admit("a")).isInstanceOf(GraphError.class);
    }

    @Test
    void countsEachKeyAlone() {
        throttle.admit("a");
        throttle.admit("a");

        assertThatCode(() -> throttle.admit("b")).doesNotThrowAnyException();
    }

    @Test
    void keepsOutWhoHammers() {
        for (int i = 0; i < 2; i++) {
            throttle.admit("a");
        }
        for (int i = 0; i < 100; i++) {
            clock.advance(Duration.ofSeconds(10));
            assertThatThrownBy(() -> throttle.admit("a")).isInstanceOf(GraphError.class);
        }
        clock.advance(Duration.ofSeconds(30));
        assertThatCode(() -> throttle.admit("a")).doesNotThrowAnyException();
    }
}
