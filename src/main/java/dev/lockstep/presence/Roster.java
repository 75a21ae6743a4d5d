package dev.lockstep.presence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The shifts that one schedule has for an agent. The newest reading replaces the older one inside its window; of what
 * lies before the window only the last shift is kept, because its end may still be what makes the agent Offline.
 */
public record Roster(Source source, SourceTime moment, List<Shift> shifts) {
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

    private static List<Shift> sorted(List<Shift> shifts) {
        return shifts.stream()
                .sorted(Comparator.comparing(Shift::start))
                .distinct()
                .toList();
    }
}
