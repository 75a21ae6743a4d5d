package dev.lockstep.intake;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * How far the index of pulses can be relied on.
 *
 * @param since when somebody was last found who is not in it, or it was first looked at
 * @param lookedAt when that was last looked at
 */
record Listing(Instant since, Instant lookedAt) {
    /** For so long functions of a version that knows no pulses may still be at work, while another one is rolled out. */
    private static final Duration SETTLING = Duration.ofMinutes(10);

    /** All items are read for it, so not each minute. */
    private static final Duration PERIOD = Duration.ofMinutes(30);

    /** What nobody has looked at for so long is not known. */
    static final Duration LIFE = Duration.ofMinutes(40);

    static Optional<Listing> of(String text) {
        String[] parts = text.split(" ");
        try {
            return parts.length == 2
                    ? Optional.of(new Listing(Instant.parse(parts[0]), Instant.parse(parts[1])))
                    : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    String text() {
        return since + " " + lookedAt;
    }

    boolean isComplete(Instant now) {
        return !now.isBefore(since.plus(SETTLING)) && now.isBefore(lookedAt.plus(LIFE));
    }

    boolean isToBeLookedAt(Instant now) {
        return !isComplete(now) || !now.isBefore(lookedAt.plus(PERIOD));
    }
}
