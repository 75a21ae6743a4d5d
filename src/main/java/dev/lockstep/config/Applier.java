package dev.lockstep.config;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.AgentStore;
import dev.lockstep.agent.Documents;
import dev.lockstep.agent.Identities;
import dev.lockstep.agent.StoreUnavailable;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Writes a draft in which no mistake was found. {@link Configuration} says why in this order. */
record Applier(Documents documents, AgentStore agents, Identities identities) {
    private static final int ATTEMPTS = 8;

    void apply(Draft draft, Collection<String> affected, Instant now) {
        if (!draft.documents.isEmpty()) {
            documents.put(draft.documents);
        }
        draft.agents.forEach(agent -> save(agent, now));
        if (!draft.identities.isEmpty()) {
            identities.put(draft.identities);
        }
        draft.forgotten.forEach(identities::remove);
        draft.removed.forEach(agents::remove);
        affected.stream()
                .filter(agentId -> !draft.removed.contains(agentId))
                .forEach(agentId -> update(agentId, Optional.empty(), agent -> due(agent, now)));
    }

    private void save(Draft.Agent agent, Instant now) {
        AgentState first = agent.origin()
                .map(origin -> heir(origin, agent))
                .orElseGet(() -> AgentState.of(agent.agentId(), agent.profile()));
        update(
                agent.agentId(),
                Optional.of(first),
                stored -> due(withPast(stored, first).with(agent.profile()), now));
    }

    /** An agent that is taken over goes on under another id, with all that is held for them on the platforms. */
    private static AgentState heir(AgentState origin, Draft.Agent agent) {
        return new AgentState(
                agent.agentId(),
                agent.profile(),
                origin.situation(),
                origin.standings(),
                origin.inbox(),
                origin.decided(),
                origin.since(),
                0,
                Optional.empty(),
                origin.dueAt());
    }

    /** Whoever was stored without being known anywhere has no past of their own. */
    private static AgentState withPast(AgentState stored, AgentState first) {
        boolean hasPast = !stored.profile().externalIds().isEmpty() || stored.version() == 0;
        return hasPast
                ? stored
                : new AgentState(
                        stored.agentId(),
                        stored.profile(),
                        first.situation(),
                        first.standings(),
                        stored.inbox(),
                        first.decided(),
                        first.since(),
                        stored.version(),
                        stored.lease(),
                        stored.dueAt());
    }

    /** The sweep looks at the agent next, so that a change shows within a minute. */
    private static AgentState due(AgentState agent, Instant now) {
        return new AgentState(
                agent.agentId(),
                agent.profile(),
                agent.situation(),
                agent.standings(),
                agent.inbox(),
                agent.decided(),
                agent.since(),
                agent.version(),
                agent.lease(),
                Optional.of(agent.dueAt().filter(now::isAfter).orElse(now)));
    }

    /** Changes the stored agent, again if somebody else was faster. */
    private void update(String agentId, Optional<AgentState> first, UnaryOperator<AgentState> change) {
        Optional<AgentState> stored = agents.load(agentId);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<AgentState> start = stored.or(() -> first);
            if (start.isEmpty()) {
                return;
            }
            try {
                agents.save(change.apply(start.get()));
                return;
            } catch (AgentStore.Conflict faster) {
                stored = faster.stored();
            }
        }
        throw new StoreUnavailable("the agent " + agentId + " changes all the time; apply the request again", null);
    }
}
