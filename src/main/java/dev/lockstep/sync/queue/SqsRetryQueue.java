package dev.lockstep.sync.queue;

import dev.lockstep.concurrent.Batches;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Agents to be looked at again, as messages {@code {"agentId":"…","correlationId":"…","hops":1}}. */
public final class SqsRetryQueue implements RetryQueue {
    private static final Logger LOG = Logger.getLogger(SqsRetryQueue.class);

    /** The longest that SQS delays a message, and the most of them in one request. */
    private static final long LONGEST_DELAY_SECONDS = 900;

    private static final int BATCH = 10;

    private final Supplier<SqsClient> client;
    private final String url;

    public SqsRetryQueue(Supplier<SqsClient> client, String url) {
        this.client = client;
        this.url = url;
    }

    @Override
    public void retry(RetryMessage retry, Duration delay) {
        long seconds = Math.min(
                LONGEST_DELAY_SECONDS, Math.max(0, delay.plusMillis(999).toSeconds()));
        try {
            client.get()
                    .sendMessage(message ->
                            message.queueUrl(url).messageBody(retry.text()).delaySeconds((int) seconds));
        } catch (SdkException e) {
            LOG.warnf("agent=%s waits for the sweep, the queue does not answer: %s", retry.agentId(), e.getClass());
        }
    }

    @Override
    public void enqueueBulk(Collection<String> agentIds, String correlationId) {
        Batches.of(List.copyOf(agentIds), BATCH).forEach(ids -> send(ids, correlationId));
    }

    private void send(List<String> ids, String correlationId) {
        List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
        for (String id : ids) {
            String body = RetryMessage.inBulk(id, correlationId).text();
            entries.add(SendMessageBatchRequestEntry.builder()
                    .id(String.valueOf(entries.size()))
                    .messageBody(body)
                    .build());
        }
        try {
            client.get().sendMessageBatch(batch -> batch.queueUrl(url).entries(entries));
        } catch (SdkException e) {
            LOG.warnf("%d agents wait for the sweep, the queue does not answer: %s", ids.size(), e.getClass());
        }
    }
}
