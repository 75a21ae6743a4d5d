package dev.lockstep.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.AgentStore;
import dev.lockstep.document.Tree;
import dev.lockstep.mapping.MappingDocument;
import dev.lockstep.platform.Connection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Gives back what is configured, in the shape of a request: with an action it can be applied again. */
record Exporter(World world, AgentStore agents) {
    Answer.Export export() {
        ObjectNode json = Json.object();
        ArrayNode connections = json.putArray("connections");
        world.connections().values().forEach(connection -> connections.add(shown(connection)));
        ArrayNode lines = json.putArray("lines");
        world.lines().forEach((connection, all) -> all.forEach(line -> lines.add(shown(connection, line))));
        ObjectNode mappings = json.putObject("mappings");
        new TreeMap<>(world.documents()).forEach((scope, text) -> {
            if (MappingDocument.isScope(scope)) {
                mappings.set(scope, Json.of(readable(scope, text)));
            }
        });
        ArrayNode people = json.putArray("agents");
        try (Stream<AgentState> all = agents.all()) {
            all.sorted(Comparator.comparing(AgentState::agentId))
                    .map(Exporter::shown)
                    .forEach(people::add);
        }
        return new Answer.Export(json);
    }

    private static Tree readable(String scope, String text) {
        return MappingDocument.read(scope, text).tree();
    }

    private static ObjectNode shown(Connection connection) {
        return ConnectionJson.write(new Connection(
                connection.name(),
                connection.system(),
                hidden(connection.tokens()),
                hidden(connection.secrets()),
                connection.url(),
                connection.teams()));
    }

    private static List<String> hidden(List<String> credentials) {
        return credentials.stream()
                .map(text -> StoredSecrets.isReference(text) ? text : CredentialRules.NOT_SHOWN)
                .toList();
    }

    private ObjectNode shown(String connection, Line line) {
        Connection named = world.connections().get(connection);
        ObjectNode json = Json.object().put("connection", named == null ? connection : named.name());
        return json.setAll(line.json());
    }

    private static ObjectNode shown(AgentState agent) {
        ObjectNode json = Json.object()
                .put("agentId", agent.agentId())
                .put("name", agent.profile().name());
        if (agent.profile().team().isBlank()) {
            json.putNull("team");
        } else {
            json.put("team", agent.profile().team());
        }
        ArrayNode identities = json.putArray("identities");
        agent.profile().externalIds().forEach((platform, id) -> identities.add(platform + "#" + id));
        return json;
    }
}
