package dev.lockstep.simulation;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/** The last things that happened, to be read when something breaks. */
final class Trace {
    /** What concerns everybody. */
    static final String ALL = "-";

    private static final int KEPT = 2_000;
    private static final int TOLD = Integer.getInteger("lockstep.simulation.lines", 60);

    private final InstantSource clock;
    private final Deque<Line> lines = new ArrayDeque<>();

    private record Line(Instant at, String who, String what) {}

    Trace(InstantSource clock) {
        this.clock = clock;
    }

    void note(String who, String what) {
        if (lines.size() == KEPT) {
            lines.removeFirst();
        }
        lines.addLast(new Line(clock.instant(), who, what));
    }

    /** The last lines about somebody, the newest last. */
    String of(String who) {
        List<Line> about = lines.stream()
                .filter(line -> line.who().equals(who) || line.who().equals(ALL))
                .toList();
        return about.stream()
                .skip(Math.max(0, about.size() - TOLD))
                .map(line -> line.at() + " " + line.who() + " " + line.what())
                .collect(Collectors.joining("\n  ", "  ", ""));
    }
}
