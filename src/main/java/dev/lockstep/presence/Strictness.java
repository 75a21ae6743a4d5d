package dev.lockstep.presence;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * How restrictive each status is: one that compares as greater keeps more work away.
 *
 * @param order every status once, from least to most restrictive
 */
public record Strictness(List<Status> order) implements Comparator<Status> {
    /** As the statuses are declared. */
    public static final Strictness USUAL = new Strictness(List.of(Status.values()));

    /** @throws IllegalArgumentException unless every status is named once */
    public Strictness {
        order = List.copyOf(order);
        if (order.size() != Status.values().length || !order.containsAll(Arrays.asList(Status.values()))) {
            throw new IllegalArgumentException("the order must name every status once: " + order);
        }
    }

    @Override
    public int compare(Status one, Status other) {
        return Integer.compare(order.indexOf(one), order.indexOf(other));
    }

    public boolean isStricter(Status one, Status other) {
        return compare(one, other) > 0;
    }
}
