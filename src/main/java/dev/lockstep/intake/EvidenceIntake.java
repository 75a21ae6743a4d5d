package dev.lockstep.intake;

import dev.lockstep.agent.AgentState;
import dev.lockstep.platform.Evidence;
import dev.lockstep.store.StoreUnavailable;
import java.util.List;

/** Where triggers hand in news of agents. */
public interface EvidenceIntake {
    /**
     * Records news and acts on it.
     *
     * @param trigger what brought it, for the timeline
     * @throws StoreUnavailable if it could not be recorded: whoever sent it must send it again
     */
    void take(String agentId, List<Evidence> news, String trigger);

    /**
     * Records news and leaves the acting to the bulk lane.
     *
     * @throws StoreUnavailable if it could not be recorded
     */
    void leave(String agentId, List<Evidence> news);

    /** Whether news would make a difference to an agent as last read. Costs no call. */
    boolean matters(AgentState known, List<Evidence> news);
}
