package dev.lockstep.concurrent;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Runs tasks side by side, so that one slow platform delays no other. */
public interface ParallelRunner {
    /**
     * @param deadline after which a task that has not ended is given up
     * @param <T> what a task gives
     * @return in the order of the tasks; empty where one was given up
     */
    <T> List<Optional<T>> runAll(List<Callable<T>> tasks, Duration deadline);

    /**
     * The same, of which only so many run at a time: one that does not end keeps its place, and the others go on in what
     * is left. A runner without threads of its own does one after the other.
     */
    default <T> List<Optional<T>> runAll(List<Callable<T>> tasks, int atOnce, Duration deadline) {
        return runAll(tasks, deadline);
    }

    /**
     * A single one.
     *
     * @return empty if it was given up
     */
    default <T> Optional<T> run(Callable<T> task, Duration deadline) {
        return runAll(List.of(task), deadline).getFirst();
    }

    /**
     * Starts tasks whose results nobody needs and waits for them. What takes longer goes on. A runner without threads
     * of its own does one after the other.
     *
     * @return whether all have ended within that time
     */
    default boolean startAll(List<Runnable> tasks, Duration wait) {
        tasks.forEach(Runnable::run);
        return true;
    }
}
