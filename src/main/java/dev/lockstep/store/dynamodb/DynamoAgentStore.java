package dev.lockstep.store.dynamodb;

import static dev.lockstep.store.dynamodb.Attributes.exact;
import static dev.lockstep.store.dynamodb.Attributes.number;
import static dev.lockstep.store.dynamodb.Attributes.text;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Pulse;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Sight;
import dev.lockstep.store.AgentStore;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/**
 * Agents in the table {@code agents}.
 *
 * <p>Evidence is appended to a list beside the state's text, so that it needs no reading first. It makes the agent due at
 * once: the holder of the lease may let go between the look at the lease and the append, and then the sweep is the only
 * one who will find the news.
 *
 * <p>The client repeats a call whose answer was lost. A repeated append adds the news twice, which folding does not
 * notice. A repeated save finds its own write in its way, and knows it by the mark that every save leaves.
 */
final class DynamoAgentStore implements AgentStore {
    private final DynamoTable table;
    private final AgentItem item;
    private final Supplier<String> marks;

    DynamoAgentStore(DynamoTable table, StateJson json, Supplier<String> marks) {
        this.table = table;
        this.item = new AgentItem(json);
        this.marks = marks;
    }

    @Override
    public Optional<AgentState> load(String agentId) {
        return table.item(AgentItem.key(agentId)).map(item::state);
    }

    @Override
    public AgentState save(AgentState next, Map<String, Sight> sights) throws Conflict {
        return write(next, (stored, expected, mark) -> put(stored, expected, item.of(stored, mark, sights)));
    }

    /** An update, because it leaves alone what the index by team shows: an index is charged only for what changes. */
    @Override
    public AgentState saveIntents(AgentState next) throws Conflict {
        return write(next, this::update);
    }

    private interface Writing {
        void of(AgentState stored, long expected, String mark);
    }

    private AgentState write(AgentState next, Writing writing) throws Conflict {
        AgentState stored = next.withInbox(next.inbox(), next.version() + 1);
        String mark = marks.get();
        try {
            writing.of(stored, next.version(), mark);
            return stored;
        } catch (ConditionalCheckFailedException changed) {
            if (!changed.hasItem()) {
                throw new Conflict(null);
            }
            if (AgentItem.isMarked(changed.item(), mark)) {
                return stored;
            }
            throw new Conflict(item.state(changed.item()));
        }
    }

    private void put(AgentState stored, long expected, Map<String, AttributeValue> whole) {
        table.write(dynamo -> dynamo.putItem(put -> {
            put.tableName(table.name())
                    .item(whole)
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
            if (expected == 0) {
                put.conditionExpression("attribute_not_exists(agentId)");
            } else {
                put.conditionExpression("version = :expected")
                        .expressionAttributeValues(Map.of(":expected", number(expected)));
            }
        }));
    }

    private void update(AgentState stored, long expected, String mark) {
        AttributeUpdates updates = AttributeUpdates.to(item.unshown(stored, mark, Map.of()), AgentItem.UNSHOWN);
        Map<String, AttributeValue> values = new HashMap<>(updates.values());
        values.put(":expected", number(expected));
        table.write(dynamo -> dynamo.updateItem(update -> update.tableName(table.name())
                .key(AgentItem.key(stored.agentId()))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .conditionExpression("version = :expected")
                .updateExpression(updates.expression())
                .expressionAttributeNames(updates.names())
                .expressionAttributeValues(values)));
    }

    @Override
    public boolean append(String agentId, List<Evidence> news) {
        Map<String, AttributeValue> values = Map.of(
                ":none", AttributeValue.fromL(List.of()),
                ":news", item.inbox(news),
                ":one", number(1),
                ":shard", text(AgentItem.shardOf(agentId)),
                ":now", exact(Instant.EPOCH));
        try {
            table.write(dynamo -> dynamo.updateItem(update -> update.tableName(table.name())
                    .key(AgentItem.key(agentId))
                    .conditionExpression("attribute_exists(agentId)")
                    .updateExpression("SET inbox = list_append(if_not_exists(inbox, :none), :news),"
                            + " dueShard = :shard, dueAt = :now ADD version :one")
                    .expressionAttributeValues(values)));
            return true;
        } catch (ConditionalCheckFailedException unknown) {
            return false;
        }
    }

    @Override
    public List<String> shards() {
        return AgentItem.shards().toList();
    }

    @Override
    public Stream<Pulse> pulses(String shard) {
        return table.query(AgentItem.pulsesOf(shard).tableName(table.name()).build())
                .map(AgentItem::pulse);
    }

    @Override
    public Stream<String> unlisted() {
        ScanRequest request = ScanRequest.builder()
                .tableName(table.name())
                .projectionExpression("agentId, dueShard, dueAt, pulse")
                .build();
        return table.scan(request)
                .filter(found -> !found.containsKey("dueShard")
                        || !AgentItem.pulse(found).isComplete())
                .map(AgentItem::agentId);
    }

    @Override
    public Stream<AgentState> loadAll(Collection<String> agentIds, Consumer<String> unreadable) {
        return table.items(agentIds.stream().map(AgentItem::key).toList())
                .flatMap(found -> item.readable(found, unreadable));
    }

    @Override
    public Stream<AgentState> all(Consumer<String> unreadable) {
        ScanRequest request = ScanRequest.builder()
                .tableName(table.name())
                .consistentRead(true)
                .build();
        return table.scan(request).flatMap(found -> item.readable(found, unreadable));
    }

    @Override
    public void remove(String agentId) {
        table.delete(AgentItem.key(agentId));
    }
}
