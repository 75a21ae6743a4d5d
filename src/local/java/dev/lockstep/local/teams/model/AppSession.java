package dev.lockstep.local.teams.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What one application says about one user by {@code setPresence}. Available fades after 5 minutes to
 * AvailableInactive and after 5 more to Away, whatever the expiry; the other pairs only expire. Source:
 * learn.microsoft.com/graph/cloud-communications-manage-presence-state.
 */
record AppSession(Pair pair, Instant since, Instant expires) {
    private static final Duration FADE = Duration.ofMinutes(5);

    boolean isLiveAt(Instant time) {
        return time.isBefore(expires);
    }

    Pair pairAt(Instant time) {
        if (!pair.equals(Pair.AVAILABLE) || time.isBefore(since.plus(FADE))) {
            return pair;
        }
        return time.isBefore(since.plus(FADE).plus(FADE)) ? Pair.AVAILABLE_INACTIVE : Pair.AWAY;
    }

    List<Instant> turns() {
        return pair.equals(Pair.AVAILABLE)
                ? List.of(since.plus(FADE), since.plus(FADE).plus(FADE), expires)
                : List.of(expires);
    }
}
