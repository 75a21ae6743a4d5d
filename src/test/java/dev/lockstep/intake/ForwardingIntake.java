package dev.lockstep.intake;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Pulse;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Observation;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** The intake of all tests that hand evidence in: passes it on to the test, and remembers what brought it. */
public final class ForwardingIntake implements EvidenceIntake {
    public final List<Trigger> triggers = new CopyOnWriteArrayList<>();
    public IntakeOutcome outcome = IntakeOutcome.SETTLED;
    private final BiConsumer<String, List<Evidence>> receiver;
    private final BiConsumer<String, List<Evidence>> bulkReceiver;

    /** Where nothing may be left to the bulk lane. */
    public ForwardingIntake(BiConsumer<String, List<Evidence>> receiver) {
        this(receiver, (agentId, evidence) -> {
            throw new AssertionError("nothing of this is left to the bulk lane");
        });
    }

    /** @param bulkReceiver of what is left to the bulk lane */
    public ForwardingIntake(
            BiConsumer<String, List<Evidence>> receiver, BiConsumer<String, List<Evidence>> bulkReceiver) {
        this.receiver = receiver;
        this.bulkReceiver = bulkReceiver;
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
    public BulkIntake inBulk(int agents, Trigger trigger) {
        return new BulkIntake() {
            @Override
            public IntakeOutcome enqueue(String agentId, List<Evidence> evidence) {
                triggers.add(trigger);
                bulkReceiver.accept(agentId, evidence);
                return IntakeOutcome.DEFERRED;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public boolean mayBeNews(Pulse known, Observation shown) {
        return true;
    }

    @Override
    public void storeAnew(String agentId) {}

    @Override
    public boolean wouldChange(AgentState known, List<Evidence> evidence) {
        return true;
    }
}
