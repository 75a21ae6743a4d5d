package dev.lockstep.sync;

import dev.lockstep.intake.CorrelationIds;
import dev.lockstep.intake.IntakeOutcome;
import dev.lockstep.intake.Trigger;
import dev.lockstep.sync.queue.BulkLane;
import dev.lockstep.sync.queue.RetryMessage;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What a message of the retry queue does: brings its agent in line, in bulk when their turn has come. */
@Singleton
public final class Retries {
    private static final Logger LOG = Logger.getLogger(Retries.class);

    private final Synchronizer synchronizer;
    private final BulkLane lane;
    private final CorrelationIds correlationIds;

    @Inject
    public Retries(Synchronizer synchronizer, BulkLane lane, CorrelationIds correlationIds) {
        this.synchronizer = synchronizer;
        this.lane = lane;
        this.correlationIds = correlationIds;
    }

    public void handle(RetryMessage message) {
        Optional<Instant> later = message.bulk() ? lane.putOff(message.agentId(), message.turn()) : Optional.empty();
        later.ifPresentOrElse(turn -> synchronizer.bulk().sendAgain(message, turn), () -> visit(message));
    }

    private void visit(RetryMessage message) {
        Trigger trigger = new Trigger(
                message.bulk() ? "bulk" : "retry",
                message.correlationId().orElseGet(correlationIds::next),
                message.hops(),
                "");
        if (synchronizer.resync(message.agentId(), trigger) == IntakeOutcome.UNKNOWN_AGENT) {
            LOG.warnf(
                    "agent=%s correlationId=%s is nobody that we know: not tried again",
                    message.agentId(), trigger.correlationId());
        }
    }
}
