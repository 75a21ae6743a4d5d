package dev.lockstep.local.teams.model;

import java.time.Instant;
import java.util.Optional;

/**
 * One of a person's own Teams clients that is signed in.
 *
 * @param idle locked, asleep or in the background
 * @param engagement the call, conference call or presentation that it takes part in
 * @param since when this began to be so
 */
record Client(boolean idle, Optional<Pair> engagement, Instant since) {

    static Client signedIn(Instant now) {
        return new Client(false, Optional.empty(), now);
    }

    Client idle(boolean isIdle, Instant now) {
        return new Client(isIdle, engagement, now);
    }

    Client engaged(Optional<Pair> with, Instant now) {
        return new Client(idle, with, now);
    }

    Pair pair() {
        return engagement.orElse(idle ? Pair.AWAY : Pair.AVAILABLE);
    }
}
