package dev.lockstep.config;

import dev.lockstep.platform.Connection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is configured at present.
 *
 * @param documents by scope
 * @param connections by name in lower case
 * @param lines by the connection's name in lower case
 */
record World(
        Map<String, String> documents, SortedMap<String, Connection> connections, SortedMap<String, List<Line>> lines) {
    World(Map<String, String> documents) {
        this(Map.copyOf(documents), connections(documents), lines(documents));
    }

    List<Line> linesOf(String connection) {
        return lines.getOrDefault(connection, List.of());
    }

    private static SortedMap<String, Connection> connections(Map<String, String> documents) {
        SortedMap<String, Connection> connections = new TreeMap<>();
        documents.forEach((scope, text) -> {
            if (scope.startsWith(Scopes.CONNECTION)) {
                ConnectionJson.read(text).ifPresent(read -> connections.put(ConnectionPart.key(read.name()), read));
            }
        });
        return connections;
    }

    private static SortedMap<String, List<Line>> lines(Map<String, String> documents) {
        SortedMap<String, List<Line>> lines = new TreeMap<>();
        documents.forEach((scope, text) -> {
            if (scope.startsWith(Scopes.LINES)) {
                lines.put(scope.substring(Scopes.LINES.length()), Line.read(text));
            }
        });
        return lines;
    }
}
