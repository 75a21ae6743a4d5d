package dev.lockstep.sync.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.lockstep.intake.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

class SqsRetryQueueTest {
    private static final Instant TURN = Instant.parse("2026-11-23T17:03:20Z");

    private final Sqs sqs = new Sqs();
    private final RetryQueue queue = new SqsRetryQueue(() -> sqs, "https://sqs/retry");

    @ParameterizedTest
    @CsvSource({"PT0S, 0", "PT0.001S, 1", "PT1S, 1", "PT1.2S, 2", "PT15M, 900", "PT15M1S, 900", "PT-5S, 0"})
    void waitsAtLeastSoLongAsFarAsTheQueueCan(Duration delay, int seconds) {
        queue.retry(RetryMessage.after(new Trigger("test", "c1"), "rita"), delay);

        assertThat(sqs.sent).singleElement().satisfies(message -> {
            assertThat(message.queueUrl()).isEqualTo("https://sqs/retry");
            assertThat(message.messageBody()).isEqualTo("{\"agentId\":\"rita\",\"correlationId\":\"c1\",\"hops\":1}");
            assertThat(message.delaySeconds()).isEqualTo(seconds);
        });
    }

    @Test
    void whoseTurnHasNotComeGoesBackToTheBulkLane() {
        queue.retry(RetryMessage.inBulk("rita", "c1", TURN), Duration.ofSeconds(7));

        assertThat(sqs.sent).singleElement().satisfies(message -> {
            assertThat(RetryMessage.parse(message.messageBody())).contains(RetryMessage.inBulk("rita", "c1", TURN));
            assertThat(message.delaySeconds()).isEqualTo(7);
        });
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "10, 1", "11, 2", "25, 3"})
    void manyGoInBatchesOfTenAndNobodyIsLeftOutOrTakenTwice(int many, int batches) {
        List<RetryQueue.Delayed> messages =
                IntStream.range(0, many).mapToObj(i -> delayed("agent" + i, i)).toList();

        assertThat(queue.retryAll(messages)).isEqualTo(messages);

        assertThat(sqs.batches).hasSize(batches).allSatisfy(batch -> {
            assertThat(batch.queueUrl()).isEqualTo("https://sqs/retry");
            assertThat(batch.entries()).hasSizeBetween(1, 10);
            assertThat(batch.entries())
                    .extracting(SendMessageBatchRequestEntry::id)
                    .doesNotHaveDuplicates();
        });
        assertThat(sqs.batches.stream()
                        .flatMap(batch -> batch.entries().stream())
                        .map(entry -> RetryMessage.parse(entry.messageBody()).orElseThrow()))
                .containsExactlyElementsOf(
                        messages.stream().map(RetryQueue.Delayed::message).toList());
        assertThat(sqs.batches.stream()
                        .flatMap(batch -> batch.entries().stream())
                        .map(SendMessageBatchRequestEntry::delaySeconds))
                .containsExactlyElementsOf(IntStream.range(0, many).boxed().toList());
    }

    private static RetryQueue.Delayed delayed(String agent, int seconds) {
        return new RetryQueue.Delayed(RetryMessage.inBulk(agent, "c1", TURN), Duration.ofSeconds(seconds));
    }

    @Test
    void whatTheQueueDidNotTakeIsSaid() {
        List<RetryQueue.Delayed> messages = List.of(delayed("anna", 1), delayed("rita", 2), delayed("zoe", 3));
        sqs.refused = "1";

        assertThat(queue.retryAll(messages)).containsExactly(messages.get(0), messages.get(2));
    }

    /** The due time on the agent's item brings the sweep there. */
    @Test
    void aQueueThatDoesNotAnswerIsNoFault() {
        sqs.down = true;

        assertThatCode(() -> {
                    queue.retry(RetryMessage.after(new Trigger("test", "c1"), "rita"), Duration.ZERO);
                    assertThat(queue.retryAll(List.of(delayed("rita", 1)))).isEmpty();
                })
                .doesNotThrowAnyException();
    }

    private static final class Sqs implements SqsClient {
        private final List<SendMessageRequest> sent = new ArrayList<>();
        private final List<SendMessageBatchRequest> batches = new ArrayList<>();
        private boolean down;
        private String refused = "";

        @Override
        public SendMessageResponse sendMessage(SendMessageRequest request) {
            answer();
            sent.add(request);
            return SendMessageResponse.builder().build();
        }

        @Override
        public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
            answer();
            batches.add(request);
            return SendMessageBatchResponse.builder()
                    .successful(request.entries().stream()
                            .map(SendMessageBatchRequestEntry::id)
                            .filter(id -> !id.equals(refused))
                            .map(id ->
                                    SendMessageBatchResultEntry.builder().id(id).build())
                            .toList())
                    .build();
        }

        private void answer() {
            if (down) {
                throw SdkClientException.create("down");
            }
        }

        @Override
        public String serviceName() {
            return "sqs";
        }

        @Override
        public void close() {}
    }
}
