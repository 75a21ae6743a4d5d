package dev.lockstep.protocol.http;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How long a platform asks us to wait: the {@code Retry-After} header as platforms really send it. Graph's samples
 * hold decimals, several values may be joined by commas, and HTTP allows a date (RFC 9110, 10.2.3).
 */
public final class RetryAfter {
    /** What is longer is no wait but a mistake; asking again once an hour harms nobody. */
    static final Duration LONGEST = Duration.ofHours(1);

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

    private RetryAfter() {}

    /**
     * The first wait that is named and not over yet.
     *
     * @param values of the header, none if it is missing
     * @return empty if the platform named no time that can be understood
     */
    public static Optional<Duration> parse(Collection<String> values, Instant now) {
        return values.stream()
                .flatMap(value -> waits(value, now))
                .filter(Duration::isPositive)
                .findFirst()
                .map(wait -> wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
    }

    /** A date holds a comma itself, so the whole value is tried as one first. */
    private static Stream<Duration> waits(String value, Instant now) {
        Optional<Duration> untilDate = date(value).map(date -> Duration.between(now, date));
        return untilDate.isPresent()
                ? untilDate.stream()
                : Stream.of(value.split(",")).map(String::strip).flatMap(RetryAfter::seconds);
    }

    private static Stream<Duration> seconds(String text) {
        if (!SECONDS.matcher(text).matches()) {
            return Stream.empty();
        }
        BigDecimal millis = new BigDecimal(text).movePointRight(3).setScale(0, RoundingMode.CEILING);
        return Stream.of(Duration.ofMillis(millis.longValue()));
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
