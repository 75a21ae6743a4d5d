package dev.lockstep.local.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.local.LocalSettings;
import dev.lockstep.sync.queue.QueueSettings;
import dev.lockstep.teams.TeamsSettings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** What EventBridge Scheduler and the queue's event source are in AWS: they invoke functions when it is time. */
@Singleton
class Timers {
    private static final Duration DIRECTORY_INTERVAL = Duration.ofHours(1);
    private static final Duration SUBSCRIPTIONS_INTERVAL = Duration.ofMinutes(10);
    private static final int LONG_POLL_SECONDS = 2;

    private final LocalFunctions functions;
    private final ObjectMapper json = new ObjectMapper();
    private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(
            5, Thread.ofPlatform().name("timer-", 0).daemon().factory());

    private final LocalSettings settings;
    private final TeamsSettings teams;
    private final QueueSettings queue;

    @Inject
    Timers(LocalFunctions functions, LocalSettings settings, TeamsSettings teams, QueueSettings queue) {
        this.functions = functions;
        this.settings = settings;
        this.teams = teams;
        this.queue = queue;
    }

    void start() {
        each(DIRECTORY_INTERVAL, "directory");
        each(teams.pollInterval(), "teams-watch");
        each(SUBSCRIPTIONS_INTERVAL, "teams-subscriptions");
        each(settings.sweepInterval(), "sweep");
        each(settings.shiftInterval(), "shift-end");
        if (queue.url().isPresent() && queue.endpointOverride().isPresent()) {
            Thread.ofVirtual().name("retry-queue").start(this::readQueue);
        }
    }

    void stop() {
        timers.shutdownNow();
    }

    private void each(Duration interval, String function) {
        if (functions.has(function)) {
            timers.scheduleWithFixedDelay(
                    () -> tick(function), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** A schedule that fails once is due again at its next time. */
    private void tick(String function) {
        try {
            functions.invoke(function, "{}");
        } catch (RuntimeException | JsonProcessingException e) {
            System.err.println("timer: " + function + " failed: " + e);
        }
    }

    private void readQueue() {
        try (SqsClient client = LocalQueue.client(queue.endpointOverride().get())) {
            while (!timers.isShutdown()) {
                readOnce(client);
            }
        }
    }

    private void readOnce(SqsClient client) {
        try {
            List<Message> messages = client.receiveMessage(
                            receive -> receive.queueUrl(queue.url().get())
                                    .maxNumberOfMessages(10)
                                    .waitTimeSeconds(LONG_POLL_SECONDS))
                    .messages();
            if (!messages.isEmpty()) {
                Set<String> again = sync(messages);
                messages.stream()
                        .filter(message -> !again.contains(message.messageId()))
                        .forEach(message -> client.deleteMessage(
                                done -> done.queueUrl(queue.url().get()).receiptHandle(message.receiptHandle())));
            }
        } catch (SdkException | JsonProcessingException e) {
            if (!timers.isShutdown()) {
                System.err.println("queue: " + e.getMessage());
            }
        }
    }

    /** @return ids of the messages that must come again */
    private Set<String> sync(List<Message> messages) throws JsonProcessingException {
        ObjectNode event = json.createObjectNode();
        ArrayNode records = event.putArray("Records");
        messages.forEach(message -> records.addObject()
                .put("messageId", message.messageId())
                .put("receiptHandle", message.receiptHandle())
                .put("body", message.body())
                .put("eventSource", "aws:sqs"));
        Set<String> again = new HashSet<>();
        JsonNode answer =
                json.readTree(functions.invoke("sync", event.toString()).orElse("{}"));
        answer.path("batchItemFailures")
                .forEach(failure -> again.add(failure.path("itemIdentifier").asText()));
        return again;
    }
}
