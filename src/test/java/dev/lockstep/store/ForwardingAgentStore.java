package dev.lockstep.store;

import dev.lockstep.agent.AgentState;
import dev.lockstep.platform.Evidence;
import java.time.Instant;
import java.util.List;
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
    public AgentState save(AgentState next) throws Conflict {
        return inner.save(next);
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
