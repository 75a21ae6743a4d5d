package dev.lockstep.presence;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What an installation may set about deciding.
 *
 * @param order every status once, from least to most restrictive
 * @param callMaxAge after which a call whose end was never told no longer counts
 */
public record Policy(List<Status> order, Duration callMaxAge) {
    public static final Policy DEFAULT = new Policy(List.of(Status.values()), Duration.ofHours(4));

    public Policy {
        order = List.copyOf(order);
        if (order.size() != Status.values().length || !order.containsAll(Arrays.asList(Status.values()))) {
            throw new IllegalArgumentException("the order must name every status once: " + order);
        }
        if (callMaxAge.isNegative() || callMaxAge.isZero()) {
            throw new IllegalArgumentException("a call's maximum age must be positive: " + callMaxAge);
        }
    }

    /** How restrictive a status is: a higher rank keeps more work away. */
    public int rank(Status status) {
        return order.indexOf(status);
    }

    public boolean isStricter(Status one, Status other) {
        return rank(one) > rank(other);
    }
}
