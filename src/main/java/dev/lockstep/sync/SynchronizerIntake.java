package dev.lockstep.sync;

import dev.lockstep.agent.AgentState;
import dev.lockstep.intake.EvidenceIntake;
import dev.lockstep.platform.Evidence;
import java.util.List;

/** Hands all news to the synchroniser. */
record SynchronizerIntake(Synchronizer synchronizer) implements EvidenceIntake {
    @Override
    public void take(String agentId, List<Evidence> news, String trigger) {
        synchronizer.take(agentId, news, trigger);
    }

    @Override
    public void leave(String agentId, List<Evidence> news) {
        synchronizer.record(agentId, news);
    }

    @Override
    public boolean matters(AgentState known, List<Evidence> news) {
        return synchronizer.concerns(known, news);
    }
}
