package dev.lockstep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.store.AgentStore.Conflict;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryAgentStoreTest extends AgentStoreContract {
    private final InMemoryAgentStore store = new InMemoryAgentStore();

    @Override
    public AgentStore empty() {
        return store;
    }

    @Override
    public AgentViews views() {
        return store.views();
    }

    @Override
    public void storeInNewerForm(String agentId) {
        store.storeInNewerForm(agentId);
    }

    @Override
    public void storeInOwnForm(String agentId) {
        store.storeInOwnForm(agentId);
    }

    @Test
    void canFailBeforeAnythingIsDone() throws Conflict {
        InMemoryAgentStore failing = new InMemoryAgentStore(new StoreFaults() {
            @Override
            public void before(String call) {
                failAt("agents.append", call);
            }
        });
        failing.save(agent("ada"));
        assertThatThrownBy(() -> failing.append("ada", List.of(news(1)))).isInstanceOf(StoreUnavailable.class);
        assertThat(failing.load("ada").orElseThrow().inbox()).isEmpty();
    }

    @Test
    void canLoseTheAnswerOfWhatWasDone() {
        InMemoryAgentStore failing = new InMemoryAgentStore(new StoreFaults() {
            @Override
            public void after(String call) {
                failAt("agents.save", call);
            }
        });
        assertThatThrownBy(() -> failing.save(agent("ada"))).isInstanceOf(StoreUnavailable.class);
        assertThat(failing.load("ada")).isPresent();
    }

    private static void failAt(String wanted, String call) {
        if (wanted.equals(call)) {
            throw new StoreUnavailable(call, new IllegalStateException("wanted by the test"));
        }
    }

    @Override
    public void storeWithoutPulse(String agentId) {
        store.storeWithoutPulse(agentId);
    }
}
