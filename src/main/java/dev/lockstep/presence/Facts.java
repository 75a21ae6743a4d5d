package dev.lockstep.presence;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The facts that were told of an agent.
 *
 * @param known by source and key, the newest of each; ended ones included
 */
public record Facts(SortedMap<String, KnownFact> known) {
    /** Many more than there are; applications name themselves, and a mistaken one takes ever new names. */
    private static final int MOST = 100;

    public static final Facts NONE = new Facts(Collections.emptySortedMap());

    /** Whether a fact of that name is held to be so, as far as was told. */
    public Optional<KnownFact> open(Source source, String key) {
        return Optional.ofNullable(known.get(source.key(key))).filter(fact -> !fact.ended());
    }

    /**
     * What ended or ran out long ago is dropped. Of too many what ended goes first, then what applications say, who name
     * themselves, and of these the mildest and then the oldest.
     */
    Facts forgetting(Instant now) {
        SortedMap<String, KnownFact> kept = new TreeMap<>(known);
        kept.values().removeIf(fact -> fact.isForgottenBy(now));
        return new Facts(Newest.of(
                MOST,
                kept,
                Comparator.<KnownFact, Boolean>comparing(fact -> fact.holdsAt(now))
                        .thenComparing(fact -> !fact.source().isApplication())
                        .thenComparing(KnownFact::status)
                        .thenComparing(fact -> fact.moment().at())));
    }

    Facts without(Source source) {
        SortedMap<String, KnownFact> others = new TreeMap<>(known);
        others.values().removeIf(fact -> fact.source().equals(source));
        return new Facts(others);
    }

    /** Whether there are as many as may be kept. */
    boolean isFull() {
        return known.size() >= MOST;
    }

    Facts fold(KnownFact fact) {
        SortedMap<String, KnownFact> next = new TreeMap<>(known);
        next.merge(fact.source().key(fact.key()), fact, KnownFact::with);
        return new Facts(next);
    }
}
