package dev.lockstep.local.teams;

import java.time.Instant;

/** What Teams shows has changed: by an API's write, by a person, or by time. */
public record TeamsChange(Instant at, TeamsPresence before, TeamsPresence after) {

    public String userId() {
        return after.userId();
    }

    /** False when only the status message or the out-of-office flag is new. */
    public boolean isOfPair() {
        return !before.pair().equals(after.pair());
    }
}
