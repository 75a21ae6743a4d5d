package dev.lockstep.doctor;

import dev.lockstep.check.Check;
import dev.lockstep.check.Finding;
import dev.lockstep.concurrent.ParallelRunner;
import dev.lockstep.doctor.Report.Result;
import dev.lockstep.failure.StackTrace;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.store.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/** Makes all checks at the same time, and lets none of them hurt another. */
final class CheckRunner {
    private static final Logger LOG = Logger.getLogger(CheckRunner.class);

    private final ParallelRunner runner;
    private final Duration timeout;

    CheckRunner(ParallelRunner runner, Duration timeout) {
        this.runner = runner;
        this.timeout = timeout;
    }

    List<Result> make(List<Check> checks) {
        List<Callable<Finding>> looks = checks.stream().map(CheckRunner::look).toList();
        List<Optional<Finding>> findings = runner.runAll(looks, timeout);
        return IntStream.range(0, checks.size())
                .mapToObj(index ->
                        Result.of(checks.get(index).name(), findings.get(index).orElseGet(this::unanswered)))
                .toList();
    }

    private static Callable<Finding> look(Check check) {
        return () -> {
            try {
                return check.look().get();
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                return failure(check.name(), e);
            }
        };
    }

    private Finding unanswered() {
        return Finding.failed("no answer within " + timeout.toSeconds() + " s", "see whether the network lets us out");
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
