package dev.lockstep.intake;

/** What became of an event. In every case but the last it is recorded for good. */
public enum IntakeOutcome {
    /** It changed nothing. */
    UNCHANGED,
    /** Decided and written. */
    SETTLED,
    /** Somebody else is at work on this agent and will see it. */
    RECORDED,
    /** Recorded; what could not be written is put off. */
    DEFERRED,
    /** There is no such agent. */
    UNKNOWN_AGENT
}
