package dev.lockstep.store.dynamodb;

import static dev.lockstep.store.dynamodb.Attributes.number;
import static dev.lockstep.store.dynamodb.Attributes.text;
import static dev.lockstep.store.dynamodb.Attributes.texts;

import dev.lockstep.store.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Events in the table {@code timeline}. The time in its key is followed by something unique, so that of two events in
 * one instant neither replaces the other.
 */
final class DynamoTimeline implements Timeline {
    /** Always nine decimals: keys are compared as texts. */
    private static final DateTimeFormatter AT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static final String SEPARATOR = "#";

    private final DynamoTable table;
    private final Duration retention;
    private final InstantSource clock;
    private final Supplier<String> ids;

    DynamoTimeline(DynamoTable table, Duration retention, InstantSource clock, Supplier<String> ids) {
        this.table = table;
        this.retention = retention;
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public void append(Event event) {
        Map<String, AttributeValue> item = item(event, AT.format(event.at()) + SEPARATOR + ids.get(), retention);
        table.write(dynamo -> dynamo.putItem(put -> put.tableName(table.name()).item(item)));
    }

    static Map<String, AttributeValue> item(Event event, String at, Duration retention) {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put("agentId", text(event.agentId()));
        item.put("at", text(at));
        item.put("trigger", text(event.trigger()));
        item.put("correlationId", text(event.correlationId()));
        if (!event.by().isBlank()) {
            item.put("by", text(event.by()));
        }
        item.put("before", text(event.before()));
        item.put("after", text(event.after()));
        item.put("because", texts(event.because()));
        item.put("answers", AttributeValue.fromM(answers(event)));
        item.put("latencyMillis", number(event.latencyMillis()));
        item.put("expiresAt", Attributes.timeToLive(event.at().plus(retention)));
        return item;
    }

    private static Map<String, AttributeValue> answers(Event event) {
        return event.answers().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> text(entry.getValue())));
    }

    /** Time to live removes an item within days of its end, not at once (DynamoDB developer guide, "TTL"). */
    @Override
    public List<Event> of(String agentId, Instant from, int limit) {
        long now = clock.instant().getEpochSecond();
        QueryRequest request = QueryRequest.builder()
                .tableName(table.name())
                .keyConditionExpression("agentId = :agent AND #at >= :from")
                .expressionAttributeNames(Map.of("#at", "at"))
                .expressionAttributeValues(Map.of(":agent", text(agentId), ":from", text(AT.format(from))))
                .scanIndexForward(false)
                .limit(Math.max(1, limit))
                .build();
        return table.query(request)
                .filter(item -> Attributes.number(item, "expiresAt").orElse(Long.MAX_VALUE) > now)
                .limit(limit)
                .map(DynamoTimeline::event)
                .toList();
    }

    static Event event(Map<String, AttributeValue> item) {
        String at = item.get("at").s();
        Map<String, String> answers = item.get("answers").m().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().s()));
        return new Event(
                item.get("agentId").s(),
                Instant.parse(at.substring(0, at.indexOf(SEPARATOR))),
                item.get("trigger").s(),
                text(item, "correlationId").orElse(""),
                text(item, "by").orElse(""),
                item.get("before").s(),
                item.get("after").s(),
                texts(item, "because"),
                answers,
                Long.parseLong(item.get("latencyMillis").n()));
    }
}
