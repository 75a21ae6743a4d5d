package dev.lockstep.presence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an agent is to be, and why.
 *
 * @param status empty when the agent is signed out and nothing else speaks: whatever is held on platforms is released
 * @param demanded the strictest thing that facts or an ended shift ask for, whatever the person chose
 * @param choice the person's choice that still holds
 * @param because everything that speaks for it, strictest first, and what just stopped to
 * @param reviewAt when it must be looked at again even if nothing happens
 */
public record Decision(
        Optional<Status> status,
        Optional<Status> demanded,
        Optional<KnownChoice> choice,
        List<Reason> because,
        Optional<Instant> reviewAt) {
    public Decision {
        because = List.copyOf(because);
    }

    /** What people are told: who is signed out and of whom nothing else is known is Offline. */
    public Status shown() {
        return status.orElse(Status.OFFLINE);
    }
}
