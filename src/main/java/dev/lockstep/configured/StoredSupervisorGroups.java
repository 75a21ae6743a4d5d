package dev.lockstep.configured;

import dev.lockstep.concurrent.RefreshingValue;
import dev.lockstep.document.Diagnostic;
import dev.lockstep.document.SourceLocation;
import dev.lockstep.store.Documents;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The groups from the store, at most {@link DocumentRefresh#AGE} old. What was broken by hand lets nobody supervise: as if it were
 * not there it would let everybody.
 */
@Singleton
public final class StoredSupervisorGroups implements SupervisorGroups {
    private static final Logger LOG = Logger.getLogger(StoredSupervisorGroups.class);
    private static final List<SupervisorGroup> NOBODY = List.of(new SupervisorGroup("", List.of()));

    private final Documents documents;
    private final RefreshingValue<List<SupervisorGroup>> all;

    @Inject
    public StoredSupervisorGroups(Documents documents, InstantSource clock) {
        this.documents = documents;
        this.all = DocumentRefresh.of(this::read, clock);
    }

    @Override
    public List<SupervisorGroup> all() {
        return all.get();
    }

    /** Empty if one of them cannot be read. */
    public static Optional<List<SupervisorGroup>> read(String text) {
        return StoredJson.readAll(text, SupervisorGroup.class);
    }

    public static String write(List<SupervisorGroup> groups) {
        return groups.isEmpty() ? "" : StoredJson.prettyText(groups);
    }

    /** What is wrong with what is stored at present. */
    public List<Diagnostic> problems() {
        return documents
                .get(DocumentScopes.SUPERVISORS)
                .filter(text -> read(text).isEmpty())
                .stream()
                .map(text -> new Diagnostic(
                        SourceLocation.in(DocumentScopes.SUPERVISORS),
                        "",
                        "what is stored cannot be read, so nobody supervises anybody; apply every group again"))
                .toList();
    }

    private List<SupervisorGroup> read() {
        return documents
                .get(DocumentScopes.SUPERVISORS)
                .map(text -> read(text).orElseGet(() -> {
                    LOG.error("what is stored of supervisors cannot be read, so nobody supervises anybody");
                    return NOBODY;
                }))
                .orElse(List.of());
    }
}
