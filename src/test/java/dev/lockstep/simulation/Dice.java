package dev.lockstep.simulation;

import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Chance that depends on the seed, the purpose and the time alone: to leave out one event does not change what happens
 * to all others, so that a failing run can be cut down.
 */
final class Dice implements RandomGenerator {
    private final long seed;
    private final InstantSource clock;
    private Instant moment = Instant.MIN;
    private long nth;

    Dice(long seed, String purpose, InstantSource clock) {
        this.seed = mix(seed * 31 + purpose.hashCode());
        this.clock = clock;
    }

    @Override
    public long nextLong() {
        Instant now = clock.instant();
        nth = now.equals(moment) ? nth + 1 : 0;
        moment = now;
        return mix(seed ^ mix(now.toEpochMilli() * 1_000_003 + nth));
    }

    /** How many draws there were in this moment before the last one. */
    long nth() {
        return nth;
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014). */
    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
