package dev.lockstep.concurrent;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Every task in a virtual thread of its own. Nothing stays open between two calls. */
@Singleton
public final class VirtualThreadRunner implements ParallelRunner {
    @Override
    public <T> List<Optional<T>> runAll(List<Callable<T>> tasks, Duration deadline) {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            List<Optional<T>> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(tasks, deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                results.add(result(future));
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return tasks.stream().map(task -> Optional.<T>empty()).toList();
        } finally {
            threads.shutdown();
        }
    }

    /** Who waits for a place costs no more than a virtual thread does. */
    @Override
    public <T> List<Optional<T>> runAll(List<Callable<T>> tasks, int atOnce, Duration deadline) {
        Semaphore places = new Semaphore(atOnce, true);
        List<Callable<T>> placed = tasks.stream()
                .map(task -> (Callable<T>) () -> inPlace(places, task))
                .toList();
        return runAll(placed, deadline);
    }

    private static <T> T inPlace(Semaphore places, Callable<T> task) throws Exception {
        places.acquire();
        try {
            return task.call();
        } finally {
            places.release();
        }
    }

    @Override
    public boolean startAll(List<Runnable> tasks, Duration wait) {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        tasks.forEach(threads::execute);
        threads.shutdown();
        try {
            return threads.awaitTermination(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static <T> Optional<T> result(Future<T> future) throws InterruptedException {
        try {
            return Optional.of(future.get());
        } catch (CancellationException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
