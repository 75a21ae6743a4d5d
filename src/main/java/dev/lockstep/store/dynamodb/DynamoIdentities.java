package dev.lockstep.store.dynamodb;

import static dev.lockstep.store.dynamodb.Attributes.text;

import dev.lockstep.concurrent.Batches;
import dev.lockstep.store.Identities;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Identities in the table of that name. Read consistently: the news of an unknown one is dropped for good. */
final class DynamoIdentities implements Identities {
    /** DynamoDB takes so many items in one call (API_BatchWriteItem). */
    private static final int BATCH = 25;

    private final DynamoTable table;

    DynamoIdentities(DynamoTable table) {
        this.table = table;
    }

    @Override
    public Optional<String> agentOf(String identity) {
        return table.item(key(identity)).flatMap(item -> Attributes.text(item, "agentId"));
    }

    @Override
    public void put(Map<String, String> agentIdByIdentity) {
        List<WriteRequest> puts = agentIdByIdentity.entrySet().stream()
                .collect(Collectors.toMap(entry -> folded(entry.getKey()), Map.Entry::getValue, (one, other) -> other))
                .entrySet()
                .stream()
                .map(entry -> put(entry.getKey(), entry.getValue()))
                .toList();
        Batches.of(puts, BATCH).forEach(this::batch);
    }

    private static WriteRequest put(String identity, String agentId) {
        Map<String, AttributeValue> item = Map.of("identity", text(identity), "agentId", text(agentId));
        return WriteRequest.builder().putRequest(put -> put.item(item)).build();
    }

    /** What the store left out, because it was too much at once, is put one by one, with the client's waits. */
    private void batch(List<WriteRequest> puts) {
        BatchWriteItemResponse answer =
                table.write(dynamo -> dynamo.batchWriteItem(write -> write.requestItems(Map.of(table.name(), puts))));
        answer.unprocessedItems().values().stream()
                .flatMap(List::stream)
                .map(left -> left.putRequest().item())
                .forEach(item -> table.write(dynamo ->
                        dynamo.putItem(put -> put.tableName(table.name()).item(item))));
    }

    @Override
    public void remove(String identity) {
        table.delete(key(identity));
    }

    private static Map<String, AttributeValue> key(String identity) {
        return Map.of("identity", text(folded(identity)));
    }

    private static String folded(String identity) {
        return identity.toLowerCase(Locale.ROOT);
    }
}
