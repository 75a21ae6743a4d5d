package dev.lockstep.administration;

import dev.lockstep.check.Check;
import dev.lockstep.check.CheckGroup;
import dev.lockstep.check.Finding;
import dev.lockstep.configured.StoredConnections;
import dev.lockstep.configured.StoredMappings;
import dev.lockstep.configured.StoredSupervisorGroups;
import dev.lockstep.document.Diagnostic;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Collectors;

/** Whether what is stored can still be used: a document may have been changed by hand, or by another version. */
@Singleton
class DocumentChecks implements CheckGroup {
    private static final int NAMED = 5;

    private final StoredMappings mappings;
    private final StoredConnections connections;
    private final StoredSupervisorGroups supervisors;

    @Inject
    DocumentChecks(StoredMappings mappings, StoredConnections connections, StoredSupervisorGroups supervisors) {
        this.mappings = mappings;
        this.connections = connections;
        this.supervisors = supervisors;
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("mappings", () -> usable("mappings", mappings.problems())),
                new Check("connections", () -> usable("connections", connections.problems())),
                new Check("supervisors", () -> usable("supervisors", supervisors.problems())));
    }

    private static Finding usable(String what, List<Diagnostic> mistakes) {
        return mistakes.isEmpty()
                ? Finding.ok("every stored document of " + what + " can be used")
                : Finding.failed(
                        mistakes.stream().limit(NAMED).map(Diagnostic::toString).collect(Collectors.joining("; ")),
                        "correct it and apply it again with config");
    }
}
