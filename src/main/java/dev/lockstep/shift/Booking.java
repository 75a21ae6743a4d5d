package dev.lockstep.shift;

import java.time.Instant;

/**
 * One piece of a schedule: work, a break, lunch, training.
 *
 * @param representative whose it is, as the schedule calls them
 * @param end first instant after it
 * @param isPublished whether it is valid; one that somebody is just editing, or that was only proposed, is not
 */
public record Booking(String representative, Instant start, Instant end, boolean isPublished) {
    public Booking(String representative, Instant start, Instant end) {
        this(representative, start, end, true);
    }

    /** Whether it takes any time; schedules hold rows that do not, and rows that end before they start. */
    public boolean lasts() {
        return start.isBefore(end);
    }
}
