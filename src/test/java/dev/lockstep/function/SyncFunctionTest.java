package dev.lockstep.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.intake.GivenCrew;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.InMemoryAgentStore;
import dev.lockstep.store.InMemoryControl;
import dev.lockstep.store.InMemoryTimeline;
import dev.lockstep.store.StoreFaults;
import dev.lockstep.store.Timeline;
import dev.lockstep.sync.SyncHarness;
import dev.lockstep.sync.queue.BulkLane;
import dev.lockstep.sync.queue.RetryMessage;
import dev.lockstep.sync.queue.RetryQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the messages of the retry queue. */
class SyncFunctionTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private boolean isNextUnreadable;
    private final InMemoryAgentStore store = new InMemoryAgentStore(new StoreFaults() {
        @Override
        public void after(String call) {
            if (isNextUnreadable && call.equals("agents.load")) {
                isNextUnreadable = false;
                throw new IllegalStateException("an item that is none");
            }
        }
    });
    private final InMemoryTimeline timeline = new InMemoryTimeline(Duration.ofDays(1), () -> NOW);
    private final List<String> sentAgain = new ArrayList<>();
    private final BulkLane lane = new BulkLane(GivenPlatforms.CATALOGUE, new InMemoryControl(() -> NOW), () -> NOW);
    private final SyncFunction function = new SyncFunction();

    @BeforeEach
    void wire() throws AgentStore.Conflict {
        RetryQueue queue = new RetryQueue() {
            @Override
            public void retry(RetryMessage message, Duration delay) {
                sentAgain.add(message + " in " + delay);
            }

            @Override
            public List<Delayed> retryAll(List<Delayed> messages) {
                throw new AssertionError("nothing of this concerns many");
            }
        };
        function.retries = SyncHarness.over(store, timeline, List.of(), () -> NOW)
                .lane(lane)
                .queue(queue)
                .build()
                .retries();
        function.crew = GivenCrew.alone();
        store.save(AgentState.of("rita", new Profile("Rita", "", Map.of())));
        store.append(
                "rita", List.of(new Evidence.Reported(new Signal.SignedIn(Source.DYNAMICS, SourceTime.at(NOW), true))));
    }

    private SQSBatchResponse handle(String body) {
        SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
        message.setMessageId("1");
        message.setBody(body);
        SQSEvent event = new SQSEvent();
        event.setRecords(List.of(message));
        return function.handle(event);
    }

    @Test
    void anItemThatCannotBeReadBringsBackNoOther() {
        isNextUnreadable = true;
        SQSEvent event = new SQSEvent();
        event.setRecords(List.of(message("1", "{\"agentId\":\"broken\"}"), message("2", "{\"agentId\":\"rita\"}")));

        assertThat(function.handle(event).getBatchItemFailures())
                .extracting(SQSBatchResponse.BatchItemFailure::getItemIdentifier)
                .containsExactly("1");
        assertThat(decisions()).hasSize(1);
    }

    private static SQSEvent.SQSMessage message(String id, String body) {
        SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
        message.setMessageId(id);
        message.setBody(body);
        return message;
    }

    private List<Timeline.Event> decisions() {
        return timeline.of("rita", Instant.EPOCH, 10);
    }

    @Test
    void aRetryKeepsTheIdOfTheEventThatCausedIt() {
        assertThat(handle("{\"agentId\":\"rita\",\"correlationId\":\"c1\"}").getBatchItemFailures())
                .isEmpty();

        assertThat(decisions())
                .extracting(Timeline.Event::trigger, Timeline.Event::correlationId)
                .containsExactly(tuple("retry", "c1"));
    }

    @Test
    void oneThatWasQueuedWithoutAnIdIsGivenOne() {
        handle("{\"agentId\":\"rita\"}");

        assertThat(decisions())
                .singleElement()
                .satisfies(decision -> assertThat(decision.correlationId()).matches("[0-9a-f]{32}"));
    }

    @Test
    void whoseTurnHasNotComeGoesBackWithTheSameId() {
        lane.pause("dynamics", "rita", Duration.ofSeconds(45));
        RetryMessage message = RetryMessage.inBulk("rita", "c1", NOW);
        handle("{\"agentId\":\"rita\",\"lane\":\"bulk\",\"hops\":1,\"correlationId\":\"c1\",\"turn\":\"" + NOW + "\"}");

        assertThat(sentAgain).containsExactly(message.at(NOW.plusSeconds(45)) + " in PT45S");
        assertThat(decisions()).isEmpty();
    }

    @Test
    void whoWasQueuedByAReleaseThatReservedNoTurnsIsGivenOne() {
        lane.reserve(100);
        handle("{\"agentId\":\"rita\",\"lane\":\"bulk\",\"hops\":1,\"correlationId\":\"c1\"}");

        assertThat(sentAgain).singleElement().asString().contains("hops=2", "in PT7.");
        assertThat(decisions()).isEmpty();
    }

    @Test
    void aRetryForNobodyIsDoneWith() {
        assertThat(handle("{\"agentId\":\"nobody\"}").getBatchItemFailures()).isEmpty();
    }

    @Test
    void whatNamesNobodyIsLeftToTheDeadLetters() {
        assertThat(handle("{}").getBatchItemFailures()).hasSize(1);
    }
}
