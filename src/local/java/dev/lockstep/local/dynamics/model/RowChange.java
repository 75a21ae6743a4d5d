package dev.lockstep.local.dynamics.model;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A row was created, updated or deleted.
 *
 * @param message {@code Create}, {@code Update} or {@code Delete}
 * @param before the columns before; empty at Create
 * @param after the columns after; empty at Delete
 * @param written the columns that the operation carried, whether or not their values changed
 * @param at the platform's time
 */
public record RowChange(
        String message,
        String logicalName,
        UUID id,
        Map<String, Object> before,
        Map<String, Object> after,
        Set<String> written,
        Instant at) {

    /** The operation's Target: the written columns only. */
    public Map<String, Object> target() {
        Map<String, Object> target = new LinkedHashMap<>();
        after.forEach((name, value) -> {
            if (written.contains(name)) {
                target.put(name, value);
            }
        });
        return target;
    }
}
