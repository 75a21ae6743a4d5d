package dev.lockstep.presence;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The facts that were told of an agent.
 *
 * @param known by source and key, the newest of each; ended ones included
 */
public record Facts(SortedMap<String, KnownFact> known) {
    public static final Facts NONE = new Facts(Collections.emptySortedMap());

    /** Whether a fact of that name is held to be so, as far as was told. */
    public Optional<KnownFact> open(Source source, String key) {
        return Optional.ofNullable(known.get(source.key(key))).filter(fact -> !fact.ended());
    }

    Facts fold(KnownFact fact) {
        SortedMap<String, KnownFact> next = new TreeMap<>(known);
        next.merge(fact.source().key(fact.key()), fact, KnownFact::with);
        return new Facts(next);
    }
}
