package dev.lockstep.local.teams.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReceiverHealthTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final ReceiverHealth health = new ReceiverHealth(10);

    @Test
    void delaysAReceiverThatIsOftenSlow() {
        answers(8, Duration.ofMillis(100));
        answers(1, Duration.ofSeconds(3));
        assertThat(health.delayAt(NOW)).isZero();
        answers(1, Duration.ofSeconds(3));

        assertThat(health.delayAt(NOW)).isEqualTo(Duration.ofMinutes(10));
        assertThat(health.dropsAt(NOW)).isFalse();
        assertThat(health.delayAt(NOW.plus(Duration.ofMinutes(10)))).isZero();
    }

    @Test
    void dropsForAReceiverThatIsOftenGone() {
        answers(8, Duration.ofMillis(100));
        answers(2, Duration.ofSeconds(10));

        assertThat(health.dropsAt(NOW)).isTrue();
        assertThat(health.dropsAt(NOW.plus(Duration.ofMinutes(10)))).isFalse();
    }

    @Test
    void forgivesATenth() {
        answers(9, Duration.ofMillis(100));
        answers(1, Duration.ofSeconds(10));

        assertThat(health.dropsAt(NOW)).isFalse();
        assertThat(health.delayAt(NOW)).isZero();
    }

    @Test
    void forgetsAfterTenMinutes() {
        answers(9, Duration.ofSeconds(5));
        health.answered(NOW.plus(Duration.ofMinutes(11)), Duration.ofSeconds(5));

        assertThat(health.delayAt(NOW.plus(Duration.ofMinutes(11)))).isZero();
    }

    private void answers(int count, Duration took) {
        for (int i = 0; i < count; i++) {
            health.answered(NOW, took);
        }
    }
}
