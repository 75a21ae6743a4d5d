package dev.lockstep.sync.queue;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Spreads waits: what many are told alike must not bring them back together. */
public record Spread(RandomGenerator random) {
    private static final Duration MOST = Duration.ofSeconds(30);

    /** @return never shorter, and up to a quarter longer, but by half a minute at most */
    public Duration over(Duration least) {
        long more = Math.min(least.toMillis() / 4, MOST.toMillis());
        return least.plusMillis(random.nextLong(more + 1));
    }
}
