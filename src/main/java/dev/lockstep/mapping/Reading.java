package dev.lockstep.mapping;

import dev.lockstep.presence.Status;

/**
 * What a platform's status means.
 *
 * @param status of no meaning where the use is {@link Use#IGNORE}
 */
public record Reading(Status status, Use use) {
    /** It says nothing about the agent. */
    public static final Reading IGNORED = new Reading(Status.AVAILABLE, Use.IGNORE);

    public boolean is(Use other) {
        return use == other;
    }
}
