package dev.lockstep.shift;

import java.time.Instant;

/**
 * One committed piece of a schedule: work, a break, lunch, training.
 *
 * @param representative whose it is, as the schedule calls them
 * @param end first instant after it
 */
public record Booking(String representative, Instant start, Instant end) {
    /** Whether it takes any time; schedules hold rows that do not, and rows that end before they start. */
    public boolean lasts() {
        return start.isBefore(end);
    }
}
