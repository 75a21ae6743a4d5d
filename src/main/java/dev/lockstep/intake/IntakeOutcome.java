package dev.lockstep.intake;

/** What became of an event. In every case but the last it is recorded for good. */
public enum IntakeOutcome {
    /** It changed nothing. */
    UNCHANGED,
    /** Decided and written. */
    SETTLED,
    /** Somebody else holds the agent's lease and will see it. */
    RECORDED,
    /** Recorded; what is still to be written is left to the queue. */
    DEFERRED,
    /** There is no such agent. */
    UNKNOWN_AGENT
}
