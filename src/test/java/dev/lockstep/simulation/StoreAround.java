package dev.lockstep.simulation;

import dev.lockstep.agent.AgentState;
import dev.lockstep.platform.Evidence;
import dev.lockstep.store.AgentStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A store that keeps something else than it was given. */
record StoreAround(AgentStore inner, UnaryOperator<AgentState> change) implements AgentStore {
    @Override
    public Optional<AgentState> load(String agentId) {
        return inner.load(agentId);
    }

    @Override
    public AgentState save(AgentState next) throws Conflict {
        return inner.save(change.apply(next));
    }

    @Override
    public AgentState saveIntents(AgentState next) throws Conflict {
        return inner.saveIntents(change.apply(next));
    }

    @Override
    public boolean append(String agentId, List<Evidence> news) {
        return inner.append(agentId, news);
    }

    @Override
    public List<String> due(Instant now, int limit) {
        return inner.due(now, limit);
    }

    @Override
    public Stream<AgentState> all(Consumer<String> unreadable) {
        return inner.all(unreadable);
    }

    @Override
    public void remove(String agentId) {
        inner.remove(agentId);
    }
}
