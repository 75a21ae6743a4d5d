package dev.lockstep.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.local.world.LocalTables;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

class TablesTest {
    private final DynamoDbClient client = DynamoLocal.client();
    private final String prefix = DynamoLocal.freshTables();

    @Test
    void haveTheKeysThatTerraformGivesThem() {
        assertThat(shape("agents")).isEqualTo("agentId:S pulse(dueShard:S) team(team:S name:S)");
        assertThat(shape("identities")).isEqualTo("identity:S");
        assertThat(shape("mappings")).isEqualTo("scope:S");
        assertThat(shape("timeline")).isEqualTo("agentId:S at:S");
        assertThat(shape("control")).isEqualTo("key:S");
        assertThat(table("agents").billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
    }

    @Test
    void indexOnlyWhatIsAskedFor() {
        for (GlobalSecondaryIndexDescription index : table("agents").globalSecondaryIndexes()) {
            String[] shown = index.indexName().equals("pulse")
                    ? new String[] {"dueAt", "pulse"}
                    : new String[] {"status", "since", "view"};
            assertThat(index.projection().projectionType()).isEqualTo(ProjectionType.INCLUDE);
            assertThat(index.projection().nonKeyAttributes()).containsExactlyInAnyOrder(shown);
        }
    }

    @Test
    void forgetWhatHasExpired() {
        for (String table : List.of("timeline", "control")) {
            TimeToLiveDescription life = client.describeTimeToLive(describe -> describe.tableName(prefix + table))
                    .timeToLiveDescription();
            assertThat(life.timeToLiveStatus()).isEqualTo(TimeToLiveStatus.ENABLED);
            assertThat(life.attributeName()).isEqualTo("expiresAt");
        }
    }

    @Test
    void canBeMadeAgainAndKeepWhatTheyHold() {
        DynamoLocal.store(client, prefix, InstantSource.system(), StoreMeter.NONE)
                .identities()
                .put(Map.of("teams#1", "ada"));
        LocalTables.createMissing(client, prefix);
        assertThat(DynamoLocal.store(client, prefix, InstantSource.system(), StoreMeter.NONE)
                        .identities()
                        .agentOf("teams#1"))
                .contains("ada");
    }

    @Test
    void canBeMadeBySeveralAtOnce() throws Exception {
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                all.add(threads.submit(() -> LocalTables.createMissing(client, "crowd-")));
            }
        }
        for (Future<?> each : all) {
            each.get();
        }
        assertThat(client.listTables().tableNames()).contains("crowd-agents", "crowd-control");
    }

    private String shape(String name) {
        TableDescription table = table(name);
        String indexes = table.globalSecondaryIndexes().stream()
                .map(index -> " " + index.indexName() + "(" + keys(table, index.keySchema()) + ")")
                .sorted()
                .collect(Collectors.joining());
        return keys(table, table.keySchema()) + indexes;
    }

    private static String keys(TableDescription table, List<KeySchemaElement> keys) {
        return keys.stream()
                .map(key -> key.attributeName() + ":" + type(table, key.attributeName()))
                .collect(Collectors.joining(" "));
    }

    private static String type(TableDescription table, String attribute) {
        return table.attributeDefinitions().stream()
                .filter(definition -> definition.attributeName().equals(attribute))
                .map(definition -> definition.attributeTypeAsString())
                .collect(Collectors.joining());
    }

    private TableDescription table(String name) {
        return client.describeTable(describe -> describe.tableName(prefix + name))
                .table();
    }
}
