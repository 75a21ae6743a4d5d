package dev.lockstep.administration;

import dev.lockstep.configured.DocumentScopes;
import dev.lockstep.configured.StoredJson;
import dev.lockstep.mapping.MappingDocument;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The mappings as they were before a request that was applied, so that they can be brought back. They are kept for the
 * last {@link #MOST} requests that changed any, for every reading of the configuration pays for them.
 *
 * @param mappings by scope, empty where there was none
 */
@RegisterForReflection
public record FormerMappings(SortedMap<String, String> mappings) {
    static final int MOST = 10;

    /** Longer ones are not kept, in characters: all of them together are read with the configuration. */
    static final int LONGEST = 64 * 1024;

    /** @param changed scopes, of mappings and of others */
    static Optional<FormerMappings> of(Set<String> changed, Map<String, String> stored) {
        SortedMap<String, String> mappings = new TreeMap<>();
        changed.stream()
                .filter(MappingDocument::isScope)
                .forEach(scope -> mappings.put(scope, stored.getOrDefault(scope, "")));
        FormerMappings former = new FormerMappings(mappings);
        return mappings.isEmpty() || former.text().length() > LONGEST ? Optional.empty() : Optional.of(former);
    }

    String text() {
        return StoredJson.text(this);
    }

    /** The mappings before that entry of the history; empty if it changed none, or they are kept no more. */
    public static Optional<FormerMappings> before(String id, Map<String, String> stored) {
        return Optional.ofNullable(stored.get(DocumentScopes.FORMER + id))
                .flatMap(text -> StoredJson.read(text, FormerMappings.class));
    }

    /** The scopes of what goes when there is one more, and of what no entry of the history has any longer. */
    static Stream<String> forgotten(List<HistoryEntry.Kept> history, Map<String, String> stored) {
        List<String> kept = history.stream()
                .map(entry -> DocumentScopes.FORMER + entry.id())
                .filter(stored::containsKey)
                .limit(MOST - 1L)
                .toList();
        return stored.keySet().stream()
                .filter(scope -> scope.startsWith(DocumentScopes.FORMER) && !kept.contains(scope))
                .sorted();
    }
}
