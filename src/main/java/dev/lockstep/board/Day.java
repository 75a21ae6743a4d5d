package dev.lockstep.board;

import dev.lockstep.agent.AgentState;
import dev.lockstep.presence.Status;
import dev.lockstep.store.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The last day of one agent as a band of colours, and the same in words. Where nothing is known the band has nothing.
 *
 * <p>Public with all its parts: templates see nothing else.
 *
 * @param stretches in which the status stayed the same, newest first
 * @param totals by status, the longest first
 * @param clock at equal distances under the band, from its beginning to its end
 */
public record Day(List<Stretch> stretches, List<Total> totals, List<Moment> clock) {
    static final Duration LENGTH = Duration.ofDays(1);
    private static final int QUARTERS = 4;

    private record Change(Instant at, String label) {}

    /**
     * @param changes newest first
     * @param all whether these are all changes of the day; else nothing is known of before the first of them
     */
    static Day of(AgentState state, List<Timeline.Event> changes, boolean all, Instant now) {
        Instant begin = now.minus(LENGTH);
        List<Stretch> stretches = new ArrayList<>();
        Map<String, Duration> lasted = new LinkedHashMap<>();
        List<Change> known = known(state, changes, all, begin, now);
        for (int i = 0; i < known.size(); i++) {
            Change from = known.get(i);
            Instant until = i + 1 < known.size() ? known.get(i + 1).at() : now;
            if (from.at().isBefore(until) && !from.label().isBlank()) {
                stretches.addFirst(Stretch.of(from, until, begin, now));
                lasted.merge(from.label(), Duration.between(from.at(), until), Duration::plus);
            }
        }
        return new Day(
                stretches,
                totals(lasted),
                IntStream.rangeClosed(0, QUARTERS)
                        .mapToObj(i ->
                                Moment.of(begin.plus(LENGTH.dividedBy(QUARTERS).multipliedBy(i)), now))
                        .toList());
    }

    /** Each time at which the status became another one, oldest first. */
    private static List<Change> known(
            AgentState state, List<Timeline.Event> changes, boolean all, Instant begin, Instant now) {
        List<Change> known = new ArrayList<>();
        if (all && !changes.isEmpty()) {
            add(known, begin, changes.getLast().before());
        }
        changes.reversed().forEach(event -> add(known, event.at(), event.after()));
        // The timeline is told last, and of who was quiet all day it tells nothing.
        state.since()
                .map(since -> since.isBefore(begin) ? begin : since)
                .filter(since -> !since.isAfter(now))
                .filter(since ->
                        known.isEmpty() || !since.isBefore(known.getLast().at()))
                .ifPresent(since -> add(known, since, state.status().label()));
        return known;
    }

    private static void add(List<Change> known, Instant at, String label) {
        if (known.isEmpty() || !known.getLast().label().equals(label)) {
            known.add(new Change(at, label));
        }
    }

    private static List<Total> totals(Map<String, Duration> lasted) {
        return lasted.entrySet().stream()
                .sorted(Map.Entry.<String, Duration>comparingByValue(Comparator.reverseOrder()))
                .map(one -> new Total(one.getKey(), Words.ofLabel(one.getKey()), Words.lasting(one.getValue())))
                .toList();
    }

    /** The whole band in a sentence. */
    public String summary() {
        return totals.stream().map(one -> one.status() + " " + one.lasted()).collect(Collectors.joining(", "));
    }

    /** How long one status was shown in all. */
    public record Total(String label, String status, String lasted) {}

    /**
     * A time of one status.
     *
     * @param label names the status to the style
     * @param x where it begins in the band, in minutes
     * @param y how far below the band's upper edge, of {@link #HEIGHT}: the higher, the more available
     */
    public record Stretch(
            String label, String status, Moment from, Moment until, String lasted, String x, String width, int y) {
        static final int HEIGHT = 40;

        private static Stretch of(Change from, Instant until, Instant begin, Instant now) {
            return new Stretch(
                    from.label(),
                    Words.ofLabel(from.label()),
                    Moment.of(from.at(), now),
                    Moment.of(until, now),
                    Words.lasting(Duration.between(from.at(), until)),
                    minutes(Duration.between(begin, from.at())),
                    minutes(Duration.between(from.at(), until)),
                    Status.of(from.label()).map(Stretch::lowered).orElse(HEIGHT));
        }

        private static int lowered(Status status) {
            return switch (status) {
                case AVAILABLE -> 0;
                case AWAY, BE_RIGHT_BACK -> HEIGHT / 4;
                case BUSY, IN_A_MEETING -> HEIGHT / 2;
                case ON_A_CALL, DO_NOT_DISTURB -> HEIGHT * 3 / 4;
                case OFFLINE -> HEIGHT - 2;
            };
        }

        public int height() {
            return HEIGHT - y;
        }

        private static String minutes(Duration time) {
            return String.format(Locale.ROOT, "%.2f", time.toMillis() / 60_000.0);
        }
    }
}
