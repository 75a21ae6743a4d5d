package dev.lockstep.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.configured.Connection;
import dev.lockstep.configured.InMemoryConnections;
import dev.lockstep.directory.AgentLookup;
import dev.lockstep.intake.ForwardingIntake;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.protocol.delivery.Delivery;
import dev.lockstep.protocol.delivery.DeliveryLog;
import dev.lockstep.protocol.delivery.GivenDeliveryLog;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.EdgeInMemory;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.Requester;
import dev.lockstep.protocol.http.Supervision;
import dev.lockstep.store.InMemoryAgentStore;
import dev.lockstep.store.InMemoryIdentities;
import dev.lockstep.store.InMemoryTimeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionsApiTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final Requester MANAGER = holder(false, "a1", "Configuration.Manage");
    private static final Connection CRM =
            new Connection("crm", "webhook", List.of(), List.of(), Optional.empty(), List.of(), Optional.of("c3"));

    private final InMemoryAgentStore store = new InMemoryAgentStore();
    private final InMemoryConnections connections = new InMemoryConnections().with(CRM);
    private final DeliveryLog log = GivenDeliveryLog.in(() -> NOW);
    private final Api api = new Api(
            new AgentLookup(GivenPlatforms.CATALOGUE, store, new InMemoryIdentities()),
            store,
            store.views(),
            new InMemoryTimeline(Duration.ofDays(30), () -> NOW),
            new ForwardingIntake((agent, news) -> {
                throw new AssertionError("nothing was told");
            }),
            connections,
            new ObjectMapper(),
            Supervision.ofEverybody(),
            new ConnectionsApi(connections, log));

    private static Requester holder(boolean person, String id, String... roles) {
        return new Requester.Holder(person, id, "", Set.of(roles));
    }

    private HttpAnswer ask(Requester caller, String method, String path, String query) {
        HttpCall call = HttpCall.of(method, path, query, Map.of(), Body.EMPTY, NOW);
        return new EdgeInMemory().answer(api, call.withCaller(caller));
    }

    private HttpAnswer deliveries(Requester caller, String query) {
        return ask(caller, "GET", "/api/connections/crm/deliveries", query);
    }

    private void noted(int minutesAgo) {
        log.note(new Delivery(
                "crm",
                NOW.minus(Duration.ofMinutes(minutesAgo)),
                Delivery.Direction.OUT,
                Delivery.Verdict.FAILED,
                "prs_" + minutesAgo,
                Delivery.Purpose.EVENT,
                Optional.of(503),
                List.of("busy"),
                List.of("rita"),
                "the application answered 503",
                "",
                "",
                Duration.ofMillis(12)));
    }

    @Test
    void theLastCallsAreToldTheNewestFirst() throws Exception {
        noted(2);
        noted(1);

        JsonNode told = new ObjectMapper().readTree(deliveries(MANAGER, "").body());

        assertThat(told).hasSize(2);
        assertThat(told.get(0).path("id").asText()).isEqualTo("prs_1");
        assertThat(told.get(0).path("direction").asText()).isEqualTo("out");
        assertThat(told.get(0).path("verdict").asText()).isEqualTo("failed");
        assertThat(told.get(0).path("status").asInt()).isEqualTo(503);
        assertThat(told.get(0).path("agents").get(0).asText()).isEqualTo("rita");
        assertThat(told.get(0).path("whatToDo").isNull()).isTrue();
    }

    @Test
    void atMostSoManyAndFromATimeOn() {
        noted(2);
        noted(1);

        assertThat(deliveries(MANAGER, "limit=1").body()).contains("prs_1").doesNotContain("prs_2");
        assertThat(deliveries(MANAGER, "limit=5000").status()).isEqualTo(200);
        assertThat(deliveries(MANAGER, "from=2026-11-23T08:58:30Z").body()).doesNotContain("prs_2");
        assertThat(deliveries(MANAGER, "from=2027-11-23T08:58:30Z").body()).isEqualTo("[]");
        for (String wrong : List.of("limit=0", "limit=x", "from=yesterday", "before=1")) {
            assertThat(deliveries(MANAGER, wrong).status()).as(wrong).isEqualTo(400);
        }
    }

    @Test
    void anApplicationReadsItsOwnWithoutARole() {
        assertThat(deliveries(holder(false, "c3"), "").status()).isEqualTo(200);
        assertThat(deliveries(new Requester.Unasked(), "").status()).isEqualTo(200);
    }

    @Test
    void nobodyElseLearnsWhichConnectionsThereAre() {
        for (Requester other : List.of(
                holder(true, "c3"), holder(false, "d4", "Presence.Read", "Presence.Write", "Presence.Supervise"))) {
            HttpAnswer refused = deliveries(other, "");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body()).contains("Configuration.Manage");
            assertThat(ask(other, "GET", "/api/connections/none/deliveries", "").body())
                    .isEqualTo(refused.body());
        }
        assertThat(deliveries(new Requester.Unverified(), "").status()).isEqualTo(401);
    }

    @Test
    void anUnknownConnectionIsNotFound() {
        assertThat(ask(MANAGER, "GET", "/api/connections/none/deliveries", "").status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/connections",
                "/api/connections/crm",
                "/api/connections/crm/others",
                "/api/connections/crm/deliveries/1"
            })
    void nothingElseIsThere(String path) {
        assertThat(ask(MANAGER, "GET", path, "").status()).isEqualTo(404);
    }

    @Test
    void itIsRead() {
        assertThat(ask(MANAGER, "PUT", "/api/connections/crm/deliveries", "").status())
                .isEqualTo(405);
    }
}
