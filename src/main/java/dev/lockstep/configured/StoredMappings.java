package dev.lockstep.configured;

import dev.lockstep.concurrent.RefreshingValue;
import dev.lockstep.document.Diagnostic;
import dev.lockstep.document.Diagnostics;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.mapping.MappingDocument;
import dev.lockstep.mapping.MappingSchema;
import dev.lockstep.mapping.Mappings;
import dev.lockstep.store.Documents;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The mappings from the store, at most {@link DocumentRefresh#AGE} old.
 *
 * <p>A stored document that cannot be used never stops a decision: while the instance lives its last good mapping
 * holds, and a new instance goes on with the next wider document. It is logged once, and {@link #problems} tells it.
 */
@Singleton
public final class StoredMappings implements Mappings {
    private static final Logger LOG = Logger.getLogger(StoredMappings.class);

    private final MappingSchema schema;
    private final Documents documents;
    private final InstantSource clock;
    private final Map<String, RefreshingValue<Optional<String>>> texts = new ConcurrentHashMap<>();
    private final Map<String, Made> made = new ConcurrentHashMap<>();

    @Inject
    public StoredMappings(MappingSchema schema, Documents documents, InstantSource clock) {
        this.schema = schema;
        this.documents = documents;
        this.clock = clock;
    }

    @Override
    public Mapping forTeam(String team) {
        String scope = MappingDocument.scopeOf(team);
        Map<String, String> layers = new HashMap<>();
        for (String layer : List.of(MappingDocument.DEFAULT, scope)) {
            text(layer).ifPresent(text -> layers.put(layer, text));
        }
        return made.compute(scope, (name, before) -> current(name, layers, Optional.ofNullable(before)))
                .mapping();
    }

    @Override
    public Set<String> teams() {
        return documents.all().keySet().stream()
                .flatMap(scope -> MappingDocument.teamOf(scope).stream())
                .collect(Collectors.toSet());
    }

    /** Every mistake in what is stored at present; read afresh, for whoever looks after the installation. */
    public List<Diagnostic> problems() {
        Map<String, String> all = documents.all();
        Diagnostics problems = new Diagnostics();
        MappingSet set = new MappingSet(schema, (scope, mistakes) -> problems.addAll(mistakes));
        all.keySet().stream()
                .filter(MappingDocument::isScope)
                .sorted()
                .forEach(scope -> set.of(scope, all, Optional.empty()));
        return problems.list();
    }

    private Optional<String> text(String scope) {
        return texts.computeIfAbsent(scope, name -> DocumentRefresh.of(() -> documents.get(name), clock))
                .get();
    }

    private Made current(String scope, Map<String, String> layers, Optional<Made> before) {
        if (before.isPresent() && before.get().layers().equals(layers)) {
            return before.get();
        }
        MappingSet set = new MappingSet(
                schema,
                (name, mistakes) -> LOG.errorf(
                        "the mapping of %s cannot be used and the last good one holds: %s", name, mistakes.getFirst()));
        return new Made(layers, set.of(scope, layers, before.map(Made::mapping)));
    }

    /** A mapping and what it was made of. */
    private record Made(Map<String, String> layers, Mapping mapping) {}
}
