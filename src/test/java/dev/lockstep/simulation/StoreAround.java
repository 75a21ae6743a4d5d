package dev.lockstep.simulation;

import dev.lockstep.agent.AgentState;
import dev.lockstep.platform.Sight;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.ForwardingAgentStore;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A store that keeps something else than it was given. */
final class StoreAround extends ForwardingAgentStore {
    private final UnaryOperator<AgentState> change;

    StoreAround(AgentStore inner, UnaryOperator<AgentState> change) {
        super(inner);
        this.change = change;
    }

    @Override
    public AgentState save(AgentState next, Map<String, Sight> sights) throws Conflict {
        return super.save(change.apply(next), sights);
    }

    @Override
    public AgentState saveIntents(AgentState next) throws Conflict {
        return super.saveIntents(change.apply(next));
    }
}
