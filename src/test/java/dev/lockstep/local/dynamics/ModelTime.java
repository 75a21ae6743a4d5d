package dev.lockstep.local.dynamics;

import dev.lockstep.local.dynamics.model.Later;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;

/** Time that moves when told, and runs what falls due on the way in its order. */
public final class ModelTime implements InstantSource, Later {
    private record Task(Instant at, long number, Runnable work) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            int order = at.compareTo(other.at);
            return order != 0 ? order : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private Instant now = Instant.parse("2026-11-22T08:00:00Z");
    private long number;

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public void after(Duration delay, Runnable task) {
        tasks.add(new Task(now.plus(delay), number++, task));
    }

    public void pass(Duration time) {
        Instant until = now.plus(time);
        while (!tasks.isEmpty() && !tasks.peek().at().isAfter(until)) {
            Task next = tasks.remove();
            now = next.at();
            next.work().run();
        }
        now = until;
    }
}
