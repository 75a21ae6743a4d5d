package dev.lockstep.presence;

import java.time.Instant;

/**
 * One thing that speaks for a decision, or that no longer does.
 *
 * @param since when it began, or ended for what is over
 * @param text the same in words, for the board and the timeline
 */
public record Reason(Kind kind, Source source, Status status, Instant since, String text) {
    /** What sort of evidence a reason is. */
    public enum Kind {
        CALL,
        FACT,
        CHOICE,
        SIGNED_IN,
        SHIFT_ENDED,
        EXPIRED
    }

    boolean demands() {
        return kind == Kind.CALL || kind == Kind.FACT || kind == Kind.SHIFT_ENDED;
    }
}
