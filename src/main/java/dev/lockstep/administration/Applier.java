package dev.lockstep.administration;

import dev.lockstep.agent.AgentState;
import dev.lockstep.mapping.Mappings;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.Documents;
import dev.lockstep.store.Identities;
import dev.lockstep.store.StoreUnavailable;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Writes a draft in which no mistake was found. {@link Configuration} says why in this order. */
public record Applier(Documents documents, AgentStore agents, Identities identities) {
    private static final int ATTEMPTS = 8;

    /** @param by whose token asked for it; blank where the function itself was invoked */
    void apply(Draft draft, StoredConfiguration world, String by, Collection<String> affected, Instant now) {
        RedoLog rest = RedoLog.of(draft, affected, now);
        Map<String, String> all = new HashMap<>(draft.documents);
        List<ConfigChange> changes =
                draft.changes.stream().filter(ConfigChange::isAskedFor).toList();
        if (!changes.isEmpty()) {
            all.putAll(HistoryEntry.of(now, by, changes).documents(world.documents(), draft.documents.keySet()));
        }
        if (!rest.isEmpty()) {
            all.putAll(rest.documents());
        }
        if (!all.isEmpty()) {
            documents.put(all);
        }
        if (!changes.isEmpty()) {
            Audit.log(by, changes);
        }
        if (!rest.isEmpty()) {
            finish(rest, now);
        }
    }

    /** Does what earlier requests could not do to the end. */
    public void finish(Map<String, String> stored, Instant now) {
        RedoLog.in(stored).forEach(rest -> finish(rest, now));
    }

    /** Every step may be done again. */
    private void finish(RedoLog rest, Instant now) {
        rest.agents().forEach(agent -> save(agent, now));
        if (!rest.identities().isEmpty()) {
            identities.put(rest.identities());
        }
        rest.forgotten().forEach(this::forget);
        rest.takenOver().forEach(agents::remove);
        rest.removed()
                .forEach(agentId -> update(
                        agentId, Optional.empty(), agent -> agent.remove().dueBy(now)));
        rest.left().forEach(line -> agents.append(line.agentId(), line.news(rest.at())));
        rest.due().forEach(agentId -> update(agentId, Optional.empty(), agent -> concerned(agent, now)));
        Map<String, String> done = new HashMap<>();
        rest.documents().keySet().forEach(scope -> done.put(scope, ""));
        documents.put(done);
    }

    /** Whoever is shown otherwise by another mapping: looked at soon, and by those who know it. */
    private static AgentState concerned(AgentState agent, Instant now) {
        return agent.dueBy(now).lookedAtAgainAt(now.plus(Mappings.KNOWN_TO_ALL));
    }

    private void forget(String identity, String agentId) {
        if (identities.agentOf(identity).filter(agentId::equals).isPresent()) {
            identities.remove(identity);
        }
    }

    private void save(RedoLog.Agent agent, Instant now) {
        AgentState fresh = AgentState.of(agent.agentId(), agent.profile());
        AgentState first = agents.load(agent.origin())
                .filter(origin -> !origin.agentId().equals(agent.agentId()))
                .map(fresh::withPastOf)
                .orElse(fresh);
        update(agent.agentId(), Optional.of(first), stored -> {
            AgentState next = hasPast(stored) ? stored : stored.withPastOf(first);
            return next.movedTo(agent.profile()).dueBy(now);
        });
    }

    /** An agent without any external id was never on a platform, so there is nothing to keep. */
    private static boolean hasPast(AgentState agent) {
        return !agent.profile().externalIds().isEmpty();
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
