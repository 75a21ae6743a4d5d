package dev.lockstep.configured;

import dev.lockstep.concurrent.RefreshingValue;
import dev.lockstep.document.Diagnostic;
import dev.lockstep.document.SourceLocation;
import dev.lockstep.store.Documents;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections from the store, at most {@link DocumentRefresh#AGE} old. One that was broken by hand keeps its last good form while
 * the instance lives, and is left out otherwise; {@link #problems} tells it.
 */
@Singleton
public final class StoredConnections implements Connections {
    /** Names come out of URLs: strangers must not fill the memory with names that do not exist. */
    private static final int MAX_NAMES = 500;

    private final Documents documents;
    private final InstantSource clock;
    private final RefreshingValue<List<Connection>> all;
    private final Map<String, RefreshingValue<Optional<Connection>>> byScope = new ConcurrentHashMap<>();
    private final Map<String, Connection> good = new ConcurrentHashMap<>();

    @Inject
    public StoredConnections(Documents documents, InstantSource clock) {
        this.documents = documents;
        this.clock = clock;
        this.all = DocumentRefresh.of(this::readAll, clock);
    }

    @Override
    public Optional<Connection> named(String name) {
        if (byScope.size() > MAX_NAMES) {
            byScope.clear();
        }
        return byScope.computeIfAbsent(DocumentScopes.connection(name), this::fresh)
                .get();
    }

    @Override
    public List<Connection> all() {
        return all.get();
    }

    /** What is wrong with what is stored at present. */
    public List<Diagnostic> problems() {
        return documents.all().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(DocumentScopes.CONNECTION))
                .filter(entry -> Connection.read(entry.getValue()).isEmpty())
                .map(entry -> new Diagnostic(
                        SourceLocation.in(entry.getKey()), "", "the stored connection cannot be read; apply it again"))
                .toList();
    }

    private RefreshingValue<Optional<Connection>> fresh(String scope) {
        return DocumentRefresh.of(() -> documents.get(scope).flatMap(text -> read(scope, text)), clock);
    }

    private List<Connection> readAll() {
        return documents.all().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(DocumentScopes.CONNECTION))
                .sorted(Map.Entry.comparingByKey())
                .flatMap(entry -> read(entry.getKey(), entry.getValue()).stream())
                .toList();
    }

    private Optional<Connection> read(String scope, String text) {
        Optional<Connection> read = Connection.read(text);
        read.ifPresent(connection -> good.put(scope, connection));
        return read.or(() -> Optional.ofNullable(good.get(scope)));
    }
}
