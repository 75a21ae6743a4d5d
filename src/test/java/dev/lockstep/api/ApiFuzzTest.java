package dev.lockstep.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.configured.InMemoryConnections;
import dev.lockstep.directory.AgentLookup;
import dev.lockstep.fuzz.Fuzz;
import dev.lockstep.intake.ForwardingIntake;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.presence.Decider;
import dev.lockstep.presence.Policy;
import dev.lockstep.presence.Situation;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.EdgeInMemory;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.Supervision;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.InMemoryAgentStore;
import dev.lockstep.store.InMemoryIdentities;
import dev.lockstep.store.InMemoryTimeline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests of applications, damaged: each is answered as documented, and what is told can be decided from. */
class ApiFuzzTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final String FACT =
            "{\"status\":\"onACall\",\"source\":\"crm\",\"kind\":\"fact\",\"until\":\"2026-11-23T17:00:00+01:00\"}";

    private final JsonMapper json = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();
    private final InMemoryAgentStore store = new InMemoryAgentStore();
    private final AgentLookup lookup = new AgentLookup(GivenPlatforms.CATALOGUE, store, new InMemoryIdentities());
    private final InMemoryTimeline timeline = new InMemoryTimeline(Duration.ofDays(30), () -> NOW);
    private final EdgeInMemory edge = EdgeInMemory.ofAnyCalls();
    private final Api api = new Api(
            lookup,
            store,
            store.views(),
            timeline,
            new ForwardingIntake(this::record),
            new InMemoryConnections(),
            json,
            Supervision.ofEverybody(),
            GivenConnectionsApi.unasked(
                    new InMemoryConnections(),
                    new AgentLookup(GivenPlatforms.CATALOGUE, store, new InMemoryIdentities()),
                    () -> NOW));
    private Situation situation = Situation.unknown();

    @BeforeEach
    void hire() throws AgentStore.Conflict {
        store.save(AgentState.of("rita", new Profile("Rita", "priority", Map.of())));
    }

    private void record(String agentId, List<Evidence> news) {
        assertThat(agentId).isEqualTo("rita");
        assertThat(news.toString()).as("what is kept").hasSizeLessThan(1_000);
        for (Evidence item : news) {
            situation = situation.fold(((Evidence.Reported) item).signal());
        }
        new Decider(Policy.DEFAULT).decide(situation, NOW);
    }

    private int ask(String method, String path, String query, byte[] body) throws Exception {
        HttpAnswer answer = edge.answer(api, HttpCall.of(method, path, query, Map.of(), Body.of(body), NOW));
        assertThat(json.readTree(answer.body()).isContainerNode()).isTrue();
        assertThat(answer.body()).as("an answer repeats nothing that was sent").hasSizeLessThan(2_000);
        return answer.status();
    }

    @Test
    void everyDamagedStatusIsTakenOrRefused() {
        List<byte[]> bodies = List.of(
                FACT.getBytes(StandardCharsets.UTF_8),
                "{\"status\":\"busy\",\"source\":\"crm\"}".getBytes(StandardCharsets.UTF_8));
        Fuzz.bytes(
                bodies,
                (damaged, random) -> assertThat(ask("PUT", "/api/agents/rita/status", "", damaged))
                        .isIn(200, 400, 422));
        assertThat(situation.facts().known()).isNotEmpty();
    }

    @Test
    void everyDamagedPathOrQueryIsAnswered() {
        List<String> requests = List.of(
                "GET /api/agents?team=priority&limit=5&nextToken=a",
                "GET /api/agents/rita?",
                "GET /api/agents/rita%40contoso.com?",
                "GET /api/agents/rita/timeline?from=2026-11-22T08:00:00Z&limit=10",
                "GET /api/agents/rita/timeline?from=%2B1000000000-01-01T00:00:00Z",
                "GET /api/agents/rita/explain?",
                "DELETE /api/agents/rita/status?source=crm");
        Fuzz.texts(requests, (damaged, random) -> {
            String[] parts = (damaged + "  ").split("[ ?]", 3);
            assertThat(ask(parts[0], parts[1], parts[2], new byte[0])).isIn(200, 400, 404, 405);
        });
    }

    @Test
    void nothingButDepthIsRefusedAtAnySizeThatIsRead() {
        for (int size : List.of(8_200, HttpCall.MAX_BYTES)) {
            Fuzz.depths("{\"status\":", "}", size)
                    .forEach(body -> assertThat(edge.answer(
                                            api,
                                            HttpCall.of(
                                                    "PUT", "/api/agents/rita/status", "", Map.of(), Body.of(body), NOW))
                                    .status())
                            .isEqualTo(400));
        }
    }
}
