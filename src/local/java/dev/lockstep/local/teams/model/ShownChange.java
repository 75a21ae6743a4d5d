package dev.lockstep.local.teams.model;

import java.time.Instant;

/** What Teams shows has changed: by an API's write, by a person, or by time. */
public record ShownChange(Instant at, ShownPresence before, ShownPresence after) {

    public String userId() {
        return after.userId();
    }

    /** False when only the status message or the out-of-office flag is new. */
    public boolean isOfPair() {
        return !before.pair().equals(after.pair());
    }
}
