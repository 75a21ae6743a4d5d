package dev.lockstep.agent;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What of a profile an administrator gave. It stays as it is whatever the directory finds; everything else follows the
 * directory. Items of before there was this hold nothing of ids here: one in which an administrator's id cannot be told
 * from the directory's is judged by {@link Profile#entraObjectId}.
 *
 * @param name whether they gave the name
 * @param ids platforms whose id they gave
 */
public record Configured(boolean name, SortedSet<String> ids) {
    public static final Configured NOTHING = new Configured(false, Collections.emptySortedSet());

    public Configured {
        ids = Collections.unmodifiableSortedSet(new TreeSet<>(ids));
    }

    /** With the name as the administrator's, or as the directory's. */
    public Configured withName(boolean given) {
        return new Configured(given, ids);
    }

    /** With the ids on these platforms alone as the administrator's. */
    public Configured withIds(SortedSet<String> platforms) {
        return new Configured(name, platforms);
    }
}
