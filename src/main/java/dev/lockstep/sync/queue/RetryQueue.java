package dev.lockstep.sync.queue;

import java.time.Duration;
import java.util.Collection;

/** Asks for agents to be looked at again. Losing a message does no harm: the sweep finds the agent by its due time. */
public interface RetryQueue {
    /** @param delay at least so long, as far as the queue can wait */
    void retry(String agentId, Duration delay);

    /** The bulk lane again, for an agent whose turn has not come. */
    void retryBulk(String agentId, Duration delay);

    /** The bulk lane: many agents, as soon as their turn comes. */
    void enqueueBulk(Collection<String> agentIds);
}
