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
 * sends everybody Offline at every break. A lunch that is not booked, time off in between, or the pause of a split shift
 * is a hole in that run, and no end either.
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

    /**
     * An edited booking is unpublished until somebody publishes it again: what it covers is no end. Alone it makes no
     * shift, for nobody can tell a draft.
     */
    private List<Shift> joined(List<Booking> ofOne) {
        ofOne.sort(Comparator.comparing(Booking::start));
        List<Run> runs = new ArrayList<>();
        for (Booking booking : ofOne) {
            if (!runs.isEmpty() && reaches(runs.getLast(), booking.start())) {
                runs.set(runs.size() - 1, runs.getLast().with(booking));
            } else {
                runs.add(Run.of(booking));
            }
        }
        return runs.stream()
                .filter(Run::isPublished)
                .map(run -> new Shift(run.start(), run.end()))
                .toList();
    }

    private boolean reaches(Run run, Instant start) {
        return !start.isAfter(run.end().plus(gap));
    }

    /** Bookings that follow each other. */
    private record Run(Instant start, Instant end, boolean isPublished) {
        static Run of(Booking booking) {
            return new Run(booking.start(), booking.end(), booking.isPublished());
        }

        Run with(Booking next) {
            Instant latest = end.isAfter(next.end()) ? end : next.end();
            return new Run(start, latest, isPublished || next.isPublished());
        }
    }
}
