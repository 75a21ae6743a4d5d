package dev.lockstep.doctor;

import dev.lockstep.check.Check;
import dev.lockstep.check.Finding;
import dev.lockstep.doctor.Report.Result;
import dev.lockstep.failure.StackTrace;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.store.StoreUnavailable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Makes all checks at the same time, and lets none of them hurt another. */
final class CheckRunner {
    private static final Logger LOG = Logger.getLogger(CheckRunner.class);

    private final Duration timeout;

    CheckRunner(Duration timeout) {
        this.timeout = timeout;
    }

    List<Result> make(List<Check> checks) {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            Map<String, Future<Finding>> running = new LinkedHashMap<>();
            checks.forEach(check ->
                    running.put(check.name(), threads.submit(() -> check.look().get())));
            long end = System.nanoTime() + timeout.toNanos();
            return running.entrySet().stream()
                    .map(entry -> Result.of(entry.getKey(), finding(entry.getKey(), entry.getValue(), end)))
                    .toList();
        } finally {
            threads.shutdownNow();
        }
    }

    private Finding finding(String name, Future<Finding> running, long end) {
        try {
            return running.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return Finding.failed(
                    "no answer within " + timeout.toSeconds() + " s", "see whether the network lets us out");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Finding.skipped("interrupted", "");
        } catch (ExecutionException e) {
            return failure(name, e.getCause());
        }
    }

    private static Finding failure(String name, Throwable cause) {
        return switch (cause) {
            case PlatformException.PermissionMissing missing ->
                Finding.failed(missing.getMessage(), "as the message says");
            case PlatformException.Throttled throttled ->
                Finding.warning("the platform asks us to wait (" + throttled.getMessage() + ")", "try again later");
            case PlatformException other -> Finding.failed(other.getMessage(), "try again; then check URL and network");
            case StoreUnavailable silent ->
                Finding.failed("the store does not answer", "check DynamoDB and its permissions");
            default -> unforeseen(name, cause);
        };
    }

    /** The message may quote data; the kind of failure, and its place in the log, are enough to look further. */
    private static Finding unforeseen(String name, Throwable cause) {
        LOG.errorf("the check %s failed: %s", name, StackTrace.of(cause));
        return Finding.failed("could not be checked: " + cause.getClass().getSimpleName(), "see the function's log");
    }
}
