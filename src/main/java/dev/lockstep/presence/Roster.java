package dev.lockstep.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The shifts that one schedule has for an agent. The newest reading replaces the older one inside its window; of what
 * lies before the window only the last shift is kept, because its end may still be what makes the agent Offline.
 */
public record Roster(Source source, SourceTime moment, List<Shift> shifts) {
    /** For a schedule that does not answer: then what was read last counts. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    public Roster {
        shifts = List.copyOf(shifts);
    }

    static Roster of(Signal.Shifts signal) {
        return new Roster(signal.source(), signal.moment(), sorted(signal.shifts()));
    }

    Roster with(Signal.Shifts news) {
        if (!news.moment().isAfter(moment)) {
            return this;
        }
        List<Shift> kept = new ArrayList<>(news.shifts());
        shifts.stream()
                .filter(shift -> shift.end().isBefore(news.from()))
                .max(Comparator.comparing(Shift::end))
                .ifPresent(kept::add);
        return new Roster(source, news.moment(), sorted(kept));
    }

    boolean covers(Instant instant) {
        return shifts.stream().anyMatch(shift -> shift.isOnAt(instant));
    }

    /** Whether a shift goes on, as far as was read: one that may have been made longer goes on too. */
    boolean isOnAt(Instant now) {
        return covers(now) || shifts.stream().anyMatch(shift -> shift.hasEndedBy(now) && !isOverBy(shift, now));
    }

    Stream<Shift> overBy(Instant now) {
        return shifts.stream().filter(shift -> isOverBy(shift, now));
    }

    /** Shifts are moved until the last minute. So an end counts when it was read at or after it that it is one. */
    private boolean isOverBy(Shift shift, Instant now) {
        return shift.hasEndedBy(now)
                && (!moment.at().isBefore(shift.end())
                        || !now.isBefore(shift.end().plus(LONGEST_WAIT)));
    }

    /** Whether an end came that was not read again since. */
    boolean awaitsReading(Instant now) {
        return shifts.stream()
                .anyMatch(shift -> shift.hasEndedBy(now) && moment.at().isBefore(shift.end()));
    }

    /** When something may change if nothing is read. */
    Stream<Instant> turns() {
        return shifts.stream()
                .flatMap(shift -> Stream.of(shift.start(), shift.end().plus(LONGEST_WAIT)));
    }

    private static List<Shift> sorted(List<Shift> shifts) {
        return shifts.stream()
                .sorted(Comparator.comparing(Shift::start))
                .distinct()
                .toList();
    }
}
