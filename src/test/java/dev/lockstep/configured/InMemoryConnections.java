package dev.lockstep.configured;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Working connections for tests. */
public final class InMemoryConnections implements Connections {
    private final Map<String, Connection> connections = new TreeMap<>();

    public InMemoryConnections with(Connection connection) {
        connections.put(connection.name(), connection);
        return this;
    }

    @Override
    public Optional<Connection> named(String name) {
        return Optional.ofNullable(connections.get(name));
    }

    @Override
    public List<Connection> all() {
        return List.copyOf(connections.values());
    }
}
