package dev.lockstep.sync.queue;

import java.time.Duration;
import java.util.List;

/** Asks for agents to be looked at again. Losing a message does no harm: the sweep finds the agent by its due time. */
public interface RetryQueue {
    /**
     * @param message for the lane that it names
     * @param delay at least so long, as far as the queue can wait
     */
    void retry(RetryMessage message, Duration delay);

    /** A message and how long it waits. */
    record Delayed(RetryMessage message, Duration delay) {}

    /**
     * Many at once, in as few requests as may be.
     *
     * @return those that were taken
     */
    List<Delayed> retryAll(List<Delayed> messages);
}
