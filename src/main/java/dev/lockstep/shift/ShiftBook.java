package dev.lockstep.shift;

import dev.lockstep.presence.Shift;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Puts single bookings together into shifts. In Dynamics a shift is no row of its own but a run of bookings, one for
 * each activity (dynamics365-customerservice-wem-samples, Import): whoever takes each booking's end for the shift's
 * sends everybody Offline at every break.
 *
 * <p>Only instants are compared: nights, days of 23 and 25 hours and time zones need no rule of their own.
 */
public final class ShiftBook {
    private final Duration gap;

    /** @param gap the longest time without a booking that is still within a shift; zero joins only what touches */
    public ShiftBook(Duration gap) {
        if (gap.isNegative()) {
            throw new IllegalArgumentException("a gap cannot be negative: " + gap);
        }
        this.gap = gap;
    }

    /**
     * @param bookings of any number of people, in any order, overlapping or repeated; those that do not last are
     *     left out
     * @return by representative, each one's shifts in order and apart by more than the gap
     */
    public SortedMap<String, List<Shift>> shifts(Collection<Booking> bookings) {
        return bookings.stream()
                .filter(Booking::lasts)
                .collect(Collectors.groupingBy(
                        Booking::representative,
                        TreeMap::new,
                        Collectors.collectingAndThen(Collectors.toList(), this::joined)));
    }

    private List<Shift> joined(List<Booking> ofOne) {
        ofOne.sort(Comparator.comparing(Booking::start));
        List<Shift> shifts = new ArrayList<>();
        for (Booking booking : ofOne) {
            Shift last = shifts.isEmpty() ? null : shifts.getLast();
            if (last != null && reaches(last, booking.start())) {
                shifts.set(shifts.size() - 1, new Shift(last.start(), later(last.end(), booking.end())));
            } else {
                shifts.add(new Shift(booking.start(), booking.end()));
            }
        }
        return List.copyOf(shifts);
    }

    private boolean reaches(Shift shift, Instant start) {
        return !start.isAfter(shift.end().plus(gap));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
