package dev.lockstep.platform;

import dev.lockstep.presence.Status;
import java.util.Optional;

/**
 * What one platform shows for one agent.
 *
 * @param observed what the platform last showed that was worth believing
 * @param showing what that means, whoever it comes from; empty if nothing is known or no status carries it
 */
public record Display(Optional<Observation> observed, Optional<Status> showing) {
    public static final Display UNKNOWN = new Display(Optional.empty(), Optional.empty());

    Display with(Observation next) {
        return new Display(Optional.of(next), showing);
    }

    Display showing(Optional<Status> next) {
        return new Display(observed, next);
    }
}
