package dev.lockstep.platform;

import java.time.Instant;
import java.util.Optional;

/**
 * One own write in a standing's ledger.
 *
 * @param slot where on the platform; platforms with one place use one name
 * @param value what was written, in the platform's words; blank for "taken back"
 * @param at when it was begun, before the platform was called: a crash must not make us forget it
 * @param until when the platform ends it by itself, or when we learned that it was replaced
 */
public record LedgerEntry(String slot, String value, Instant at, Optional<Instant> until, Outcome outcome) {
    /** What became of a write. */
    public enum Outcome {
        /** Begun; the platform may have done it. */
        INTENDED,
        /** The platform accepted it. */
        DONE,
        /** The platform showed it. */
        SEEN,
        /** No answer: the platform may have done it. */
        UNKNOWN,
        /** The platform refused it: it was not done. */
        REFUSED
    }

    public boolean isTakenBack() {
        return value.isBlank();
    }

    /** Whether the platform said, or showed, that it did it. */
    public boolean isAccepted() {
        return outcome == Outcome.DONE || outcome == Outcome.SEEN;
    }

    /** Whether the platform may hold it at that time. */
    public boolean mayStandAt(Instant now) {
        return outcome != Outcome.REFUSED && until.map(now::isBefore).orElse(true);
    }

    LedgerEntry endedBy(Instant end) {
        return mayStandAt(end) ? new LedgerEntry(slot, value, at, Optional.of(end), outcome) : this;
    }

    LedgerEntry with(Outcome next) {
        return new LedgerEntry(slot, value, at, until, next);
    }
}
