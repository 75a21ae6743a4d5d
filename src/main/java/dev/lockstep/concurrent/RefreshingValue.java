package dev.lockstep.concurrent;

import dev.lockstep.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A value that is read again when it has reached an age. One caller reads; the others go on with the old value
 * meanwhile. While the store does not answer the old value holds, and is asked for again after a pause.
 */
public final class RefreshingValue<T> {
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Supplier<T> source;
    private final Duration age;
    private final InstantSource clock;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Optional<Held<T>> held = Optional.empty();

    public RefreshingValue(Supplier<T> source, Duration age, InstantSource clock) {
        this.source = source;
        this.age = age;
        this.clock = clock;
    }

    /** @throws StoreUnavailable if the value was never read and cannot be now */
    public T get() {
        Optional<Held<T>> before = held;
        if (before.isPresent() && (before.get().isFreshAt(clock.instant()) || !reading.tryLock())) {
            return before.get().value();
        }
        if (before.isEmpty()) {
            reading.lock();
        }
        try {
            return read();
        } finally {
            reading.unlock();
        }
    }

    private T read() {
        Instant now = clock.instant();
        Optional<Held<T>> before = held;
        if (before.isPresent() && before.get().isFreshAt(now)) {
            return before.get().value();
        }
        try {
            T value = source.get();
            held = Optional.of(new Held<>(value, now.plus(age)));
            return value;
        } catch (StoreUnavailable silent) {
            T old = before.map(Held::value).orElseThrow(() -> silent);
            held = Optional.of(new Held<>(old, now.plus(PAUSE)));
            return old;
        }
    }

    private record Held<T>(T value, Instant until) {
        boolean isFreshAt(Instant now) {
            return now.isBefore(until);
        }
    }
}
