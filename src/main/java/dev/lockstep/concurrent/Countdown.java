package dev.lockstep.concurrent;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time that a run has: each of its parts gets of it what is left, and no more. */
public final class Countdown {
    private final InstantSource clock;
    private final Instant end;

    private Countdown(InstantSource clock, Instant end) {
        this.clock = clock;
        this.end = end;
    }

    public static Countdown of(InstantSource clock, Duration time) {
        return new Countdown(clock, clock.instant().plus(time));
    }

    /** @return until the end; nothing once that is over */
    public Duration left() {
        Duration left = Duration.between(clock.instant(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** @return half of what is left, for a part that others follow */
    public Countdown half() {
        return of(clock, left().dividedBy(2));
    }
}
