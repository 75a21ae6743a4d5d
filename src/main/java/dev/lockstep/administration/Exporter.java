package dev.lockstep.administration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.administration.ConfigResponse.AgentEntry;
import dev.lockstep.administration.ConfigResponse.LineEntry;
import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.configured.Connection;
import dev.lockstep.configured.StoredJson;
import dev.lockstep.configured.StoredSecrets;
import dev.lockstep.mapping.MappingDocument;
import dev.lockstep.store.AgentStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Gives back what is configured, in the shape of a request: with an action it can be applied again. */
record Exporter(StoredConfiguration world, AgentStore agents) {
    ConfigResponse.Export export() {
        List<Connection> connections =
                world.connections().values().stream().map(Exporter::shown).toList();
        List<String> unreadable = new ArrayList<>();
        return new ConfigResponse.Export(
                connections, lines(), mappings(), people(unreadable), world.supervisors(), unreadable);
    }

    private static Connection shown(Connection connection) {
        return new Connection(
                connection.name(),
                connection.system(),
                hidden(connection.tokens()),
                hidden(connection.secrets()),
                connection.url(),
                connection.teams(),
                connection.clientId());
    }

    private static List<String> hidden(List<String> credentials) {
        return credentials.stream()
                .map(text -> StoredSecrets.isReference(text) ? text : CredentialRules.NOT_SHOWN)
                .toList();
    }

    private List<LineEntry> lines() {
        return world.lines().entrySet().stream()
                .flatMap(entry ->
                        entry.getValue().stream().map(line -> LineEntry.of(world.nameOf(entry.getKey()), line)))
                .toList();
    }

    private SortedMap<String, JsonNode> mappings() {
        SortedMap<String, JsonNode> mappings = new TreeMap<>();
        world.documents().forEach((scope, text) -> {
            if (MappingDocument.isScope(scope)) {
                mappings.put(
                        scope, StoredJson.of(MappingDocument.read(scope, text).tree()));
            }
        });
        return mappings;
    }

    private List<AgentEntry> people(List<String> unreadable) {
        try (Stream<AgentState> all = agents.all(unreadable::add)) {
            return all.filter(agent -> !agent.isRemoved())
                    .sorted(Comparator.comparing(AgentState::agentId))
                    .map(agent -> shown(agent.agentId(), agent.profile()))
                    .toList();
        }
    }

    private static AgentEntry shown(String agentId, Profile profile) {
        return new AgentEntry(
                agentId,
                profile.name(),
                Optional.of(profile.team()).filter(team -> !team.isBlank()),
                profile.externalIds().entrySet().stream()
                        .map(entry -> entry.getKey() + "#" + entry.getValue())
                        .toList(),
                GivenParts.directorys(profile.name(), profile.externalIds().keySet(), profile.configured()));
    }
}
