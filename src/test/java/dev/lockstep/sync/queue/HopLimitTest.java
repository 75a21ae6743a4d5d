package dev.lockstep.sync.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.Defaults;
import dev.lockstep.failure.RecordedLog;
import dev.lockstep.intake.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What goes round waits ever longer, and not for ever. */
class HopLimitTest {
    private final List<String> sent = new ArrayList<>();
    private final List<Duration> waits = new ArrayList<>();
    private final List<String> metered = new ArrayList<>();
    private final HopLimit limit = new HopLimit(
            new RetryQueue() {
                @Override
                public void retry(RetryMessage message, Duration delay) {
                    waits.add(delay);
                }

                @Override
                public void enqueueBulk(Collection<String> agentIds, String correlationId) {
                    sent.add(agentIds + " " + correlationId);
                }
            },
            Defaults.of(QueueSettings.class, Map.of("lockstep.queue.most-hops", "12")),
            () -> metered.add("left"),
            new Random(1));

    private static RetryMessage hop(int hops) {
        return new RetryMessage("rita", false, Optional.of("c1"), hops);
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
            limit.retry(RetryMessage.inBulk("agent" + agent, "c1").again(), Duration.ofSeconds(10));
        }

        assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofSeconds(6)) >= 0);
        assertThat(atOnce(waits.stream().filter(wait -> wait.compareTo(Duration.ofSeconds(10)) < 0)))
                .isLessThan(100);
        assertThat(atOnce(waits.stream().filter(wait -> wait.compareTo(Duration.ofSeconds(10)) >= 0)))
                .isLessThan(100);
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
    void theBulkLaneIsAskedLessAndLessOften() {
        RetryMessage message = RetryMessage.inBulk("rita", "c1");
        limit.retry(message.again(), Duration.ofSeconds(3));
        limit.retry(message.again().again().again(), Duration.ofSeconds(3));

        assertThat(waits.get(0)).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(15));
        assertThat(waits.get(1)).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(25));
    }

    @Test
    void whoHasGoneRoundTooOftenIsLeftToTheSweepAndThatIsSaid() {
        try (RecordedLog log = new RecordedLog(HopLimit.class)) {
            limit.retry(RetryMessage.after(new Trigger("retry", "c1", 12), "rita"), Duration.ofSeconds(30));

            assertThat(log.text()).contains("agent=rita", "c1", "left to the sweep after 12 hops");
        }
        assertThat(waits).isEmpty();
        assertThat(metered).containsExactly("left");
    }

    @Test
    void whatConcernsManyIsPassedOn() {
        limit.enqueueBulk(List.of("rita", "sam"), "c1");

        assertThat(sent).containsExactly("[rita, sam] c1");
    }
}
