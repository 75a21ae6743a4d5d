package dev.lockstep.administration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.configured.DocumentScopes;
import dev.lockstep.configured.StoredJson;
import dev.lockstep.protocol.signature.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an applied request still has to do besides its documents. It is stored in the documents' own transaction, so
 * that whoever comes next can finish what was begun.
 *
 * @param at when it was applied
 * @param agents as they are to be
 * @param identities whom they belong to from now on
 * @param forgotten identities that go, if they still belong to whom they belonged to
 * @param removed agents that go
 * @param due agents that must be looked at because they are shown otherwise
 */
record RedoLog(
        Instant at,
        List<Agent> agents,
        Map<String, String> identities,
        Map<String, String> forgotten,
        List<String> removed,
        List<String> due) {
    /** In characters, each of up to three bytes: what one item of the store holds, less some room. */
    private static final int LONGEST_PART = 120_000;

    /**
     * @param origin the agent whose past they go on with; their own id if that is nobody else
     */
    record Agent(String agentId, String origin, Profile profile) {}

    static RedoLog of(Draft draft, Collection<String> affected, Instant at) {
        List<Agent> agents = draft.agents.stream()
                .map(agent -> new Agent(
                        agent.agentId(),
                        agent.origin().map(AgentState::agentId).orElse(agent.agentId()),
                        agent.profile()))
                .toList();
        List<String> due = affected.stream()
                .filter(agentId -> !draft.removed.contains(agentId))
                .toList();
        return new RedoLog(at, agents, draft.identities, draft.forgotten, List.copyOf(draft.removed), due);
    }

    boolean isEmpty() {
        return agents.isEmpty() && identities.isEmpty() && forgotten.isEmpty() && removed.isEmpty() && due.isEmpty();
    }

    /** In parts that fit into one item each, by scope; the scope follows from the content. */
    SortedMap<String, String> documents() {
        String text = json().toString();
        String name = DocumentScopes.PENDING + Digest.hex(text, 8) + "#";
        SortedMap<String, String> parts = new TreeMap<>();
        for (int start = 0; start < text.length(); ) {
            int end = cut(text, start);
            parts.put(name + "%04d".formatted(parts.size()), text.substring(start, end));
            start = end;
        }
        return parts;
    }

    /** Never between the two halves of one character. */
    private static int cut(String text, int start) {
        int end = Math.min(text.length(), start + LONGEST_PART);
        return end < text.length() && Character.isLowSurrogate(text.charAt(end)) ? end - 1 : end;
    }

    /** Everything that was begun and not finished, the oldest first. What cannot be read is left out. */
    static List<RedoLog> in(Map<String, String> documents) {
        SortedMap<String, String> texts = new TreeMap<>();
        new TreeMap<>(documents).forEach((scope, part) -> {
            if (scope.startsWith(DocumentScopes.PENDING)) {
                texts.merge(scope.substring(0, scope.lastIndexOf('#')), part, String::concat);
            }
        });
        return texts.values().stream()
                .flatMap(text -> StoredJson.parse(text).stream())
                .map(RedoLog::of)
                .sorted(Comparator.comparing(RedoLog::at))
                .toList();
    }

    private ObjectNode json() {
        ObjectNode json = StoredJson.object().put("at", at.toString());
        ArrayNode array = json.putArray("agents");
        for (Agent agent : agents) {
            ObjectNode one = array.addObject()
                    .put("agentId", agent.agentId())
                    .put("origin", agent.origin())
                    .put("name", agent.profile().name())
                    .put("team", agent.profile().team());
            one.set("externalIds", StoredJson.map(agent.profile().externalIds()));
        }
        json.set("identities", StoredJson.map(identities));
        json.set("forgotten", StoredJson.map(forgotten));
        json.set("removed", StoredJson.array(removed));
        json.set("due", StoredJson.array(due));
        return json;
    }

    private static RedoLog of(JsonNode json) {
        List<Agent> agents = new ArrayList<>();
        json.path("agents")
                .forEach(agent -> agents.add(new Agent(
                        agent.path("agentId").asText(),
                        agent.path("origin").asText(),
                        new Profile(
                                agent.path("name").asText(),
                                agent.path("team").asText(),
                                map(agent.path("externalIds"))))));
        return new RedoLog(
                Instant.parse(json.path("at").asText()),
                agents,
                map(json.path("identities")),
                map(json.path("forgotten")),
                StoredJson.texts(json, "removed"),
                StoredJson.texts(json, "due"));
    }

    private static Map<String, String> map(JsonNode json) {
        Map<String, String> map = new LinkedHashMap<>();
        json.properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
        return map;
    }
}
