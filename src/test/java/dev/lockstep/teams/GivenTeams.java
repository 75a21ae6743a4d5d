package dev.lockstep.teams;

import dev.lockstep.platform.Entry;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** What Teams shows, short to write down. */
final class GivenTeams {
    static final TeamsRules RULES = new TeamsRules() {
        @Override
        public Duration grace() {
            return Duration.ofSeconds(30);
        }

        @Override
        public Duration echoWindow() {
            return Duration.ofSeconds(90);
        }

        @Override
        public Duration fade() {
            return Duration.ofMinutes(5);
        }
    };

    private GivenTeams() {}

    static Observation shown(String pair, Instant askedAt) {
        int slash = pair.indexOf('/');
        return new Observation(
                TeamsPlatform.NAME,
                askedAt,
                Map.of(Shown.AVAILABILITY, pair.substring(0, slash), Shown.ACTIVITY, pair.substring(slash + 1)));
    }

    /** What Teams makes of our slots where nobody else has a session. */
    static String aggregate(Standing written, Instant now) {
        return written.heldIn(TeamsPlatform.PREFERRED, now)
                .or(() -> written.heldIn(TeamsPlatform.SESSION, now))
                .map(Entry::value)
                .orElse("Offline/Offline");
    }

    /** A Graph that is not asked. */
    static final class Nobody implements PresenceApi {
        @Override
        public Map<String, Presence> presences(Collection<String> userIds) {
            return Map.of();
        }

        @Override
        public void setSession(String userId, String availability, String activity, Duration expiry) {}

        @Override
        public void clearSession(String userId) {}

        @Override
        public void setPreferred(String userId, String availability, String activity, Duration expiry) {}

        @Override
        public void clearPreferred(String userId) {}
    }

    static Entry done(String slot, String value, Instant at, Duration life) {
        return new Entry(slot, value, at, Optional.of(at.plus(life)), Entry.Outcome.DONE);
    }
}
