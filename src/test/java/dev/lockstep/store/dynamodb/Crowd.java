package dev.lockstep.store.dynamodb;

import dev.lockstep.agent.Pulse;
import dev.lockstep.presence.Rosters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * A table with as many agents as one likes, all like one of them, without DynamoDB behind it: it answers what a pass
 * over everybody asks, in pages of a megabyte, and counts the read units (developer guide, "Read consistency" and
 * "Capacity unit consumption for read operations": half a unit for each four kilobytes of a page, and for those of each
 * item of a batch).
 */
public final class Crowd implements DynamoDbClient {
    private static final int PAGE = 1024 * 1024;
    private static final int UNIT = 4096;

    private final Map<String, AttributeValue> template;
    private final Map<String, List<Map<String, AttributeValue>>> index = new HashMap<>();
    private final AtomicLong halves = new AtomicLong();
    private final AtomicLong loaded = new AtomicLong();

    /** @param rosters of everybody */
    Crowd(Map<String, AttributeValue> template, Rosters rosters, int agents) {
        this.template = template;
        for (int i = 0; i < agents; i++) {
            String agentId = "agent%05d@contoso.com".formatted(i);
            Map<String, AttributeValue> entry = new HashMap<>(AgentItem.key(agentId));
            entry.put("dueShard", Attributes.text(AgentItem.shardOf(agentId)));
            template.computeIfPresent("dueAt", (name, due) -> {
                entry.put(name, due);
                return due;
            });
            entry.put("pulse", Attributes.bytes(PulseForm.write(pulse(agentId, rosters))));
            index.computeIfAbsent(AgentItem.shardOf(agentId), shard -> new ArrayList<>())
                    .add(entry);
        }
    }

    private Pulse pulse(String agentId, Rosters rosters) {
        Pulse one = AgentItem.pulse(template);
        TreeMap<String, String> ids = new TreeMap<>();
        for (String platform : one.externalIds().keySet()) {
            ids.put(
                    platform,
                    UUID.nameUUIDFromBytes((platform + agentId).getBytes()).toString());
        }
        return new Pulse(agentId, one.dueAt(), true, one.team(), ids, rosters, one.sights());
    }

    /** Read units so far. */
    public double units() {
        return halves.get() / 2.0;
    }

    /** Agents whose items were read. */
    public long loaded() {
        return loaded.get();
    }

    /** What an agent takes in the index, in bytes. */
    public int entrySize() {
        return ItemSize.bytes(index.values().iterator().next().getFirst());
    }

    @Override
    public QueryResponse query(QueryRequest request) {
        String shard = request.expressionAttributeValues().get(":shard").s();
        List<Map<String, AttributeValue>> all = index.getOrDefault(shard, List.of());
        int from = request.hasExclusiveStartKey()
                ? Integer.parseInt(request.exclusiveStartKey().get("at").n())
                : 0;
        int bytes = 0;
        int to = from;
        while (to < all.size() && bytes < PAGE) {
            bytes += ItemSize.bytes(all.get(to));
            to++;
        }
        halves.addAndGet((bytes + UNIT - 1) / UNIT);
        QueryResponse.Builder answer = QueryResponse.builder().items(all.subList(from, to));
        return to < all.size()
                ? answer.lastEvaluatedKey(Map.of("at", Attributes.number(to))).build()
                : answer.build();
    }

    @Override
    public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
        Map<String, List<Map<String, AttributeValue>>> found = new HashMap<>();
        request.requestItems().forEach((table, asked) -> {
            List<Map<String, AttributeValue>> items = new ArrayList<>();
            for (Map<String, AttributeValue> key : asked.keys()) {
                Map<String, AttributeValue> item = new HashMap<>(template);
                item.putAll(key);
                halves.addAndGet((ItemSize.bytes(item) + UNIT - 1) / UNIT);
                loaded.incrementAndGet();
                items.add(item);
            }
            found.put(table, items);
        });
        return BatchGetItemResponse.builder().responses(found).build();
    }

    @Override
    public String serviceName() {
        return "dynamodb";
    }

    @Override
    public void close() {}
}
