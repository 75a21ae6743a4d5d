package dev.lockstep.administration;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.agent.AgentState;
import dev.lockstep.configured.Connection;
import dev.lockstep.configured.ConnectionJson;
import dev.lockstep.configured.Line;
import dev.lockstep.configured.StoredJson;
import dev.lockstep.configured.StoredSecrets;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.mapping.MappingDocument;
import dev.lockstep.store.AgentStore;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Gives back what is configured, in the shape of a request: with an action it can be applied again. */
record Exporter(StoredConfiguration world, AgentStore agents) {
    ConfigResponse.Export export() {
        ObjectNode json = StoredJson.object();
        ArrayNode connections = json.putArray("connections");
        world.connections().values().forEach(connection -> connections.add(shown(connection)));
        ArrayNode lines = json.putArray("lines");
        world.lines().forEach((connection, all) -> all.forEach(line -> lines.add(shown(connection, line))));
        ObjectNode mappings = json.putObject("mappings");
        new TreeMap<>(world.documents()).forEach((scope, text) -> {
            if (MappingDocument.isScope(scope)) {
                mappings.set(scope, StoredJson.of(readable(scope, text)));
            }
        });
        ArrayNode people = json.putArray("agents");
        try (Stream<AgentState> all = agents.all()) {
            all.sorted(Comparator.comparing(AgentState::agentId))
                    .map(Exporter::shown)
                    .forEach(people::add);
        }
        return new ConfigResponse.Export(json);
    }

    private static DocumentNode readable(String scope, String text) {
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
        ObjectNode json = StoredJson.object().put("connection", named == null ? connection : named.name());
        return json.setAll(line.json());
    }

    private static ObjectNode shown(AgentState agent) {
        ObjectNode json = StoredJson.object()
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
