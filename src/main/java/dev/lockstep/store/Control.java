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
     * Takes the next places of a line, which begins at the floor if it is new or ends before it.
     *
     * @return the first of the places taken
     */
    long reserve(String key, long amount, long floor);
}
