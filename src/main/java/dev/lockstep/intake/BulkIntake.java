package dev.lockstep.intake;

import dev.lockstep.platform.Evidence;
import dev.lockstep.store.StoreUnavailable;
import java.util.List;

/** Takes the evidence of work that concerns many agents, whose turns of the bulk lane are reserved. */
public interface BulkIntake extends AutoCloseable {
    /**
     * Records evidence now and leaves the acting to the agent's turn.
     *
     * @return {@link IntakeOutcome#DEFERRED}, or that there is no such agent
     * @throws StoreUnavailable if it could not be recorded
     */
    IntakeOutcome enqueue(String agentId, List<Evidence> evidence);

    /** Puts on the queue whoever is not there yet. */
    @Override
    void close();
}
