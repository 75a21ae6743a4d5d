package dev.lockstep.configured;

import dev.lockstep.concurrent.RefreshingValue;
import dev.lockstep.store.Documents;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The lines from the store, at most {@link DocumentRefresh#AGE} old; a name that is not among them is looked for anew. */
@Singleton
public final class StoredLines implements ConfiguredLines {
    private final Documents documents;
    private final InstantSource clock;

    /** Only connections that exist are asked for. */
    private final Map<String, RefreshingValue<Map<String, List<String>>>> byScope = new ConcurrentHashMap<>();

    @Inject
    public StoredLines(Documents documents, InstantSource clock) {
        this.documents = documents;
        this.clock = clock;
    }

    @Override
    public List<String> keysOf(String connection, String name) {
        RefreshingValue<Map<String, List<String>>> lines =
                byScope.computeIfAbsent(DocumentScopes.lines(connection), this::fresh);
        return Optional.ofNullable(lines.get().get(name))
                .or(() -> Optional.ofNullable(lines.replaced((held, readAt) -> !held.containsKey(name))
                        .get(name)))
                .orElse(List.of(name));
    }

    private RefreshingValue<Map<String, List<String>>> fresh(String scope) {
        return DocumentRefresh.of(
                () -> documents.get(scope).map(StoredLines::keys).orElse(Map.of()), clock);
    }

    private static Map<String, List<String>> keys(String text) {
        List<Line> lines = Line.read(text);
        Map<String, List<String>> keys = HashMap.newHashMap(lines.size() * 2);
        lines.forEach(line -> line.names().forEach(name -> keys.put(name, line.keys())));
        return keys;
    }
}
