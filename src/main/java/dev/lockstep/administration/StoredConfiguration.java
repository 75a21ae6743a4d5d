package dev.lockstep.administration;

import dev.lockstep.configured.Connection;
import dev.lockstep.configured.DocumentScopes;
import dev.lockstep.configured.Line;
import dev.lockstep.configured.StoredSupervisorGroups;
import dev.lockstep.configured.SupervisorGroup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is configured at present.
 *
 * @param documents by scope
 * @param connections by name in lower case
 * @param lines by the connection's name in lower case
 * @param supervisors what cannot be read counts as nothing
 */
public record StoredConfiguration(
        Map<String, String> documents,
        SortedMap<String, Connection> connections,
        SortedMap<String, List<Line>> lines,
        List<SupervisorGroup> supervisors) {
    StoredConfiguration(Map<String, String> documents) {
        this(Map.copyOf(documents), connections(documents), lines(documents), supervisors(documents));
    }

    List<Line> linesOf(String connection) {
        return lines.getOrDefault(connection, List.of());
    }

    /** As the connection itself writes its name. */
    public String nameOf(String connection) {
        return Optional.ofNullable(connections.get(connection))
                .map(Connection::name)
                .orElse(connection);
    }

    private static List<SupervisorGroup> supervisors(Map<String, String> documents) {
        return Optional.ofNullable(documents.get(DocumentScopes.SUPERVISORS))
                .flatMap(StoredSupervisorGroups::read)
                .orElse(List.of());
    }

    private static SortedMap<String, Connection> connections(Map<String, String> documents) {
        SortedMap<String, Connection> connections = new TreeMap<>();
        documents.forEach((scope, text) -> {
            if (scope.startsWith(DocumentScopes.CONNECTION)) {
                Connection.read(text).ifPresent(read -> connections.put(ConnectionSection.key(read.name()), read));
            }
        });
        return connections;
    }

    private static SortedMap<String, List<Line>> lines(Map<String, String> documents) {
        SortedMap<String, List<Line>> lines = new TreeMap<>();
        documents.forEach((scope, text) -> {
            if (scope.startsWith(DocumentScopes.LINES)) {
                lines.put(scope.substring(DocumentScopes.LINES.length()), Line.read(text));
            }
        });
        return lines;
    }
}
