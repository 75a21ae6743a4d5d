package dev.lockstep.sync;

import java.time.Duration;
import java.util.Collection;

/** Asks for agents to be looked at again. Losing a message does no harm: the sweep finds the agent by its due time. */
public interface RetryQueue {
    /** @param delay at least so long, as far as the queue can wait */
    void later(String agentId, Duration delay);

    /** The bulk lane: many agents, as soon as their turn comes. */
    void soon(Collection<String> agentIds);
}
