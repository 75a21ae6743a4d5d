package dev.lockstep.function;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
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
            Optional<Duration> wait = retry.get().bulk() ? lane.turn() : Optional.empty();
            if (wait.isPresent()) {
                queue.retryBulk(retry.get().agentId(), wait.get());
                return true;
            }
            synchronizer.bring(retry.get().agentId(), retry.get().bulk() ? "bulk" : "retry");
            return true;
        } catch (StoreUnavailable e) {
            LOG.warnf("agent=%s comes again: %s", retry.get().agentId(), e.getMessage());
            return false;
        }
    }
}
