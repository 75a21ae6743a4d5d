package dev.lockstep.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CountdownTest {
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-22T10:00:00Z"));
    private final Countdown run = Countdown.of(clock, Duration.ofSeconds(50));

    @Test
    void aPartGetsOfTheRunWhatIsLeft() {
        clock.advance(Duration.ofSeconds(20));
        Countdown part = run.half();
        assertThat(part.left()).isEqualTo(Duration.ofSeconds(15));

        clock.advance(Duration.ofSeconds(10));
        assertThat(part.left()).isEqualTo(Duration.ofSeconds(5));
        assertThat(run.left()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void nothingIsLeftOfATimeThatIsOver() {
        clock.advance(Duration.ofMinutes(2));
        assertThat(run.left()).isZero();
        assertThat(run.half().left()).isZero();
    }
}
