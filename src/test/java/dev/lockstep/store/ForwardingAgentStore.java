package dev.lockstep.store;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Pulse;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Sight;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Another store, for tests that change or count some of what it does. */
public class ForwardingAgentStore implements AgentStore {
    private final AgentStore inner;

    public ForwardingAgentStore(AgentStore inner) {
        this.inner = inner;
    }

    @Override
    public Optional<AgentState> load(String agentId) {
        return inner.load(agentId);
    }

    @Override
    public AgentState save(AgentState next, Map<String, Sight> sights) throws Conflict {
        return inner.save(next, sights);
    }

    @Override
    public AgentState saveIntents(AgentState next) throws Conflict {
        return inner.saveIntents(next);
    }

    @Override
    public boolean append(String agentId, List<Evidence> news) {
        return inner.append(agentId, news);
    }

    @Override
    public List<String> shards() {
        return inner.shards();
    }

    @Override
    public Stream<Pulse> pulses(String shard) {
        return inner.pulses(shard);
    }

    @Override
    public Stream<String> unlisted() {
        return inner.unlisted();
    }

    @Override
    public Stream<AgentState> loadAll(Collection<String> agentIds, Consumer<String> unreadable) {
        return inner.loadAll(agentIds, unreadable);
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
