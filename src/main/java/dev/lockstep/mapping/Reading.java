package dev.lockstep.mapping;

import dev.lockstep.presence.Status;

/** What a platform's status means. */
public record Reading(Status status, Use use) {
    public boolean is(Use other) {
        return use == other;
    }
}
