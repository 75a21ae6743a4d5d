package dev.lockstep.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.store.Timeline;
import dev.lockstep.store.TimelineContract;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoTimelineTest extends TimelineContract {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    @Override
    public Timeline empty(InstantSource clock) {
        return DynamoLocal.freshStore(clock, StoreMeter.NONE).timeline();
    }

    @Test
    void whatWasStoredBeforeThereWereCorrelationIdsIsStillRead() {
        Timeline.Event event =
                new Timeline.Event("ada", NOW, "sweep", "c1", "", "busy", "", List.of(), Map.of("teams", "done"), 12);
        Map<String, AttributeValue> item =
                DynamoTimeline.item(event, "2026-11-22T08:00:00.000000000Z#1", Duration.ZERO);
        assertThat(DynamoTimeline.event(item)).isEqualTo(event);
        item.remove("correlationId");

        assertThat(DynamoTimeline.event(item).correlationId()).isEmpty();
        assertThat(DynamoTimeline.event(item).trigger()).isEqualTo("sweep");
    }
}
