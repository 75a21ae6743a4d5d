package dev.lockstep.presence;

import java.time.Instant;

/**
 * A stretch of planned work, breaks included.
 *
 * @param start first instant of work
 * @param end first instant after it
 */
public record Shift(Instant start, Instant end) {
    public Shift {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("a shift must end after it starts: " + start + " to " + end);
        }
    }

    boolean isOnAt(Instant now) {
        return !now.isBefore(start) && now.isBefore(end);
    }

    boolean hasEndedBy(Instant now) {
        return !now.isBefore(end);
    }
}
