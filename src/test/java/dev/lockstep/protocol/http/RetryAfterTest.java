package dev.lockstep.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7 | PT7S",
                "2.5 | PT2.5S",
                "0.0004 | PT0.001S",
                " 12  | PT12S",
                "0, 3 | PT3S",
                "abc, 4.25, 9 | PT4.25S",
                "999999999 | PT1H",
                "Sun, 22 Nov 2026 10:00:30 GMT | PT30S",
                "Mon, 23 Nov 2026 10:00:00 GMT | PT1H"
            })
    void understandsNumbersListsAndDates(String header, Duration wait) {
        assertThat(RetryAfter.parse(List.of(header), NOW)).contains(wait);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0", "-5", "soon", "1e9", "NaN", "99999999999", "1.", ".5", "Sun, 22 Nov 2026 09:59:59 GMT"})
    void takesNothingFromWhatNamesNoTime(String header) {
        assertThat(RetryAfter.parse(List.of(header), NOW)).isEmpty();
    }

    @Test
    void takesTheFirstHeaderThatHelps() {
        assertThat(RetryAfter.parse(List.of("none", "6", "60"), NOW)).contains(Duration.ofSeconds(6));
        assertThat(RetryAfter.parse(List.of(), NOW)).isEqualTo(Optional.empty());
    }
}
