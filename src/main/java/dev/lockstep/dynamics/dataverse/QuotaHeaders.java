package dev.lockstep.dynamics.dataverse;

import dev.lockstep.platform.QuotaLeft;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What Dataverse says that is left for the user, and the web server, that answered (api-limits). Microsoft means it for
 * people who look for a fault and may leave it out or change it: what is not understood was not said.
 */
final class QuotaHeaders {
    private static final String REQUESTS = "x-ms-ratelimit-burst-remaining-xrm-requests";
    private static final String SECONDS = "x-ms-ratelimit-time-remaining-xrm-requests";

    private QuotaHeaders() {}

    /** @param headers gives a header's value by its name, null if there is none */
    static Optional<QuotaLeft> in(UnaryOperator<String> headers) {
        return number(headers.apply(REQUESTS))
                .map(requests -> new QuotaLeft(
                        requests.intValue(),
                        number(headers.apply(SECONDS))
                                .map(seconds -> Duration.ofMillis(
                                        seconds.movePointRight(3).longValue()))));
    }

    /** Written with commas between thousands: 1,199.46. */
    private static Optional<BigDecimal> number(String text) {
        return Optional.ofNullable(text)
                .map(it -> it.strip().replace(",", ""))
                .filter(it -> it.matches("[0-9]{1,9}([.][0-9]{1,9})?"))
                .map(BigDecimal::new);
    }
}
