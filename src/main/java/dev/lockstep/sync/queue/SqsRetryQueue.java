package dev.lockstep.sync.queue;

import dev.lockstep.concurrent.Batches;
import java.time.Duration;
import java.util.ArrayList;
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
        try {
            client.get()
                    .sendMessage(message ->
                            message.queueUrl(url).messageBody(retry.text()).delaySeconds(seconds(delay)));
        } catch (SdkException e) {
            LOG.warnf("agent=%s waits for the sweep, the queue does not answer: %s", retry.agentId(), e.getClass());
        }
    }

    private static int seconds(Duration delay) {
        return (int) Math.clamp(delay.plusMillis(999).toSeconds(), 0, LONGEST_DELAY_SECONDS);
    }

    @Override
    public List<Delayed> retryAll(List<Delayed> messages) {
        return Batches.of(messages, BATCH).flatMap(some -> send(some).stream()).toList();
    }

    private List<Delayed> send(List<Delayed> messages) {
        List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
        for (Delayed one : messages) {
            entries.add(SendMessageBatchRequestEntry.builder()
                    .id(String.valueOf(entries.size()))
                    .messageBody(one.message().text())
                    .delaySeconds(seconds(one.delay()))
                    .build());
        }
        try {
            return client.get().sendMessageBatch(batch -> batch.queueUrl(url).entries(entries)).successful().stream()
                    .map(taken -> messages.get(Integer.parseInt(taken.id())))
                    .toList();
        } catch (SdkException e) {
            LOG.warnf("%d agents wait for the sweep, the queue does not answer: %s", messages.size(), e.getClass());
            return List.of();
        }
    }
}
