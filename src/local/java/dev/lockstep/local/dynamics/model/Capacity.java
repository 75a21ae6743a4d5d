package dev.lockstep.local.dynamics.model;

import java.util.List;
import java.util.OptionalInt;

/**
 * What a representative can take.
 *
 * @param units total units; a conversation consumes some
 * @param profileSlots slots of a capacity profile, if there is one
 * @param profileBlocks whether that profile, when used up, blocks all other work by itself
 */
public record Capacity(int units, OptionalInt profileSlots, boolean profileBlocks) {
    /** Ten open sessions are full whatever the units say ("Manage presence status", learn.microsoft.com). */
    static final int MOST_SESSIONS = 10;

    public static Capacity units(int units) {
        return new Capacity(units, OptionalInt.empty(), false);
    }

    /** Remaining units; negative after an assignment beyond capacity. */
    int remaining(List<Work> work) {
        return units - work.stream().mapToInt(Work::units).sum();
    }

    boolean blockedByProfile(List<Work> work) {
        return profileBlocks && profileUsedUp(work);
    }

    boolean full(List<Work> work) {
        return work.size() >= MOST_SESSIONS
                || blockedByProfile(work)
                || (remaining(work) <= 0 && (profileSlots.isEmpty() || profileUsedUp(work)));
    }

    private boolean profileUsedUp(List<Work> work) {
        return profileSlots.isPresent() && work.stream().filter(Work::profiled).count() >= profileSlots.getAsInt();
    }
}
