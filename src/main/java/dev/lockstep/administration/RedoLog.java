package dev.lockstep.administration;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Configured;
import dev.lockstep.agent.Profile;
import dev.lockstep.configured.DocumentScopes;
import dev.lockstep.configured.StoredJson;
import dev.lockstep.protocol.signature.Digest;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an applied request still has to do besides its documents. It is stored in the documents' own transaction, so
 * that whoever comes next can finish what was begun. Its JSON has the same names.
 *
 * @param at when it was applied
 * @param agents as they are to be
 * @param identities whom they belong to from now on
 * @param forgotten identities that go, if they still belong to whom they belonged to
 * @param removed agents that go
 * @param takenOver agents that go with all that is known of them, to whom goes on with it
 * @param due agents that must be looked at because they are shown otherwise
 * @param left lines that somebody has no longer
 */
@RegisterForReflection
record RedoLog(
        Instant at,
        List<Agent> agents,
        Map<String, String> identities,
        Map<String, String> forgotten,
        List<String> removed,
        List<String> takenOver,
        List<String> due,
        List<LeftLine> left) {
    /** What one item of the store holds if each takes three bytes, less some room. */
    private static final int MAX_PART_CHARACTERS = 120_000;

    /**
     * @param origin the agent whose past they go on with; their own id if that is nobody else
     * @param configured empty in what an earlier version stored: then the name stays, as it did there; left out again, for
     *     the scope to be removed follows from the text
     */
    @RegisterForReflection
    record Agent(
            String agentId,
            String origin,
            String name,
            String team,
            SortedMap<String, String> externalIds,
            Optional<String> entraObjectId,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Configured> configured) {
        private static Agent of(Draft.Agent agent) {
            return new Agent(
                    agent.agentId(),
                    agent.origin().map(AgentState::agentId).orElse(agent.agentId()),
                    agent.profile().name(),
                    agent.profile().team(),
                    agent.profile().externalIds(),
                    agent.profile().entraObjectId(),
                    Optional.of(agent.profile().configured()));
        }

        Profile profile() {
            return new Profile(
                    name,
                    team,
                    externalIds,
                    entraObjectId,
                    configured.orElseGet(() -> Configured.NOTHING.withName(!name.isBlank())));
        }
    }

    static RedoLog of(Draft draft, Collection<String> affected, Instant at) {
        List<Agent> agents = draft.agents.stream().map(Agent::of).toList();
        List<String> due = affected.stream()
                .filter(agentId -> !draft.removed.contains(agentId))
                .toList();
        List<String> removed = draft.removed.stream()
                .filter(agentId -> !draft.renamed.containsKey(agentId))
                .toList();
        List<String> takenOver = List.copyOf(draft.renamed.keySet());
        return new RedoLog(at, agents, draft.identities, draft.forgotten, removed, takenOver, due, draft.left);
    }

    boolean isEmpty() {
        return agents.isEmpty()
                && identities.isEmpty()
                && forgotten.isEmpty()
                && removed.isEmpty()
                && takenOver.isEmpty()
                && due.isEmpty()
                && left.isEmpty();
    }

    /** In parts that fit into one item each, by scope; the scope follows from the content. */
    SortedMap<String, String> documents() {
        String text = StoredJson.text(this);
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
        int end = Math.min(text.length(), start + MAX_PART_CHARACTERS);
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
                .flatMap(text -> StoredJson.read(text, RedoLog.class).stream())
                .sorted(Comparator.comparing(RedoLog::at))
                .toList();
    }
}
