package dev.lockstep.presence;

import java.time.Duration;

/**
 * What an installation may set about deciding.
 *
 * @param callMaxAge after which a call whose end was never told no longer counts
 */
public record Policy(Strictness strictness, Duration callMaxAge) {
    public static final Policy DEFAULT = new Policy(Strictness.USUAL, Duration.ofHours(4));

    public Policy {
        if (callMaxAge.isNegative() || callMaxAge.isZero()) {
            throw new IllegalArgumentException("a call's maximum age must be positive: " + callMaxAge);
        }
    }
}
