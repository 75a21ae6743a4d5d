package dev.lockstep.sync.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.Defaults;
import dev.lockstep.failure.RecordedLog;
import dev.lockstep.intake.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What goes round waits ever longer, and not for ever. */
class HopLimitTest {
    private static final Instant TURN = Instant.parse("2026-11-23T17:03:20Z");

    private final List<RetryQueue.Delayed> sent = new ArrayList<>();
    private final List<Duration> waits = new ArrayList<>();
    private final List<String> metered = new ArrayList<>();
    private final HopLimit limit = new HopLimit(
            new RetryQueue() {
                @Override
                public void retry(RetryMessage message, Duration delay) {
                    waits.add(delay);
                }

                @Override
                public List<Delayed> retryAll(List<Delayed> messages) {
                    sent.addAll(messages);
                    return messages;
                }
            },
            Defaults.of(QueueSettings.class, Map.of("lockstep.queue.most-hops", "12")),
            () -> metered.add("left"),
            new Random(1));

    private static RetryMessage hop(int hops) {
        return new RetryMessage("rita", false, Optional.of("c1"), hops, Optional.empty());
    }

    @Test
    void eachHopWaitsAtLeastALittleLonger() {
        limit.retry(hop(0), Duration.ZERO);
        limit.retry(hop(1), Duration.ZERO);
        limit.retry(hop(12), Duration.ZERO);

        assertThat(waits.get(0)).isZero();
        assertThat(waits.get(1)).isBetween(Duration.ofMillis(500), Duration.ofMillis(625));
        assertThat(waits.get(2)).isBetween(Duration.ofSeconds(6), Duration.ofMillis(7500));
    }

    /** It is spread already, or is about this agent alone. */
    @Test
    void aLongerWaitIsKeptAsItIs() {
        limit.retry(hop(3), Duration.ofSeconds(30));

        assertThat(waits).containsExactly(Duration.ofSeconds(30));
    }

    @Test
    void whoAreAtTheSameHopDoNotComeBackTogether() {
        for (int agent = 0; agent < 1000; agent++) {
            limit.retry(hop(12), Duration.ofSeconds(1));
        }

        assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofSeconds(6)) >= 0);
        assertThat(atOnce(waits.stream())).isLessThan(100);
    }

    /** How many come in the same tenth of a second, at most. */
    private static long atOnce(Stream<Duration> waits) {
        return waits
                .collect(Collectors.groupingBy(wait -> wait.toMillis() / 100, Collectors.counting()))
                .values()
                .stream()
                .mapToLong(Long::longValue)
                .max()
                .orElseThrow();
    }

    @Test
    void lookingAgainEveryTwoSecondsForThirtyStaysWithinTheBound() {
        Duration total = Duration.ZERO;
        for (int hops = 1; hops <= 12; hops++) {
            limit.retry(hop(hops), Duration.ofSeconds(2));
            total = total.plus(waits.getLast());
        }
        assertThat(total).isGreaterThan(Duration.ofSeconds(30));
        assertThat(metered).isEmpty();
    }

    @Test
    void whoHasATurnWaitsForItAndNoLonger() {
        RetryMessage message = RetryMessage.inBulk("rita", "c1", TURN);
        limit.retry(message.at(TURN.plusSeconds(3)).at(TURN.plusSeconds(6)), Duration.ofSeconds(3));

        assertThat(waits).containsExactly(Duration.ofSeconds(3));
    }

    @Test
    void whoHasGoneRoundTooOftenIsLeftToTheSweepAndThatIsSaid() {
        try (RecordedLog log = new RecordedLog(HopLimit.class)) {
            limit.retry(RetryMessage.after(new Trigger("retry", "c1", 12, ""), "rita"), Duration.ofSeconds(30));

            assertThat(log.text()).contains("agent=rita", "c1", "left to the sweep after 12 hops");
        }
        assertThat(waits).isEmpty();
        assertThat(metered).containsExactly("left");
    }

    @Test
    void whatConcernsManyIsPassedOn() {
        List<RetryQueue.Delayed> many = List.of(
                new RetryQueue.Delayed(RetryMessage.inBulk("rita", "c1", TURN), Duration.ZERO),
                new RetryQueue.Delayed(RetryMessage.inBulk("sam", "c1", TURN), Duration.ofSeconds(1)));

        assertThat(limit.retryAll(many)).isEqualTo(many);
        assertThat(sent).isEqualTo(many);
    }
}
