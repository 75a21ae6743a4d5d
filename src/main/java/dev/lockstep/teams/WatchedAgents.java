package dev.lockstep.teams;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Pulse;
import dev.lockstep.intake.EvidenceIntake;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Observation;
import dev.lockstep.store.AgentStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Whom a watch looks after: what was known of everybody when it began, and the whole state of the few who showed
 * something else since. Whose state it is, is asked for what they show now; it holds ten times as much as a pulse, so
 * when very many changed, some are loaded each time.
 */
public final class WatchedAgents {
    private static final int MOST_KEPT = 1_000;

    private final EvidenceIntake intake;
    private final Map<String, Pulse> byId = new HashMap<>();

    /** By agent; empty for those who showed something else and for whom there is no room. */
    private final Map<String, Optional<AgentState>> looked = new ConcurrentHashMap<>();

    /** @param platform whose ids of them are polled */
    WatchedAgents(EvidenceIntake intake, String platform, List<Pulse> everybody) {
        this.intake = intake;
        everybody.forEach(agent ->
                agent.externalId(platform).ifPresent(id -> byId.put(id.toLowerCase(Locale.ROOT), agent)));
    }

    Collection<String> ids() {
        return List.copyOf(byId.keySet());
    }

    /**
     * @param seen by id
     * @param each is given those who may have news, as the store knows them
     */
    void look(Map<String, Observation> seen, AgentStore store, BiConsumer<AgentState, Evidence> each) {
        Map<String, Evidence> unknown = new HashMap<>();
        seen.forEach((id, shown) -> {
            Pulse agent = byId.get(id.toLowerCase(Locale.ROOT));
            if (agent == null) {
                return;
            }
            Optional<AgentState> kept = looked.getOrDefault(agent.agentId(), Optional.empty());
            if (kept.isPresent()) {
                each.accept(kept.get(), new Evidence.Observed(Optional.of(id), shown));
            } else if (looked.containsKey(agent.agentId()) || intake.mayBeNews(agent, shown)) {
                unknown.put(agent.agentId(), new Evidence.Observed(Optional.of(id), shown));
            }
        });
        try (Stream<AgentState> loaded = store.loadAll(unknown.keySet(), agentId -> {})) {
            loaded.forEach(agent -> {
                keep(agent);
                each.accept(agent, unknown.get(agent.agentId()));
            });
        }
    }

    /** From now on it is this that is asked. */
    void keep(AgentState agent) {
        boolean isRoom = looked.containsKey(agent.agentId()) || looked.size() < MOST_KEPT;
        looked.put(agent.agentId(), Optional.of(agent).filter(state -> isRoom));
    }
}
