package dev.lockstep.protocol.entra;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A bearer token. Its text never shows in a log.
 *
 * @param refreshAt when to get the next one while this one still serves
 * @param expiresAt when it serves no longer, a little before Entra says so
 */
public record AccessToken(String value, Instant refreshAt, Instant expiresAt) {
    private static final Duration LONGEST_LEAD = Duration.ofMinutes(5);
    private static final Duration LONGEST_MARGIN = Duration.ofSeconds(30);

    /**
     * @param refreshOn when Entra wishes it to be refreshed, if it said so
     * @param expiry when it ends
     */
    static AccessToken of(String value, Instant now, Optional<Instant> refreshOn, Instant expiry) {
        Duration life = Duration.between(now, expiry);
        Instant due = expiry.minus(shorter(LONGEST_LEAD, life.dividedBy(4)));
        Instant end = expiry.minus(shorter(LONGEST_MARGIN, life.dividedBy(10)));
        return new AccessToken(value, refreshOn.filter(due::isAfter).orElse(due), end);
    }

    /** The header's value. */
    public String bearer() {
        return "Bearer " + value;
    }

    /** What it says of us; empty if it is not a JSON web token. Unverified: good for advice only. */
    public Optional<TokenClaims> claims() {
        return TokenClaims.of(value);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    @Override
    public String toString() {
        return "AccessToken[until " + expiresAt + "]";
    }
}
