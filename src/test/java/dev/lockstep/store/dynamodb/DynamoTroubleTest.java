package dev.lockstep.store.dynamodb;

import static dev.lockstep.store.AgentStoreContract.agent;
import static dev.lockstep.store.AgentStoreContract.news;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.AgentView;
import dev.lockstep.agent.Profile;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.AgentStore.Conflict;
import dev.lockstep.store.Documents;
import dev.lockstep.store.Identities;
import dev.lockstep.store.StoreUnavailable;
import dev.lockstep.store.dynamodb.TroubledDynamo.Trouble;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What the stores in DynamoDB make of a network and a service that fail. */
class DynamoTroubleTest {
    private static final StoreSettings PATIENT = CallLimits.of("60s", "30s");
    private static final StoreSettings HASTY = CallLimits.of("700ms", "200ms");

    private final String prefix = DynamoLocal.freshTables();
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private TroubledDynamo troubled;
    private DynamoDbClient client;

    @BeforeEach
    void open() throws IOException {
        troubled = new TroubledDynamo();
    }

    @AfterEach
    void close() {
        client.close();
        troubled.close();
    }

    @Test
    void anUnansweredCallEndsInTime() throws Conflict {
        AgentStore direct = store(DynamoLocal.client(), prefix).agents();
        direct.save(agent("ada"));
        AgentStore agents = through(HASTY).agents();
        troubled.next(Trouble.HANG, Trouble.HANG, Trouble.HANG, Trouble.HANG, Trouble.HANG, Trouble.HANG);
        long start = System.nanoTime();
        assertThatThrownBy(() -> agents.load("ada")).isInstanceOf(StoreUnavailable.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aBrokenServiceIsUnavailable() {
        DynamoStore store = through(PATIENT);
        for (Runnable call : everyCall(store)) {
            troubled.next(Trouble.BREAK, Trouble.BREAK, Trouble.BREAK);
            assertThatThrownBy(call::run).isInstanceOf(StoreUnavailable.class);
        }
    }

    @Test
    void aServiceThatAsksToWaitIsUnavailable() {
        DynamoStore store = through(PATIENT);
        troubled.next(Trouble.THROTTLE, Trouble.THROTTLE, Trouble.THROTTLE);
        assertThatThrownBy(() -> store.agents().load("ada"))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessage("agents: ProvisionedThroughputExceededException");
    }

    @Test
    void aServiceThatIsNotThereIsUnavailable() {
        client =
                StoreClient.of(DynamoLocal.clientTo(URI.create("http://localhost:1")), PATIENT, InstantSource.system());
        assertThatThrownBy(() -> store(client, prefix).agents().append("ada", List.of(news(1))))
                .isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void aTableThatIsNotThereIsUnavailable() {
        client = StoreClient.of(DynamoLocal.clientTo(DynamoLocal.url()), PATIENT, InstantSource.system());
        assertThatThrownBy(() -> store(client, "nowhere-").agents().load("ada"))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessage("agents: ResourceNotFoundException");
    }

    @Test
    void oneFailureIsRetried() throws Conflict {
        AgentStore agents = through(PATIENT).agents();
        troubled.next(Trouble.BREAK, Trouble.THROTTLE);
        AgentState saved = agents.save(agent("ada"));
        troubled.next(Trouble.THROTTLE);
        assertThat(agents.load("ada")).contains(saved);
    }

    @Test
    void aSaveWhoseAnswerWasLostIsKnownForOurOwn() throws Conflict {
        AgentStore agents = through(PATIENT).agents();
        troubled.next(Trouble.LOSE_THE_ANSWER);
        AgentState saved = agents.save(agent("ada"));
        assertThat(saved.version()).isEqualTo(1);
        assertThat(agents.load("ada")).contains(saved);
        assertThat(agents.save(saved).version()).isEqualTo(2);
    }

    @Test
    void intentsWhoseAnswerWasLostAreKnownForOurOwn() throws Conflict {
        AgentStore agents = through(PATIENT).agents();
        AgentState first = agents.save(agent("ada"));
        troubled.next(Trouble.LOSE_THE_ANSWER);
        AgentState saved = agents.saveIntents(first);
        assertThat(saved.version()).isEqualTo(2);
        assertThat(agents.load("ada")).contains(saved);
    }

    /** The index is charged for each change of what it shows. */
    @Test
    void whatTheBoardShowsStaysUntilWhatWasIntendedIsDone() throws Conflict {
        DynamoStore store = through(PATIENT);
        AgentState first = store.agents().save(agent("ada"));
        AgentState renamed = first.with(new Profile("Ada L.", "", Map.of()));
        AgentState intended = store.agents().saveIntents(renamed);
        assertThat(store.views().all(agentId -> {}))
                .extracting(AgentView::name)
                .containsExactly(first.profile().name());
        store.agents().save(intended);
        assertThat(store.views().all(agentId -> {})).extracting(AgentView::name).containsExactly("Ada L.");
    }

    @Test
    void newsThatComesWhileTheAnswerIsLostIsStillSeen() throws Conflict {
        AgentStore agents = through(PATIENT).agents();
        AgentStore others = store(DynamoLocal.client(), prefix).agents();
        troubled.next(Trouble.loseTheAnswerAfter(() -> others.append("ada", List.of(news(1)))));
        AgentState saved = agents.save(agent("ada"));
        assertThat(saved.inbox()).isEmpty();
        Conflict conflict = catchThrowableOfType(Conflict.class, () -> agents.save(saved));
        assertThat(conflict.stored().orElseThrow().inbox()).containsExactly(news(1));
    }

    @Test
    void somebodyElsesSaveIsNotTakenForOurOwn() throws Conflict {
        AgentStore agents = through(PATIENT).agents();
        AgentState first = agents.save(agent("ada"));
        AgentStore others = store(DynamoLocal.client(), prefix).agents();
        troubled.next((exchange, body, dynamo) -> {
            saveAs(others, first);
            exchange.close();
        });
        assertThatThrownBy(() -> agents.save(first)).isInstanceOf(Conflict.class);
    }

    @Test
    void anAppendWhoseAnswerWasLostIsNotLost() throws Conflict {
        AgentStore agents = through(PATIENT).agents();
        agents.save(agent("ada"));
        troubled.next(Trouble.LOSE_THE_ANSWER);
        assertThat(agents.append("ada", List.of(news(1)))).isTrue();
        assertThat(agents.load("ada").orElseThrow().inbox()).containsOnly(news(1));
    }

    @Test
    void documentsAreChangedOnceEvenIfTheAnswerWasLost() {
        Documents documents = through(PATIENT).documents();
        troubled.next(Trouble.LOSE_THE_ANSWER);
        documents.put(Map.of("default", "a"));
        assertThat(documents.all()).isEqualTo(Map.of("default", "a"));
    }

    @Test
    void whatABatchLeavesOutIsPutOneByOne() {
        Identities identities = through(PATIENT).identities();
        troubled.next(Trouble.handBack("UnprocessedItems"));
        identities.put(Map.of("teams#1", "ada", "teams#2", "bob"));
        assertThat(identities.agentOf("teams#1")).contains("ada");
        assertThat(identities.agentOf("teams#2")).contains("bob");

        assertThat(calls.stream().filter("write identities"::equals)).hasSize(3);
    }

    @Test
    void anItemThatCannotBeReadHidesNobodyElse() throws Conflict {
        DynamoStore store = through(PATIENT);
        AgentState bob = store.agents().save(agent("bob"));
        store.agents().save(agent("ada"));
        spoil("ada");
        assertThat(store.agents().all()).containsExactly(bob);
        assertThatThrownBy(() -> store.agents().load("ada")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anItemWithoutAFormCannotBeReadAndHidesNobodyElse() throws Conflict {
        DynamoStore store = through(PATIENT);
        AgentState bob = store.agents().save(agent("bob"));
        store.agents().save(agent("ada"));
        change("ada", "REMOVE #name", "form", Map.of());
        assertThat(store.agents().all()).containsExactly(bob);
        assertThatThrownBy(() -> store.agents().load("ada")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whateverIsWrongWithAnItemItHidesNobodyElseAndIsTold() throws Conflict {
        DynamoStore store = through(PATIENT);
        AgentState bob = store.agents().save(agent("bob"));
        store.agents().save(agent("ada"));
        store.agents().save(agent("eve"));
        change("ada", "SET #name = :text", "since", Map.of(":text", Attributes.text("yesterday")));
        change("ada", "SET #name = :text", "version", Map.of(":text", Attributes.text("three")));
        change(
                "eve",
                "SET #name = :text",
                "inbox",
                Map.of(":text", AttributeValue.fromL(List.of(AttributeValue.fromN("1")))));
        List<String> unreadable = new ArrayList<>();

        assertThat(store.agents().all()).containsExactly(bob);
        assertThat(store.views().all(unreadable::add).map(AgentView::agentId)).containsExactlyInAnyOrder("bob", "eve");
        assertThat(store.views().ofTeam("", unreadable::add).map(AgentView::agentId))
                .containsExactlyInAnyOrder("bob", "eve");
        assertThat(unreadable).containsExactly("ada", "ada");
    }

    @Test
    void aViewThatCannotBeReadHidesNobodyElse() throws Conflict {
        DynamoStore store = through(PATIENT);
        store.agents().save(agent("bob"));
        store.agents().save(agent("ada"));
        String view = "{\"platforms\":{\"teams\":{\"condition\":\"UNHEARD_OF\",\"message\":\"\"}}}";
        change("ada", "SET #name = :text", "view", Map.of(":text", Attributes.text(view)));
        assertThat(store.views().all(agentId -> {}).map(AgentView::agentId)).containsExactly("bob");
        assertThat(store.views().ofTeam("", agentId -> {}).map(AgentView::agentId))
                .containsExactly("bob");
    }

    @Test
    void countsEveryCall() throws Conflict {
        DynamoStore store = through(PATIENT);
        AgentState saved = store.agents().save(agent("ada"));
        store.agents().load("ada");
        store.agents().append("ada", List.of(news(1)));
        assertThatThrownBy(() -> store.agents().save(saved)).isInstanceOf(Conflict.class);
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 30; i++) {
            many.put("teams#" + i, "ada");
        }
        store.identities().put(many);
        store.documents().put(Map.of("default", "a", "team#x", "b"));
        store.documents().get("default");
        store.control().add("count", 1, Optional.empty());
        assertThat(calls)
                .containsExactly(
                        "write agents",
                        "read agents",
                        "write agents",
                        "write agents",
                        "write identities",
                        "write identities",
                        "write mappings",
                        "read mappings",
                        "write control");
    }

    @Test
    void readsPageByPageAndOnlyAsFarAsIsAsked() throws Conflict {
        DynamoStore store = through(PATIENT);
        for (int i = 0; i < 6; i++) {
            store.agents().save(agent("agent-" + i).with(new Profile("Big", "", Map.of("teams", incompressible(i)))));
        }
        calls.clear();
        assertThat(store.agents().all().limit(1)).hasSize(1);
        assertThat(calls).containsExactly("read agents");
        assertThat(store.agents().all().map(AgentState::agentId)).hasSize(6).doesNotHaveDuplicates();
        assertThat(calls).containsExactly("read agents", "read agents", "read agents");
        assertThat(store.views().ofTeam("", agentId -> {})).hasSize(6);
    }

    private static String incompressible(long seed) {
        byte[] bytes = new byte[110_000];
        new Random(seed).nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Test
    void readsEverybodysPulseShardByShard() throws Conflict {
        DynamoStore store = through(PATIENT);
        for (int i = 0; i < 40; i++) {
            store.agents().save(agent("agent-" + i));
        }
        calls.clear();
        assertThat(store.agents().shards().stream().flatMap(store.agents()::pulses))
                .hasSize(40);
        assertThat(calls).hasSize(16).containsOnly("read agents");
    }

    private List<Runnable> everyCall(DynamoStore store) {
        return List.of(
                () -> store.agents().load("ada"),
                () -> saveAs(store.agents(), agent("ada")),
                () -> store.agents().append("ada", List.of()),
                () -> store.agents().pulses("0").forEach(each -> {}),
                () -> store.agents().unlisted().forEach(each -> {}),
                () -> store.agents().loadAll(List.of("ada"), each -> {}).forEach(each -> {}),
                () -> store.agents().all().forEach(each -> {}),
                () -> store.views().ofTeam("", agentId -> {}).forEach(each -> {}),
                () -> store.agents().remove("ada"),
                () -> store.views().all(agentId -> {}).forEach(each -> {}),
                () -> store.identities().agentOf("teams#1"),
                () -> store.identities().put(Map.of("teams#1", "ada")),
                () -> store.timeline().of("ada", Instant.EPOCH, 1),
                () -> store.documents().all(),
                () -> store.documents().put(Map.of("default", "a")),
                () -> store.control().get("mode"),
                () -> store.control().add("count", 1, Optional.empty()),
                () -> store.control().reserve("line", 1, 2));
    }

    private static void saveAs(AgentStore store, AgentState state) {
        try {
            store.save(state);
        } catch (Conflict faster) {
            throw new AssertionError(faster);
        }
    }

    private void spoil(String agentId) {
        change(
                agentId,
                "SET #name = :text",
                "state",
                Map.of(":text", Attributes.bytes(new PackedText().pack("{\"situation\":3}"))));
    }

    private void change(String agentId, String expression, String attribute, Map<String, AttributeValue> values) {
        DynamoLocal.client().updateItem(update -> {
            update.tableName(prefix + "agents")
                    .key(AgentItem.key(agentId))
                    .updateExpression(expression)
                    .expressionAttributeNames(Map.of("#name", attribute));
            if (!values.isEmpty()) {
                update.expressionAttributeValues(values);
            }
        });
    }

    private DynamoStore through(StoreSettings limits) {
        client = StoreClient.of(DynamoLocal.clientTo(troubled.url()), limits, InstantSource.system());
        return store(client, prefix);
    }

    private DynamoStore store(DynamoDbClient to, String tables) {
        return DynamoLocal.store(to, tables, InstantSource.system(), new StoreMeter() {
            @Override
            public void read(String table) {
                calls.add("read " + table);
            }

            @Override
            public void write(String table) {
                calls.add("write " + table);
            }
        });
    }
}
