package dev.lockstep.intake;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Pulse;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Observation;
import dev.lockstep.store.StoreUnavailable;
import java.util.List;

/** Where triggers hand in evidence of what agents are doing. */
public interface EvidenceIntake {
    /**
     * Records evidence and acts on it.
     *
     * @param trigger what brought it, for the timeline and the log
     * @throws StoreUnavailable if it could not be recorded: whoever sent it must send it again
     */
    IntakeOutcome accept(String agentId, List<Evidence> evidence, Trigger trigger);

    /**
     * Work that concerns many: reserves turns of the bulk lane for all of them.
     *
     * @param agents of how many evidence is going to be enqueued
     * @throws StoreUnavailable if no turns could be reserved
     */
    BulkIntake inBulk(int agents, Trigger trigger);

    /**
     * Whether what a platform shows may tell anything new of an agent, as far as a pulse knows them: whoever is in doubt is
     * loaded, and then {@link #wouldChange} is asked. Costs no call.
     */
    boolean mayBeNews(Pulse known, Observation shown);

    /**
     * Whether evidence tells anything new of an agent as last read. Costs no call, so that a poll of thousands visits only
     * those of whom there is something to tell, and never those who are merely due: that is the sweep's, at its own pace.
     */
    boolean wouldChange(AgentState known, List<Evidence> evidence);

    /** Stores an agent's item as it is, with the pulse that this version makes of it; nothing where somebody else does. */
    void storeAnew(String agentId);
}
