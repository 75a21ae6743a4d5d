package dev.lockstep.shift;

import java.time.Instant;
import java.util.List;

/** A schedule that says who works when. */
public interface ShiftSource {
    /** The schedule's name, {@code dynamics}, {@code teams}, {@code import}. */
    String name();

    /** The platform whose ids name the representatives in its bookings. */
    String platform();

    /**
     * Bookings that touch the window, also those that are not published, but none that was cancelled.
     *
     * @throws dev.lockstep.platform.PlatformException if the schedule did not answer
     */
    List<Booking> bookings(Instant from, Instant to);
}
