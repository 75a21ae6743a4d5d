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
import org.junit.jupiter.api.Test;

/** What goes round waits ever longer, and not for ever. */
class HopLimitTest {
    private final List<String> sent = new ArrayList<>();
    private final List<String> metered = new ArrayList<>();
    private final HopLimit limit = new HopLimit(
            new RetryQueue() {
                @Override
                public void retry(RetryMessage message, Duration delay) {
                    sent.add(message.hops() + " after " + delay);
                }

                @Override
                public void enqueueBulk(Collection<String> agentIds, String correlationId) {
                    sent.add(agentIds + " " + correlationId);
                }
            },
            Defaults.of(QueueSettings.class, Map.of("lockstep.queue.most-hops", "12")),
            () -> metered.add("left"));

    private static RetryMessage hop(int hops) {
        return new RetryMessage("rita", false, Optional.of("c1"), hops);
    }

    @Test
    void eachHopWaitsAtLeastALittleLonger() {
        limit.retry(hop(0), Duration.ZERO);
        limit.retry(hop(1), Duration.ZERO);
        limit.retry(hop(12), Duration.ZERO);
        limit.retry(hop(3), Duration.ofSeconds(30));

        assertThat(sent).containsExactly("0 after PT0S", "1 after PT0.5S", "12 after PT6S", "3 after PT30S");
    }

    @Test
    void lookingAgainEveryTwoSecondsForThirtyStaysWithinTheBound() {
        Duration total = Duration.ZERO;
        for (int hops = 1; hops <= 12; hops++) {
            limit.retry(hop(hops), Duration.ofSeconds(2));
            total = total.plus(
                    Duration.parse(sent.getLast().substring(sent.getLast().lastIndexOf(' ') + 1)));
        }
        assertThat(total).isGreaterThan(Duration.ofSeconds(30));
        assertThat(metered).isEmpty();
    }

    @Test
    void theBulkLaneIsAskedLessAndLessOften() {
        RetryMessage message = RetryMessage.inBulk("rita", "c1");
        limit.retry(message.again(), Duration.ofSeconds(3));
        limit.retry(message.again().again().again(), Duration.ofSeconds(3));

        assertThat(sent).containsExactly("2 after PT10S", "4 after PT20S");
    }

    @Test
    void whoHasGoneRoundTooOftenIsLeftToTheSweepAndThatIsSaid() {
        try (RecordedLog log = new RecordedLog(HopLimit.class)) {
            limit.retry(RetryMessage.after(new Trigger("retry", "c1", 12), "rita"), Duration.ofSeconds(30));

            assertThat(log.text()).contains("agent=rita", "c1", "left to the sweep after 12 hops");
        }
        assertThat(sent).isEmpty();
        assertThat(metered).containsExactly("left");
    }

    @Test
    void whatConcernsManyIsPassedOn() {
        limit.enqueueBulk(List.of("rita", "sam"), "c1");

        assertThat(sent).containsExactly("[rita, sam] c1");
    }
}
