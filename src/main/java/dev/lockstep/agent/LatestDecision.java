package dev.lockstep.agent;

import dev.lockstep.presence.Decision;
import java.time.Instant;

/**
 * The last decision, for the board and for telling what changed.
 *
 * @param since when its status began
 */
public record LatestDecision(Decision decision, Instant since) {
    /** The next decision; the status keeps its beginning while it stays the same. */
    LatestDecision followedBy(Decision next, Instant now) {
        boolean same = decision.shown() == next.shown();
        return new LatestDecision(next, same ? since : now);
    }
}
