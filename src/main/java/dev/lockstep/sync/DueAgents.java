package dev.lockstep.sync;

import dev.lockstep.agent.AgentState;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Has agents looked at whom nothing happened to but that something was configured otherwise. */
record DueAgents(AgentStore store, InstantSource clock) {
    private static final int ATTEMPTS = 5;

    /**
     * Whoever comes first may not know of the change yet.
     *
     * @param knownAfter how long instances may go on with what was configured before
     */
    void makeDue(String agentId, Duration knownAfter) {
        Instant now = clock.instant();
        Optional<AgentState> stored = store.load(agentId);
        for (int attempt = 0; attempt < ATTEMPTS && stored.isPresent(); attempt++) {
            try {
                store.save(stored.get().dueBy(now).lookedAtAgainAt(now.plus(knownAfter)));
                return;
            } catch (AgentStore.Conflict faster) {
                stored = faster.stored();
            }
        }
        if (stored.isPresent()) {
            throw new StoreUnavailable(
                    "the agent " + agentId + " changes all the time; the next run tries again", null);
        }
    }
}
