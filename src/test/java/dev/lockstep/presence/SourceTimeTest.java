package dev.lockstep.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTimeTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "9, 10",
        "09, 10",
        "0000000009, 10",
        "a, b",
        "A9, B1",
        "999999999999999999999999, 1000000000000000000000000",
        "999999999999999999999999999999999999999, 1000000000000000000000000000000000000000"
    })
    void theSequenceDecidesAgainstTheClockWhereBothAreOfOneTime(String earlier, String later) {
        SourceTime first = SourceTime.at(NOON.plusSeconds(60), earlier);
        SourceTime second = SourceTime.at(NOON, later);

        assertThat(second.isAfter(first)).isTrue();
        assertThat(first.isAfter(second)).isFalse();
    }

    @Test
    void moreThanFortyDigitsAreNoNumberAndCostNoArithmetic() {
        SourceTime first = SourceTime.at(NOON, "1" + "0".repeat(40));
        SourceTime second = SourceTime.at(NOON, "9".repeat(40));

        assertThat(second.isAfter(first)).isTrue();
    }

    @Test
    void aForwarderThatBeganAnewIsOrderedByTime() {
        SourceTime before = SourceTime.at(NOON, "48213");
        SourceTime afterRestart = SourceTime.at(NOON.plusSeconds(301), "1");

        assertThat(afterRestart.isAfter(before)).isTrue();
    }

    /** It tells the time: what overtook on its way was told earlier too. */
    @Test
    void aForwarderThatBeganAnewAMomentAgoIsOrderedByTheTimeThatItTells() {
        SourceTime before = SourceTime.at(NOON).numbered("pbx", "1000").told(NOON, NOON);
        Instant minute = NOON.plusSeconds(60);
        SourceTime afterRestart = SourceTime.at(minute).numbered("pbx", "3").told(minute, minute);
        SourceTime overtaken = SourceTime.at(NOON.minusSeconds(20))
                .numbered("pbx", "999")
                .told(NOON.minusSeconds(20), NOON.plusSeconds(1));

        assertThat(afterRestart.isAfter(before)).isTrue();
        assertThat(before.isAfter(afterRestart)).isFalse();
        assertThat(overtaken.isAfter(before)).isFalse();
        assertThat(SourceTime.at(NOON.plusSeconds(1))
                        .numbered("pbx", "999")
                        .told(NOON.plusSeconds(1), NOON.plusSeconds(3))
                        .isAfter(before))
                .as("told at once, by parts whose clocks differ")
                .isFalse();
    }

    @Test
    void fiveMinutesApartTheSequenceStillDecides() {
        assertThat(SourceTime.at(NOON.plusSeconds(300), "1").isAfter(SourceTime.at(NOON, "2")))
                .isFalse();
    }

    @Test
    void withoutASequenceOnOneSideTheTimeDecides() {
        assertThat(SourceTime.at(NOON.plusMillis(1)).isAfter(SourceTime.at(NOON, "99")))
                .isTrue();
        assertThat(SourceTime.at(NOON, "99").isAfter(SourceTime.at(NOON.plusMillis(1))))
                .isFalse();
    }

    @Test
    void aBlankSequenceIsNone() {
        assertThat(SourceTime.at(NOON, " ")).isEqualTo(SourceTime.at(NOON));
    }

    @Test
    void oneSequenceToldWithTwoTimesIsOrderedByThem() {
        assertThat(SourceTime.at(NOON.plusMillis(5), "7").isAfter(SourceTime.at(NOON, "7")))
                .isTrue();
        assertThat(SourceTime.at(NOON, "7").isAfter(SourceTime.at(NOON, "7"))).isFalse();
    }

    @Test
    void theLaterOfTwoIsTheSameWhicheverStandsFirst() {
        SourceTime early = SourceTime.at(NOON, "2");
        SourceTime late = SourceTime.at(NOON.minusSeconds(5), "3");

        assertThat(SourceTime.later(early, late)).isEqualTo(late);
        assertThat(SourceTime.later(late, early)).isEqualTo(late);
    }

    @Test
    void sequencesOfTwoSourcesAreNotCompared() {
        Instant nine = Instant.parse("2026-11-23T09:00:00Z");
        SourceTime first = SourceTime.at(nine).numbered("a", "9");
        SourceTime second = SourceTime.at(nine.plusSeconds(1)).numbered("b", "8");

        assertThat(second.isAfter(first)).isTrue();
        assertThat(SourceTime.at(nine.plusSeconds(1)).numbered("a", "8").isAfter(first))
                .isFalse();
    }

    /** A clock may be hours off: its own news keep their order, and stand where they came among that of others. */
    @Test
    void aWrongClockOrdersItsOwnNews() {
        Instant nine = Instant.parse("2026-11-23T09:00:00Z");
        Instant wrong = nine.minus(Duration.ofHours(5));
        SourceTime ended = SourceTime.at(nine).told(wrong.plusSeconds(9), nine);
        SourceTime lateAnswer = SourceTime.at(nine.plusSeconds(60)).told(wrong, nine.plusSeconds(60));

        assertThat(ended.isAfter(lateAnswer)).isTrue();
        assertThat(lateAnswer.isAfter(SourceTime.at(nine.plusSeconds(1)))).isTrue();
    }

    /** It was two hours ahead, and then an administrator sets it. */
    @Test
    void aClockThatIsSetOrdersNothingToldBefore() {
        Instant nine = Instant.parse("2026-11-23T09:00:00Z");
        Instant later = nine.plusSeconds(600);
        SourceTime answered = SourceTime.at(nine).told(nine.plus(Duration.ofHours(2)), nine);
        SourceTime ended = SourceTime.at(later).told(later, later);

        assertThat(ended.isAfter(answered)).isTrue();
        assertThat(answered.isAfter(ended)).isFalse();
    }

    /** It could not be delivered; when it is tried again, half an hour later, the clock has been set. */
    @Test
    void whatAWrongClockToldIsFromBeforeThatClockWasSet() {
        Instant nine = Instant.parse("2026-11-23T09:00:00Z");
        Instant tried = nine.plusSeconds(1_800);
        SourceTime answered = SourceTime.at(tried).numbered("pbx", "17").told(nine.plus(Duration.ofHours(2)), tried);
        SourceTime ended = SourceTime.at(nine.plusSeconds(900))
                .numbered("pbx", "35")
                .told(nine.plusSeconds(900), nine.plusSeconds(900));

        assertThat(answered.isAfter(ended)).isFalse();
        assertThat(ended.isAfter(answered)).isTrue();
    }

    /** Set by a person, a clock is right by minutes. It had been hours behind, or ahead, which is no new count. */
    @ParameterizedTest
    @CsvSource({"-4, 34, 227, 136", "5, 47, 107, 101"})
    void aClockThatWasSetMayBeAheadByMinutes(long hoursOff, String before, long secondsAhead, String since) {
        Instant nine = Instant.parse("2026-11-23T09:00:00Z");
        Instant tried = nine.plusSeconds(1_400);
        Instant later = nine.plusSeconds(900);
        SourceTime list =
                SourceTime.at(tried).numbered("pbx", before).told(nine.plus(Duration.ofHours(hoursOff)), tried);
        SourceTime connected = SourceTime.at(later).numbered("pbx", since).told(later.plusSeconds(secondsAhead), later);

        assertThat(list.isAfter(connected)).isFalse();
        assertThat(connected.isAfter(list)).isTrue();
    }

    /** Who sets a clock often starts the sender anew. */
    @Test
    void aForwarderThatBeganAnewWithItsClockSetIsOrderedByTime() {
        Instant nine = Instant.parse("2026-11-23T09:00:00Z");
        Instant later = nine.plusSeconds(900);
        SourceTime ended = SourceTime.at(nine).numbered("pbx", "35").told(nine.plus(Duration.ofHours(2)), nine);
        SourceTime answered = SourceTime.at(later).numbered("pbx", "2").told(later, later);

        assertThat(answered.isAfter(ended)).isTrue();
        assertThat(ended.isAfter(answered)).isFalse();
    }

    @Test
    void whatIsBelievedIsOrderedByItsTimeHoweverLateItComes() {
        Instant nine = Instant.parse("2026-11-23T09:00:00Z");
        SourceTime late = SourceTime.at(nine).told(nine, nine.plus(Duration.ofMinutes(80)));
        SourceTime prompt = SourceTime.at(nine.plusSeconds(5)).told(nine.plusSeconds(5), nine.plusSeconds(5));

        assertThat(prompt.isAfter(late)).isTrue();
    }

    /** A sender's clock that is set back in the night when summer ends. */
    @Test
    void sequencesHoldWhileWhatIsComparedCameTogether() {
        Instant nine = Instant.parse("2026-11-23T09:00:00Z");
        SourceTime before = SourceTime.at(nine).numbered("a", "1").told(nine, nine);
        Instant later = nine.plusSeconds(120);
        SourceTime after = SourceTime.at(later).numbered("a", "2").told(later.minus(Duration.ofHours(1)), later);

        assertThat(after.isAfter(before)).isTrue();
    }
}
