package dev.lockstep.doctor;

import dev.lockstep.agent.AgentState;
import dev.lockstep.store.AgentStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every agent who is one at present.
 *
 * @param unreadable ids of those who cannot be read: nothing is known of them, not even whether they were removed
 */
record AgentsRead(List<AgentState> agents, List<String> unreadable) {
    static AgentsRead from(AgentStore store) {
        List<String> unreadable = new ArrayList<>();
        try (Stream<AgentState> all = store.all(unreadable::add)) {
            List<AgentState> agents = all.filter(agent -> !agent.isRemoved()).toList();
            return new AgentsRead(agents, unreadable.stream().sorted().toList());
        }
    }
}
