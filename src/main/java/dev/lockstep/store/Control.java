package dev.lockstep.store;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Small shared values: pauses, budgets, cursors, counters, the mode of operation. */
public interface Control {
    Optional<String> get(String key);

    /** All values whose key starts so, by key. */
    Map<String, String> withPrefix(String prefix);

    void put(String key, String value, Optional<Instant> expiresAt);

    void remove(String key);

    /** Adds to a counter and tells its new value. */
    long add(String key, long amount, Optional<Instant> expiresAt);

    /**
     * Takes from a budget that starts full.
     *
     * @return whether so much was left
     */
    boolean take(String key, long amount, long limit, Instant expiresAt);
}
