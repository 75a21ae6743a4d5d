package dev.lockstep.teams;

import dev.lockstep.Defaults;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.Standing;
import dev.lockstep.teams.graph.PresenceApi;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** What Teams shows, short to write down. */
public final class GivenTeams {
    public static final TeamsSettings RULES = Defaults.of(TeamsSettings.class);

    private GivenTeams() {}

    static Observation shown(String pair, Instant askedAt) {
        int slash = pair.indexOf('/');
        return new Observation(
                TeamsPlatform.NAME,
                askedAt,
                Map.of(
                        TeamsPresence.AVAILABILITY,
                        pair.substring(0, slash),
                        TeamsPresence.ACTIVITY,
                        pair.substring(slash + 1)));
    }

    /** What Teams makes of our slots where nobody else has a session. */
    static String aggregate(Standing written, Instant now) {
        return written.ledger()
                .heldIn(TeamsPlatform.PREFERRED, now)
                .or(() -> written.ledger().heldIn(TeamsPlatform.SESSION, now))
                .map(LedgerEntry::value)
                .orElse("Offline/Offline");
    }

    /** A Graph that knows nobody and takes every write. */
    public static class Nobody implements PresenceApi {
        @Override
        public Map<String, Presence> presences(Collection<String> userIds) {
            return Map.of();
        }

        @Override
        public void setSession(
                String application, String userId, String availability, String activity, Duration expiry) {}

        @Override
        public void clearSession(String application, String userId) {}

        @Override
        public void setPreferred(
                String application, String userId, String availability, String activity, Duration expiry) {}

        @Override
        public void clearPreferred(String application, String userId) {}
    }

    static LedgerEntry done(String slot, String value, Instant at, Duration life) {
        return new LedgerEntry(slot, value, at, Optional.of(at.plus(life)), LedgerEntry.Outcome.DONE);
    }
}
