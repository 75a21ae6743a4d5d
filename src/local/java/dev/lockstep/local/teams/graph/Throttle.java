package dev.lockstep.local.teams.graph;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * So many requests in a sliding window for each key. Refused requests count too, as
 * learn.microsoft.com/graph/throttling says of retries: whoever hammers is not let in again.
 */
public final class Throttle {
    private final int limit;
    private final Duration window;
    private final InstantSource clock;
    private final boolean decimal;
    private final Map<String, Deque<Instant>> seen = new HashMap<>();

    public Throttle(int limit, Duration window, InstantSource clock, boolean decimal) {
        this.limit = limit;
        this.window = window;
        this.clock = clock;
        this.decimal = decimal;
    }

    /** @throws GraphError 429 when the key has used up its share */
    public synchronized void admit(String key) {
        Instant now = clock.instant();
        Deque<Instant> times = seen.computeIfAbsent(key, any -> new ArrayDeque<>());
        while (!times.isEmpty() && !times.getFirst().plus(window).isAfter(now)) {
            times.removeFirst();
        }
        times.addLast(now);
        if (times.size() > limit) {
            Instant freed =
                    times.stream().skip(times.size() - (long) limit).findFirst().orElse(now);
            throw GraphError.tooMany(Duration.between(now, freed.plus(window)), decimal);
        }
    }
}
