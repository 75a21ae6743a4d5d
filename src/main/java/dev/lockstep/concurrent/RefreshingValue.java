package dev.lockstep.concurrent;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/**
 * A value that is read again when it is due. One caller reads; the others go on with the old value meanwhile, and wait
 * only where none serves. What a failure means is for {@link RefreshRules} to say.
 */
public final class RefreshingValue<T> implements Supplier<T> {
    private final Supplier<T> source;
    private final RefreshRules<T> rules;
    private final InstantSource clock;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Optional<Reading<T>> last = Optional.empty();
    private volatile Optional<Failure> failure = Optional.empty();

    private record Reading<T>(T value, Instant readAt, Instant dueAt, Instant endsAt) {}

    private record Failure(RuntimeException cause, Instant until) {}

    public RefreshingValue(Supplier<T> source, RefreshRules<T> rules, InstantSource clock) {
        this.source = source;
        this.rules = rules;
        this.clock = clock;
    }

    /** Throws what the source threw if no value serves and none can be had. */
    @Override
    public T get() {
        Instant now = clock.instant();
        Optional<Reading<T>> held = servingAt(now);
        if (held.isEmpty()) {
            return replaced((value, readAt) -> false);
        }
        if (now.isBefore(held.get().dueAt()) || failureAt(now).isPresent() || !reading.tryLock()) {
            return held.get().value();
        }
        try {
            return refreshed();
        } finally {
            reading.unlock();
        }
    }

    /**
     * A value for a caller who cannot use the one that is held. Whoever is reading just now is waited for. Throws what
     * the source threw if no other value can be had; the one that is held stays.
     *
     * @param useless given the value and when it was read
     */
    public T replaced(BiPredicate<T, Instant> useless) {
        reading.lock();
        try {
            Optional<Reading<T>> usable =
                    servingAt(clock.instant()).filter(held -> !useless.test(held.value(), held.readAt()));
            return usable.isPresent() ? usable.get().value() : read();
        } finally {
            reading.unlock();
        }
    }

    private T refreshed() {
        Reading<T> old = last.orElseThrow();
        try {
            return clock.instant().isBefore(old.dueAt()) ? old.value() : read();
        } catch (RuntimeException e) {
            if (rules.pauseAfter(e).isEmpty()) {
                throw e;
            }
            return old.value();
        }
    }

    private T read() {
        Instant now = clock.instant();
        Optional<Failure> recent = failureAt(now);
        if (recent.isPresent()) {
            throw recent.get().cause();
        }
        try {
            T value = source.get();
            last = Optional.of(new Reading<>(value, now, rules.dueAt(value, now), rules.endsAt(value, now)));
            failure = Optional.empty();
            return value;
        } catch (RuntimeException e) {
            Instant failedAt = clock.instant();
            failure = Optional.of(new Failure(e, failedAt.plus(pause(e, failedAt))));
            throw e;
        }
    }

    private Duration pause(RuntimeException e, Instant failedAt) {
        return servingAt(failedAt).isPresent() ? rules.pauseAfter(e).orElse(Duration.ZERO) : rules.pauseWithoutValue(e);
    }

    private Optional<Reading<T>> servingAt(Instant now) {
        return last.filter(reading -> now.isBefore(reading.endsAt()));
    }

    private Optional<Failure> failureAt(Instant now) {
        return failure.filter(recent -> now.isBefore(recent.until()));
    }
}
