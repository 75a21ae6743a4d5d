package dev.lockstep.configured;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes only when told to. */
public final class SteppedClock implements InstantSource {
    static final Instant START = Instant.parse("2026-11-22T09:00:00Z");

    private Instant now = START;

    @Override
    public Instant instant() {
        return now;
    }

    void advance(Duration step) {
        now = now.plus(step);
    }
}
