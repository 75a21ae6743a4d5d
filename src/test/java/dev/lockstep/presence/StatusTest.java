package dev.lockstep.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusTest {
    @ParameterizedTest
    @EnumSource(Status.class)
    void isFoundByItsLabelAndItsName(Status status) {
        assertThat(Status.of(status.label())).contains(status);
        assertThat(Status.of(status.name())).contains(status);
        assertThat(Status.of(status.label().toUpperCase(Locale.ROOT))).contains(status);
    }

    @ParameterizedTest
    @CsvSource({
        "on a call, ON_A_CALL",
        "On-A-Call, ON_A_CALL",
        "do_not_disturb, DO_NOT_DISTURB",
        "BeRightBack, BE_RIGHT_BACK"
    })
    void isFoundHoweverItsWordsAreJoined(String text, Status status) {
        assertThat(Status.of(text)).contains(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "lunch", "onACal", "busy!"})
    void isNotGuessed(String text) {
        assertThat(Status.of(text)).isEmpty();
    }

    @Test
    void turkishCaseMakesNoDifference() {
        Locale usual = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(Status.of("IN_A_MEETING")).contains(Status.IN_A_MEETING);
        } finally {
            Locale.setDefault(usual);
        }
    }

    @Test
    void areOrderedFromLeastToMostRestrictive() {
        assertThat(Strictness.USUAL.order())
                .containsExactly(
                        Status.AVAILABLE,
                        Status.AWAY,
                        Status.BE_RIGHT_BACK,
                        Status.BUSY,
                        Status.IN_A_MEETING,
                        Status.ON_A_CALL,
                        Status.DO_NOT_DISTURB,
                        Status.OFFLINE);
    }
}
