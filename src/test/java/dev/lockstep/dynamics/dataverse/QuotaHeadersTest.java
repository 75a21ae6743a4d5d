package dev.lockstep.dynamics.dataverse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.platform.QuotaLeft;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaHeadersTest {
    private static Optional<QuotaLeft> said(String requests, String seconds) {
        Map<String, String> headers = new HashMap<>();
        headers.put("x-ms-ratelimit-burst-remaining-xrm-requests", requests);
        headers.put("x-ms-ratelimit-time-remaining-xrm-requests", seconds);
        return QuotaHeaders.in(headers::get);
    }

    @ParameterizedTest
    @CsvSource({
        "5999, '1,199.46', 5999, PT19M59.46S",
        "7999, '1,200.00', 7999, PT20M",
        "'6,000', 1200, 6000, PT20M",
        "0, 0.00, 0, PT0S"
    })
    void areReadAsDataverseWritesThem(String requests, String seconds, int left, Duration time) {
        assertThat(said(requests, seconds)).contains(new QuotaLeft(left, Optional.of(time)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "many", "00:20:00", "99999999999999", "1e9", "."})
    void whatIsNotUnderstoodWasNotSaid(String text) {
        assertThat(said(text, "1,200.00")).isEmpty();
        assertThat(said("5999", text)).contains(new QuotaLeft(5999, Optional.empty()));
    }

    @Test
    void theyMayBeLeftOut() {
        assertThat(said(null, null)).isEmpty();
    }
}
