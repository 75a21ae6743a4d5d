package dev.lockstep.sync.queue;

/** Counts who is no longer looked after by the queue. */
public interface RetryMeter {
    /** An agent's retry has gone round as often as it may. */
    void leftToSweep();
}
