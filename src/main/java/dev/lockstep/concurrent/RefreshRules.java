package dev.lockstep.concurrent;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** When a {@link RefreshingValue} is read again, and what a failure to read it means. */
public interface RefreshRules<T> {
    /**
     * Rules for a value that serves for as long as no newer one can be had.
     *
     * @param age after which it is read again
     * @param pause after a failure, before it is asked for again
     * @param foreseen the failures that leave the old value in use
     */
    @SafeVarargs
    static <T> RefreshRules<T> every(Duration age, Duration pause, Class<? extends RuntimeException>... foreseen) {
        return new RefreshRules<>() {
            @Override
            public Instant dueAt(T value, Instant readAt) {
                return readAt.plus(age);
            }

            @Override
            public Optional<Duration> pauseAfter(RuntimeException failure) {
                return Arrays.stream(foreseen).anyMatch(kind -> kind.isInstance(failure))
                        ? Optional.of(pause)
                        : Optional.empty();
            }
        };
    }

    /** From when on a new one is read while this one still serves. */
    Instant dueAt(T value, Instant readAt);

    /** From when on it serves no longer, even if no new one can be had. */
    default Instant endsAt(T value, Instant readAt) {
        return Instant.MAX;
    }

    /**
     * For how long the old value is used without asking again.
     *
     * @return empty for a failure that is no reason to keep the old value: it is thrown, and the next caller asks again
     */
    Optional<Duration> pauseAfter(RuntimeException failure);

    /** For how long everybody is told that failure without asking again, where no value serves. */
    default Duration pauseWithoutValue(RuntimeException failure) {
        return Duration.ZERO;
    }
}
