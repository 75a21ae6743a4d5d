package dev.lockstep.simulation;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Collectors;

/** The last things that happened, to be read when something breaks. */
final class Trace {
    private static final int KEPT = 400;

    private final InstantSource clock;
    private final Deque<String> lines = new ArrayDeque<>();

    Trace(InstantSource clock) {
        this.clock = clock;
    }

    void note(String who, String what) {
        if (lines.size() == KEPT) {
            lines.removeFirst();
        }
        lines.addLast(clock.instant() + " " + who + " " + what);
    }

    String of(String who) {
        return lines.stream()
                .filter(line -> line.contains(" " + who + " ") || line.contains(" all "))
                .collect(Collectors.joining("\n  ", "  ", ""));
    }
}
