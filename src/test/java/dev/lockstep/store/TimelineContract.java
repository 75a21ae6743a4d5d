package dev.lockstep.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.concurrent.SettableClock;
import dev.lockstep.store.dynamodb.DynamoLocal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every timeline does. */
public abstract class TimelineContract {
    public static final Duration RETENTION = DynamoLocal.RETENTION;
    private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");

    private final SettableClock clock = new SettableClock(START);
    private Timeline timeline;

    /** A timeline that holds nothing and keeps for {@link #RETENTION}. */
    public abstract Timeline empty(InstantSource clock);

    @BeforeEach
    void begin() {
        timeline = empty(clock);
    }

    @Test
    void givesBackWhatWasAppended() {
        Timeline.Event event = new Timeline.Event(
                "ada",
                START.plusNanos(123_456_789),
                "phone-event connected",
                "JKJaXmPLvHcESHA=",
                "user:1 (Rita)",
                "available",
                "",
                List.of("call on phone:desk", "chosen in teams"),
                Map.of("teams", "written InACall", "dynamics", ""),
                412);
        timeline.append(event);
        assertThat(timeline.of("ada", Instant.EPOCH, 10)).containsExactly(event);
        assertThat(timeline.of("bob", Instant.EPOCH, 10)).isEmpty();
    }

    @Test
    void tellsTheNewestFirst() {
        List<Duration> ages = List.of(
                Duration.ZERO,
                Duration.ofNanos(1),
                Duration.ofMillis(1),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofSeconds(61));
        List<Timeline.Event> newestFirst =
                ages.stream().map(age -> event(START.minus(age), "x")).toList();
        newestFirst.reversed().forEach(timeline::append);
        assertThat(timeline.of("ada", Instant.EPOCH, 10)).isEqualTo(newestFirst);
        assertThat(timeline.of("ada", Instant.EPOCH, 2)).isEqualTo(newestFirst.subList(0, 2));
        assertThat(timeline.of("ada", START.minusSeconds(1), 10)).isEqualTo(newestFirst.subList(0, 5));
        assertThat(timeline.of("ada", START.plusNanos(1), 10)).isEmpty();
        assertThat(timeline.of("ada", Instant.EPOCH, 0)).isEmpty();
    }

    @Test
    void keepsBothOfTwoAtTheSameInstant() {
        timeline.append(event(START, "first"));
        timeline.append(event(START, "second"));
        timeline.append(event(START, "second"));
        assertThat(timeline.of("ada", START, 10).stream().map(Timeline.Event::trigger))
                .containsExactly("second", "second", "first");
    }

    @Test
    void leavesOutWhatHasOutlivedItsTime() {
        Timeline.Event old = event(START, "old");
        Timeline.Event young = event(START.plus(RETENTION), "young");
        timeline.append(old);
        clock.advance(RETENTION.minusSeconds(1));
        timeline.append(young);
        assertThat(timeline.of("ada", Instant.EPOCH, 10)).containsExactly(young, old);
        clock.advance(Duration.ofSeconds(1));
        assertThat(timeline.of("ada", Instant.EPOCH, 10)).containsExactly(young);
    }

    @Test
    void findsTheOldestBehindManyExpired() {
        for (int i = 0; i < 30; i++) {
            timeline.append(event(START.plusSeconds(i), "event " + i));
        }
        clock.advance(RETENTION.plusSeconds(26));
        assertThat(timeline.of("ada", Instant.EPOCH, 20).stream().map(Timeline.Event::trigger))
                .containsExactly("event 29", "event 28", "event 27");
    }

    private static Timeline.Event event(Instant at, String trigger) {
        return new Timeline.Event("ada", at, trigger, "c1", "", "available", "busy", List.of(), Map.of(), 1);
    }
}
