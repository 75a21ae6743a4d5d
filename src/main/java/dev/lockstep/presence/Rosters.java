package dev.lockstep.presence;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The shifts that schedules told of an agent.
 *
 * @param known by schedule
 */
public record Rosters(SortedMap<String, Roster> known) {
    public static final Rosters NONE = new Rosters(Collections.emptySortedMap());

    /** The shifts that a schedule told, in order. */
    public List<Shift> of(Source schedule) {
        return Optional.ofNullable(known.get(schedule.name()))
                .map(Roster::shifts)
                .orElse(List.of());
    }

    /** Whether a schedule should be read again because a shift has ended since. */
    public boolean awaitsReading(Source schedule, Instant now) {
        return Optional.ofNullable(known.get(schedule.name()))
                .filter(roster -> roster.awaitsReading(now))
                .isPresent();
    }

    Stream<Instant> turns() {
        return known.values().stream().flatMap(Roster::turns);
    }

    /** Whether the agent is planned to work then, as far as was read. */
    public boolean areOnAt(Instant now) {
        return known.values().stream().anyMatch(roster -> roster.isOnAt(now));
    }

    /** The last shift that is over. An end that lies inside another shift ends nothing: the agent goes on working. */
    Optional<Shift> lastOverBy(Instant now) {
        return known.values().stream()
                .flatMap(roster -> roster.overBy(now))
                .filter(shift -> known.values().stream().noneMatch(roster -> roster.covers(shift.end())))
                .max(Comparator.comparing(Shift::end));
    }

    Rosters fold(Signal.Shifts news) {
        SortedMap<String, Roster> next = new TreeMap<>(known);
        next.compute(news.source().name(), (source, old) -> old == null ? Roster.of(news) : old.with(news));
        return new Rosters(next);
    }
}
