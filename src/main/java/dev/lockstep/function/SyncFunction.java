package dev.lockstep.function;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.lockstep.intake.Crew;
import dev.lockstep.sync.Retries;
import dev.lockstep.sync.queue.RetryMessage;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/** Brings agents in line again: what could not be written at once, and work that concerns many. */
@Invocation
public class SyncFunction {
    private static final Logger LOG = Logger.getLogger(SyncFunction.class);

    /** The function may take ten seconds and some more for each message. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    @Inject
    Retries retries;

    @Inject
    Crew crew;

    /** @return the messages that must come again; the others are done with */
    @Funq("sync")
    public SQSBatchResponse handle(SQSEvent event) {
        List<String> again = new ArrayList<>();
        List<String> begun = new ArrayList<>();
        List<Crew.Job> jobs = new ArrayList<>();
        for (SQSEvent.SQSMessage message : event.getRecords()) {
            RetryMessage.parse(message.getBody())
                    .ifPresentOrElse(
                            retry -> {
                                begun.add(message.getMessageId());
                                jobs.add(new Crew.Job(retry.agentId(), () -> retries.handle(retry)));
                            },
                            () -> again.add(namingNobody(message)));
        }
        List<Boolean> done = crew.work("sync", jobs, PATIENCE);
        IntStream.range(0, begun.size()).filter(i -> !done.get(i)).forEach(i -> again.add(begun.get(i)));
        return new SQSBatchResponse(
                again.stream().map(SQSBatchResponse.BatchItemFailure::new).toList());
    }

    private static String namingNobody(SQSEvent.SQSMessage message) {
        LOG.warnf("message %s names no agent and is left to the dead letters", message.getMessageId());
        return message.getMessageId();
    }
}
