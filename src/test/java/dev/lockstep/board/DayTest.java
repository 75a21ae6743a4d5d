package dev.lockstep.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.presence.Decision;
import dev.lockstep.presence.Status;
import dev.lockstep.store.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The last 24 hours of an agent as a band, and in words. */
class DayTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final AgentState NOBODY = AgentState.of("rita", new Profile("Rita", "", Map.of()));

    private static AgentState is(Status status, Duration since) {
        return NOBODY.deciding(
                new Decision(Optional.of(status), Optional.empty(), Optional.empty(), List.of(), Optional.empty()),
                NOW.minus(since));
    }

    private static Timeline.Event became(String before, String after, Duration ago) {
        return new Timeline.Event("rita", NOW.minus(ago), "sync", "", "", before, after, List.of(), Map.of(), 0);
    }

    private static List<String> said(Day day) {
        return day.stretches().stream()
                .map(one -> one.from().absolute().substring(11, 16) + " " + one.status() + " " + one.lasted() + " "
                        + one.x() + "+" + one.width())
                .toList();
    }

    @Test
    void eachStretchHasItsPlaceAndItsWords() {
        Day day = Day.of(
                is(Status.AVAILABLE, Duration.ofMinutes(30)),
                List.of(
                        became("onACall", "available", Duration.ofMinutes(30)),
                        became("onACall", "onACall", Duration.ofMinutes(45)),
                        became("available", "onACall", Duration.ofMinutes(90)),
                        became("offline", "available", Duration.ofHours(4))),
                true,
                NOW);

        assertThat(said(day))
                .containsExactly(
                        "11:30 Available 30 min 1410.00+30.00",
                        "10:30 On a call 1 h 0 min 1350.00+60.00",
                        "08:00 Available 2 h 30 min 1200.00+150.00",
                        "12:00 Offline 20 h 0 min 0.00+1200.00");
        assertThat(day.summary()).isEqualTo("Offline 20 h 0 min, Available 3 h 0 min, On a call 1 h 0 min");
        assertThat(day.clock())
                .extracting(Moment::at)
                .startsWith("2026-11-27T12:00:00Z")
                .endsWith(NOW.toString());
        assertThat(day.stretches())
                .allSatisfy(one -> assertThat(one.y() + one.height()).isEqualTo(40));
    }

    @Test
    void whoWasQuietAllDayWasWhatTheyAre() {
        assertThat(said(Day.of(is(Status.AWAY, Duration.ofDays(3)), List.of(), true, NOW)))
                .containsExactly("12:00 Away 24 h 0 min 0.00+1440.00");
    }

    @Test
    void ofBeforeTheFirstOfTooManyChangesNothingIsSaid() {
        List<Timeline.Event> one = List.of(became("available", "busy", Duration.ofHours(1)));

        assertThat(said(Day.of(is(Status.BUSY, Duration.ofHours(1)), one, false, NOW)))
                .containsExactly("11:00 Busy 1 h 0 min 1380.00+60.00");
    }

    /** It is told last. */
    @Test
    void whatTheTimelineDoesNotTellYetIsShown() {
        List<Timeline.Event> one = List.of(became("", "available", Duration.ofHours(1)));

        assertThat(said(Day.of(is(Status.BUSY, Duration.ofMinutes(6)), one, true, NOW)))
                .containsExactly("11:54 Busy 6 min 1434.00+6.00", "11:00 Available 54 min 1380.00+54.00");
    }

    @Test
    void ofWhomNothingIsKnownThereIsNoBand() {
        assertThat(Day.of(NOBODY, List.of(), true, NOW).stretches()).isEmpty();
    }
}
