package dev.lockstep.function;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.lockstep.failure.StackTrace;
import dev.lockstep.intake.CorrelationIds;
import dev.lockstep.intake.IntakeOutcome;
import dev.lockstep.intake.Trigger;
import dev.lockstep.store.StoreUnavailable;
import dev.lockstep.sync.Synchronizer;
import dev.lockstep.sync.queue.BulkLane;
import dev.lockstep.sync.queue.RetryMessage;
import dev.lockstep.sync.queue.RetryQueue;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Brings agents in line again: what could not be written at once, and work that concerns many. */
@Invocation
public class SyncFunction {
    private static final Logger LOG = Logger.getLogger(SyncFunction.class);

    @Inject
    Synchronizer synchronizer;

    @Inject
    BulkLane lane;

    @Inject
    RetryQueue queue;

    @Inject
    CorrelationIds correlationIds;

    /** @return the messages that must come again; the others are done with */
    @Funq("sync")
    public SQSBatchResponse handle(SQSEvent event) {
        List<SQSBatchResponse.BatchItemFailure> again = new ArrayList<>();
        for (SQSEvent.SQSMessage message : event.getRecords()) {
            if (!isDone(message)) {
                again.add(new SQSBatchResponse.BatchItemFailure(message.getMessageId()));
            }
        }
        return new SQSBatchResponse(again);
    }

    private boolean isDone(SQSEvent.SQSMessage message) {
        Optional<RetryMessage> retry = RetryMessage.parse(message.getBody());
        if (retry.isEmpty()) {
            LOG.warnf("message %s names no agent and is left to the dead letters", message.getMessageId());
            return false;
        }
        try {
            resync(retry.get());
            return true;
        } catch (StoreUnavailable e) {
            LOG.warnf("agent=%s comes again: %s", retry.get().agentId(), e.getMessage());
            return false;
        } catch (RuntimeException e) {
            // What is wrong with one agent, such as an item that cannot be read, must not bring back the others.
            LOG.errorf("agent=%s comes again: %s", retry.get().agentId(), StackTrace.of(e));
            return false;
        }
    }

    private void resync(RetryMessage retry) {
        Optional<Duration> wait = retry.bulk() ? lane.turn() : Optional.empty();
        if (wait.isPresent()) {
            queue.retry(retry, wait.get());
            return;
        }
        Trigger trigger = new Trigger(
                retry.bulk() ? "bulk" : "retry", retry.correlationId().orElseGet(correlationIds::next));
        IntakeOutcome outcome = synchronizer.resync(retry.agentId(), trigger);
        if (outcome == IntakeOutcome.UNKNOWN_AGENT) {
            LOG.warnf(
                    "agent=%s correlationId=%s is nobody that we know: not tried again",
                    retry.agentId(), trigger.correlationId());
        }
    }
}
