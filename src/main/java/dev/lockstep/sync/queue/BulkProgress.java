package dev.lockstep.sync.queue;

import java.time.Instant;

/**
 * How far the bulk lane is.
 *
 * @param waiting how many turns are still to come
 * @param all how many were given since the lane was last empty
 * @param end when the last of them is
 */
public record BulkProgress(long waiting, long all, Instant end) {
    public long done() {
        return Math.max(0, all - waiting);
    }
}
