package dev.lockstep.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentTest {
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
        Moment first = Moment.at(NOON.plusSeconds(60), earlier);
        Moment second = Moment.at(NOON, later);

        assertThat(second.isAfter(first)).isTrue();
        assertThat(first.isAfter(second)).isFalse();
    }

    @Test
    void moreThanFortyDigitsAreNoNumberAndCostNoArithmetic() {
        Moment first = Moment.at(NOON, "1" + "0".repeat(40));
        Moment second = Moment.at(NOON, "9".repeat(40));

        assertThat(second.isAfter(first)).isTrue();
    }

    @Test
    void aForwarderThatBeganAnewIsOrderedByTime() {
        Moment before = Moment.at(NOON, "48213");
        Moment afterRestart = Moment.at(NOON.plusSeconds(301), "1");

        assertThat(afterRestart.isAfter(before)).isTrue();
    }

    @Test
    void fiveMinutesApartTheSequenceStillDecides() {
        assertThat(Moment.at(NOON.plusSeconds(300), "1").isAfter(Moment.at(NOON, "2")))
                .isFalse();
    }

    @Test
    void withoutASequenceOnOneSideTheTimeDecides() {
        assertThat(Moment.at(NOON.plusMillis(1)).isAfter(Moment.at(NOON, "99"))).isTrue();
        assertThat(Moment.at(NOON, "99").isAfter(Moment.at(NOON.plusMillis(1)))).isFalse();
    }

    @Test
    void aBlankSequenceIsNone() {
        assertThat(Moment.at(NOON, " ")).isEqualTo(Moment.at(NOON));
    }

    @Test
    void oneSequenceToldWithTwoTimesIsOrderedByThem() {
        assertThat(Moment.at(NOON.plusMillis(5), "7").isAfter(Moment.at(NOON, "7")))
                .isTrue();
        assertThat(Moment.at(NOON, "7").isAfter(Moment.at(NOON, "7"))).isFalse();
    }

    @Test
    void theLaterOfTwoIsTheSameWhicheverStandsFirst() {
        Moment early = Moment.at(NOON, "2");
        Moment late = Moment.at(NOON.minusSeconds(5), "3");

        assertThat(Moment.later(early, late)).isEqualTo(late);
        assertThat(Moment.later(late, early)).isEqualTo(late);
    }
}
