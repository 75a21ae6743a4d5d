package dev.lockstep.concurrent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** One task after the other, in the thread that asks. */
public final class SequentialRunner implements ParallelRunner {
    private int unanswered;

    /** @param tasks of every round, its last ones, that do not end in time */
    public void leaveUnanswered(int tasks) {
        unanswered = tasks;
    }

    @Override
    public <T> List<Optional<T>> runAll(List<Callable<T>> tasks, Duration deadline) {
        List<Optional<T>> results = new ArrayList<>();
        for (Callable<T> task : tasks) {
            boolean late = results.size() >= tasks.size() - unanswered;
            results.add(late ? Optional.empty() : Optional.of(result(task)));
        }
        return results;
    }

    private static <T> T result(Callable<T> task) {
        try {
            return task.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
