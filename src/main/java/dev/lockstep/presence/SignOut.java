package dev.lockstep.presence;

import java.time.Instant;

/** The newest sign-out, and when it counts unless the agent comes back before. */
public record SignOut(Moment moment, Instant effective) {
    boolean isUndoneBy(Moment signIn) {
        return signIn.isAfter(moment) && !signIn.at().isAfter(effective);
    }
}
