package dev.lockstep.store.dynamodb;

import static dev.lockstep.store.dynamodb.Attributes.number;
import static dev.lockstep.store.dynamodb.Attributes.text;

import dev.lockstep.store.DocumentLimits;
import dev.lockstep.store.Documents;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Documents in the table {@code mappings}, each with a version that counts its changes. */
final class DynamoDocuments implements Documents {
    private final DynamoTable table;

    DynamoDocuments(DynamoTable table) {
        this.table = table;
    }

    @Override
    public Optional<String> get(String scope) {
        return table.item(key(scope)).flatMap(item -> Attributes.text(item, "text"));
    }

    @Override
    public Map<String, String> all() {
        ScanRequest request = ScanRequest.builder()
                .tableName(table.name())
                .consistentRead(true)
                .build();
        return table.scan(request)
                .collect(Collectors.toMap(
                        item -> item.get("scope").s(), item -> item.get("text").s()));
    }

    /** @throws IllegalArgumentException if it is more than the store can change at once; nothing is changed */
    @Override
    public void put(Map<String, String> textByScope) {
        DocumentLimits.check(textByScope);
        List<TransactWriteItem> changes = textByScope.entrySet().stream()
                .map(entry -> entry.getValue().isEmpty() ? removal(entry.getKey()) : change(entry))
                .toList();
        if (!changes.isEmpty()) {
            table.write(dynamo -> dynamo.transactWriteItems(write -> write.transactItems(changes)));
        }
    }

    private TransactWriteItem removal(String scope) {
        return TransactWriteItem.builder()
                .delete(delete -> delete.tableName(table.name()).key(key(scope)))
                .build();
    }

    private TransactWriteItem change(Map.Entry<String, String> entry) {
        return TransactWriteItem.builder()
                .update(update -> update.tableName(table.name())
                        .key(key(entry.getKey()))
                        .updateExpression("SET #text = :text ADD version :one")
                        .expressionAttributeNames(Map.of("#text", "text"))
                        .expressionAttributeValues(Map.of(":text", text(entry.getValue()), ":one", number(1))))
                .build();
    }

    private static Map<String, AttributeValue> key(String scope) {
        return Map.of("scope", text(scope));
    }
}
