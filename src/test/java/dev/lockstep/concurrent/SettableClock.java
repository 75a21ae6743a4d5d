package dev.lockstep.concurrent;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that goes only when told to. */
public final class SettableClock implements InstantSource {
    private final AtomicReference<Instant> now;

    public SettableClock() {
        this(Instant.parse("2026-11-22T09:00:00Z"));
    }

    public SettableClock(Instant start) {
        now = new AtomicReference<>(start);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    public void advance(Duration step) {
        now.updateAndGet(before -> before.plus(step));
    }

    public void set(Instant other) {
        now.set(other);
    }
}
