package dev.lockstep.sync.queue;

import java.time.Duration;
import java.time.Instant;

/** Consecutive turns of the bulk lane. */
public record Turns(Instant first, Duration apart) {
    /** @param index from 0 */
    public Instant of(int index) {
        return first.plus(apart.multipliedBy(index));
    }
}
