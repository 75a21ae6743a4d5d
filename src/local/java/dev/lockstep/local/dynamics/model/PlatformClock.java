package dev.lockstep.local.dynamics.model;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The organisation's own clock, which may be wrong by a constant. */
final class PlatformClock implements InstantSource {
    private final InstantSource trueTime;
    private volatile Duration skew = Duration.ZERO;

    PlatformClock(InstantSource trueTime) {
        this.trueTime = trueTime;
    }

    void skewBy(Duration wrongBy) {
        skew = wrongBy;
    }

    /** For durations, which a wrong clock measures as well as a right one. */
    Instant steady() {
        return trueTime.instant();
    }

    @Override
    public Instant instant() {
        return trueTime.instant().plus(skew);
    }
}
