package dev.lockstep.local.world;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** The store's tables, made on a laptop and in tests. In AWS Terraform makes the same ones. */
public final class LocalTables {
    private final DynamoDbClient client;
    private final String prefix;

    private LocalTables(DynamoDbClient client, String prefix) {
        this.client = client;
        this.prefix = prefix;
    }

    /**
     * Makes the tables that are not there yet, and waits until they can be used. Several may do so at once.
     *
     * @param prefix stands before every table's name
     */
    public static void createMissing(DynamoDbClient client, String prefix) {
        LocalTables tables = new LocalTables(client, prefix);
        tables.create(
                "agents",
                keys("agentId"),
                create -> create.globalSecondaryIndexes(pulse(), team())
                        .attributeDefinitions(
                                attribute("agentId", ScalarAttributeType.S),
                                attribute("dueShard", ScalarAttributeType.S),
                                attribute("team", ScalarAttributeType.S),
                                attribute("name", ScalarAttributeType.S)));
        tables.create("identities", "identity");
        tables.create("mappings", "scope");
        tables.create("timeline", "agentId", "at");
        tables.create("control", "key");
        tables.expire("timeline");
        tables.expire("control");
    }

    private static GlobalSecondaryIndex pulse() {
        return GlobalSecondaryIndex.builder()
                .indexName("pulse")
                .keySchema(keys("dueShard"))
                .projection(projection ->
                        projection.projectionType(ProjectionType.INCLUDE).nonKeyAttributes("dueAt", "pulse"))
                .build();
    }

    private static GlobalSecondaryIndex team() {
        return GlobalSecondaryIndex.builder()
                .indexName("team")
                .keySchema(keys("team", "name"))
                .projection(projection ->
                        projection.projectionType(ProjectionType.INCLUDE).nonKeyAttributes("status", "since", "view"))
                .build();
    }

    private void create(String table, String... texts) {
        List<AttributeDefinition> attributes = Arrays.stream(texts)
                .map(name -> attribute(name, ScalarAttributeType.S))
                .toList();
        create(table, keys(texts), create -> create.attributeDefinitions(attributes));
    }

    private void create(String table, List<KeySchemaElement> keys, Consumer<CreateTableRequest.Builder> more) {
        if (isThere(table)) {
            return;
        }
        CreateTableRequest.Builder request = CreateTableRequest.builder()
                .tableName(prefix + table)
                .keySchema(keys)
                .billingMode(BillingMode.PAY_PER_REQUEST);
        more.accept(request);
        try {
            client.createTable(request.build());
        } catch (ResourceInUseException alreadyThere) {
            // Somebody else was faster; it is the same table.
        }
        client.waiter().waitUntilTableExists(wait -> wait.tableName(prefix + table));
    }

    private boolean isThere(String table) {
        try {
            client.describeTable(describe -> describe.tableName(prefix + table));
            return true;
        } catch (ResourceNotFoundException missing) {
            return false;
        }
    }

    /** Switching it on twice is an error (API_UpdateTimeToLive), so it is looked at before, and again after one. */
    private void expire(String table) {
        if (expires(table)) {
            return;
        }
        try {
            client.updateTimeToLive(update -> update.tableName(prefix + table)
                    .timeToLiveSpecification(
                            spec -> spec.attributeName("expiresAt").enabled(true)));
        } catch (DynamoDbException refused) {
            if (!expires(table)) {
                throw refused;
            }
        }
    }

    private boolean expires(String table) {
        TimeToLiveStatus status = client.describeTimeToLive(describe -> describe.tableName(prefix + table))
                .timeToLiveDescription()
                .timeToLiveStatus();
        return status == TimeToLiveStatus.ENABLED || status == TimeToLiveStatus.ENABLING;
    }

    /** The first is the partition's, the second the order in it. */
    private static List<KeySchemaElement> keys(String... names) {
        return IntStream.range(0, names.length)
                .mapToObj(i -> KeySchemaElement.builder()
                        .attributeName(names[i])
                        .keyType(i == 0 ? KeyType.HASH : KeyType.RANGE)
                        .build())
                .toList();
    }

    private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(type)
                .build();
    }
}
