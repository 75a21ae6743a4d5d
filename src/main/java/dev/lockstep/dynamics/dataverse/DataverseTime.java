package dev.lockstep.dynamics.dataverse;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times as Dataverse writes them: ISO 8601 in rows and in msdyn_presencemodifiedonwithmilliseconds, whose exact
 * pattern no page tells, and {@code /Date(ms)/} in webhook bodies.
 */
public final class DataverseTime {
    /** The zone behind the milliseconds is an ornament: they count from the epoch in UTC. */
    private static final Pattern DATE = Pattern.compile("/Date\\((-?\\d{1,15})([+-]\\d{4})?\\)/");

    private static final int LONGEST = 64;
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[' ']")
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHMM", "Z")
            .optionalEnd()
            .toFormatter(Locale.ROOT);

    private DataverseTime() {}

    /** Without a zone it is UTC. Empty if it cannot be understood. */
    public static Optional<Instant> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher date = DATE.matcher(text.strip());
        if (date.matches()) {
            return Optional.of(Instant.ofEpochMilli(Long.parseLong(date.group(1))));
        }
        try {
            TemporalAccessor time = ISO.parseBest(text.strip(), OffsetDateTime::from, LocalDateTime::from);
            return Optional.of(
                    time instanceof OffsetDateTime zoned
                            ? zoned.toInstant()
                            : ((LocalDateTime) time).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
