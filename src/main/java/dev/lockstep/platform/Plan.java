package dev.lockstep.platform;

import dev.lockstep.presence.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What has to be written so that a platform shows what is wanted, in order; nothing where it does already.
 *
 * @param steps in the order in which they must be made
 * @param condition how the agent stands if nothing is to be written
 * @param message what heals the condition, for people
 * @param reviewAt when to look again: a write that expires, a fade, a confirmation that does not come
 * @param releases whether the agent becomes reachable for new work by it
 * @param overwrites whether it replaces what somebody else put there
 * @param instead what is to show there in place of what is wished, by what only the platform knows of the agent
 */
public record Plan(
        List<LedgerEntry> steps,
        Condition condition,
        String message,
        Optional<Instant> reviewAt,
        boolean releases,
        boolean overwrites,
        Optional<Status> instead) {
    public Plan {
        steps = List.copyOf(steps);
    }

    public static Plan nothing(Condition condition, String message) {
        return new Plan(List.of(), condition, message, Optional.empty(), false, false, Optional.empty());
    }

    public static Plan write(List<LedgerEntry> steps, Optional<Instant> reviewAt) {
        return new Plan(steps, Condition.PENDING, "written, not yet shown", reviewAt, false, false, Optional.empty());
    }

    public Plan releasing() {
        return new Plan(steps, condition, message, reviewAt, true, overwrites, instead);
    }

    public Plan overwriting() {
        return new Plan(steps, condition, message, reviewAt, releases, true, instead);
    }

    /** The same steps, with another word on how the agent stands. */
    public Plan in(Condition next, String why) {
        return new Plan(steps, next, why, reviewAt, releases, overwrites, instead);
    }

    public Plan reviewedAt(Instant at) {
        return new Plan(steps, condition, message, Optional.of(at), releases, overwrites, instead);
    }

    public Plan instead(Status own) {
        return new Plan(steps, condition, message, reviewAt, releases, overwrites, Optional.of(own));
    }

    public boolean isEmpty() {
        return steps.isEmpty();
    }
}
