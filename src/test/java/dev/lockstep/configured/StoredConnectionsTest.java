package dev.lockstep.configured;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.concurrent.SettableClock;
import dev.lockstep.document.Diagnostic;
import dev.lockstep.store.InMemoryDocuments;
import dev.lockstep.store.StoreFaults;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredConnectionsTest {
    private static final Connection DESK =
            new Connection("Desk", "yealink", List.of("a", "b"), List.of(), Optional.empty(), List.of());
    private static final Connection CRM = new Connection(
            "crm",
            "webhook",
            List.of(),
            List.of("arn:x"),
            Optional.of(URI.create("https://crm.example.com/hook")),
            List.of("priority"));

    private final AtomicInteger reads = new AtomicInteger();
    private final InMemoryDocuments documents = new InMemoryDocuments(new StoreFaults() {
        @Override
        public void before(String call) {
            reads.incrementAndGet();
        }
    });
    private final SettableClock clock = new SettableClock();
    private final StoredConnections connections = new StoredConnections(documents, clock);

    private void store(Connection connection) {
        documents.put(Map.of(DocumentScopes.connection(connection.name()), connection.write()));
    }

    @Test
    void whatIsStoredIsReadBack() {
        store(DESK);
        store(CRM);
        assertThat(connections.named("desk")).contains(DESK);
        assertThat(connections.named("DESK")).contains(DESK);
        assertThat(connections.named("crm")).contains(CRM);
        assertThat(connections.all()).containsExactly(CRM, DESK);
        assertThat(connections.named("other")).isEmpty();
    }

    @Test
    void aNewConnectionIsKnownWithinAMinute() {
        assertThat(connections.named("desk")).isEmpty();
        assertThat(connections.all()).isEmpty();
        store(DESK);
        clock.advance(Duration.ofSeconds(29));
        assertThat(connections.named("desk")).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(connections.named("desk")).contains(DESK);
        assertThat(connections.all()).containsExactly(DESK);
    }

    @Test
    void oneThatWasBrokenByHandKeepsItsLastGoodFormAndIsTold() {
        store(DESK);
        assertThat(connections.named("desk")).contains(DESK);
        documents.put(Map.of("connection#desk", "{\"name\": 5", "connection#other", "[]"));
        clock.advance(Duration.ofMinutes(1));
        assertThat(connections.named("desk")).contains(DESK);
        assertThat(connections.named("other")).isEmpty();
        assertThat(connections.problems())
                .extracting(Diagnostic::scope)
                .containsExactlyInAnyOrder("connection#desk", "connection#other");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"system\": \"generic\"}",
                "{\"name\": \"desk\"}",
                "{\"name\": 5, \"system\": \"generic\"}",
                "{\"name\": \"desk\", \"system\": \"generic\", \"tokens\": [null]}",
                "{\"name\": \"desk\", \"system\": \"webhook\", \"url\": \"no url\"}",
                "null",
                ""
            })
    void onePartThatIsBrokenMakesItUnreadable(String text) {
        assertThat(Connection.read(text)).isEmpty();
    }

    @Test
    void whatANewerVersionAddsIsLeftOutAndWhatIsMissingIsEmpty() {
        assertThat(Connection.read("{\"name\": \"d\", \"system\": \"generic\", \"colour\": [1], \"teams\": null}"))
                .contains(new Connection("d", "generic", List.of(), List.of(), Optional.empty(), List.of()));
    }

    @Test
    void linesThatCannotBeReadAreLeftOut() {
        assertThat(Line.read("""
                [{"line": "1", "agent": "rita", "agentId": "rita", "colour": 1}, {"line": 2, "agent": "a", "agentId": "a"},
                 {"agent": "a", "agentId": "a"}, {"mac": "3"}, 4, null]""")).containsExactly(new Line(Optional.of("1"), Optional.empty(), "rita", "rita"));
        assertThat(Line.read("[{")).isEmpty();
    }

    @Test
    void namesThatDoNotExistFillNoMemory() {
        assertThat(connections.named("stranger")).isEmpty();
        assertThat(connections.named("stranger")).isEmpty();
        assertThat(reads).as("an answer is kept").hasValue(1);
        for (int i = 1; i <= 501; i++) {
            assertThat(connections.named("stranger" + i)).isEmpty();
        }
        assertThat(reads).hasValue(502);
        assertThat(connections.named("stranger")).isEmpty();
        assertThat(reads).as("and forgotten after 500 others").hasValue(503);
        store(DESK);
        assertThat(connections.named("desk")).contains(DESK);
    }
}
