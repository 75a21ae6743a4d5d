package dev.lockstep.sync.queue;

import java.time.Duration;
import java.util.Collection;

/** Asks for agents to be looked at again. Losing a message does no harm: the sweep finds the agent by its due time. */
public interface RetryQueue {
    /**
     * @param message for the lane that it names
     * @param delay at least so long, as far as the queue can wait
     */
    void retry(RetryMessage message, Duration delay);

    /**
     * The bulk lane: many agents, as soon as their turn comes.
     *
     * @param correlationId of what concerns them all
     */
    void enqueueBulk(Collection<String> agentIds, String correlationId);
}
