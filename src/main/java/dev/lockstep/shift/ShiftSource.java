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
     * Committed bookings that touch the window.
     *
     * @throws dev.lockstep.platform.PlatformException if the schedule did not answer
     */
    List<Booking> bookings(Instant from, Instant to);
}
