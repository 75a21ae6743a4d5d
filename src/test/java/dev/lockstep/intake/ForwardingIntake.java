package dev.lockstep.intake;

import dev.lockstep.agent.AgentState;
import dev.lockstep.platform.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Hands all evidence to a test, and remembers what brought it. */
public final class ForwardingIntake implements EvidenceIntake {
    public final List<Trigger> triggers = new ArrayList<>();
    public IntakeOutcome outcome = IntakeOutcome.SETTLED;
    private final BiConsumer<String, List<Evidence>> receiver;

    public ForwardingIntake(BiConsumer<String, List<Evidence>> receiver) {
        this.receiver = receiver;
    }

    @Override
    public IntakeOutcome accept(String agentId, List<Evidence> evidence, Trigger trigger) {
        triggers.add(trigger);
        if (outcome != IntakeOutcome.UNKNOWN_AGENT) {
            receiver.accept(agentId, evidence);
        }
        return outcome;
    }

    @Override
    public IntakeOutcome enqueue(String agentId, List<Evidence> evidence, Trigger trigger) {
        throw new AssertionError("nothing of this is left to the bulk lane");
    }

    @Override
    public boolean wouldChange(AgentState known, List<Evidence> evidence) {
        return true;
    }
}
