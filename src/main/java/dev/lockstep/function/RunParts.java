package dev.lockstep.function;

import dev.lockstep.concurrent.Countdown;
import dev.lockstep.concurrent.ParallelRunner;
import dev.lockstep.failure.StackTrace;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jboss.logging.Logger;

/**
 * What a run does, one after the other or side by side: a part that fails or hangs costs the others nothing but its own
 * time.
 */
final class RunParts {
    private static final Logger LOG = Logger.getLogger(RunParts.class);

    private final String run;
    private final ParallelRunner threads;
    private final Duration grace;
    private Optional<RuntimeException> failure = Optional.empty();

    /** @param grace that a part has after its time, to end and to say what it left */
    RunParts(String run, ParallelRunner threads, Duration grace) {
        this.run = run;
        this.threads = threads;
        this.grace = grace;
    }

    /** @return how many the part did; none if it failed, or was given up after its time */
    int run(String part, Countdown time, ToIntFunction<Countdown> work) {
        return read(part, time, work::applyAsInt).orElse(0);
    }

    /** @return what the part found; empty if it failed, or was given up after its time */
    <T> Optional<T> read(String part, Countdown time, Function<Countdown, T> work) {
        try {
            Optional<T> done = threads.run(() -> work.apply(time), time.left().plus(grace));
            if (done.isEmpty()) {
                LOG.errorf("%s: %s did not end in time and is left to the next run", run, part);
                failed(new IllegalStateException(part + " did not end in time"));
            }
            return done;
        } catch (RuntimeException e) {
            LOG.errorf("%s: %s failed: %s", run, part, StackTrace.of(e));
            failed(e);
            return Optional.empty();
        }
    }

    private synchronized void failed(RuntimeException e) {
        failure = failure.or(() -> Optional.of(e));
    }

    /** @throws RuntimeException what the first part failed with, so that Lambda counts the run as failed */
    synchronized void end() {
        failure.ifPresent(first -> {
            throw first;
        });
    }
}
