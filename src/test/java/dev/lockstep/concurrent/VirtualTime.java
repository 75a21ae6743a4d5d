package dev.lockstep.concurrent;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;

/**
 * Time that passes only when something waits. What falls due while somebody waits runs in between, as it would in
 * another instance: that is how two visits to one agent come to interleave.
 */
public final class VirtualTime implements InstantSource {
    private record Task(Instant at, long number, Runnable work) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            int order = at.compareTo(other.at);
            return order != 0 ? order : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private Instant now;
    private long number;
    private long run;

    public VirtualTime(Instant start) {
        now = start;
    }

    @Override
    public Instant instant() {
        return now;
    }

    public void after(Duration delay, Runnable work) {
        tasks.add(new Task(now.plus(delay), number++, work));
    }

    /** Runs the next task; false if there is none before the end. */
    public boolean step(Instant end) {
        boolean any = !tasks.isEmpty() && !tasks.peek().at().isAfter(end);
        if (any) {
            runNext();
        }
        return any;
    }

    private void runNext() {
        Task next = tasks.remove();
        now = next.at().isAfter(now) ? next.at() : now;
        run++;
        next.work().run();
    }

    /** Waits, while others go on. */
    public void pass(Duration time) {
        Instant until = now.plus(time);
        while (!tasks.isEmpty() && !tasks.peek().at().isAfter(until)) {
            runNext();
        }
        now = until.isAfter(now) ? until : now;
    }

    /** Waits alone. */
    public void skip(Duration time) {
        now = now.plus(time);
    }

    public long tasksRun() {
        return run;
    }
}
