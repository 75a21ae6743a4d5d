package dev.lockstep.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.configured.Connection;
import dev.lockstep.configured.InMemoryConnections;
import dev.lockstep.directory.AgentLookup;
import dev.lockstep.intake.ForwardingIntake;
import dev.lockstep.local.application.ThirdPartyApplication;
import dev.lockstep.local.server.ServerFaults;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.Status;
import dev.lockstep.protocol.delivery.Delivery;
import dev.lockstep.protocol.delivery.DeliveryLog;
import dev.lockstep.protocol.delivery.GivenDeliveryLog;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.EdgeInMemory;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.Requester;
import dev.lockstep.protocol.http.Supervision;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.InMemoryAgentStore;
import dev.lockstep.store.InMemoryIdentities;
import dev.lockstep.store.InMemoryTimeline;
import dev.lockstep.sync.WriteModes;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionsApiTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final Requester MANAGER = holder(false, "a1", "Configuration.Manage");
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private final ThirdPartyApplication application = ThirdPartyApplication.start(
            0,
            new ServerFaults(new SplittableRandom(1)),
            List.of(SECRET),
            HttpClient.newHttpClient(),
            InstantSource.fixed(NOW));
    private final Connection crm = new Connection(
            "crm",
            "webhook",
            List.of(),
            List.of(SECRET),
            Optional.of(URI.create(application.webhookUrl())),
            List.of("priority"),
            Optional.of("c3"));
    private WriteModes.Mode mode = WriteModes.Mode.ON;
    private final InMemoryAgentStore store = new InMemoryAgentStore();
    private final InMemoryConnections connections = new InMemoryConnections()
            .with(crm)
            .with(new Connection("pbx", "generic", List.of(), List.of(SECRET), Optional.empty(), List.of()));
    private final DeliveryLog log = GivenDeliveryLog.in(() -> NOW);
    private final AgentLookup lookup = new AgentLookup(GivenPlatforms.CATALOGUE, store, new InMemoryIdentities());
    private final Api api = new Api(
            lookup,
            store,
            store.views(),
            new InMemoryTimeline(Duration.ofDays(30), () -> NOW),
            new ForwardingIntake((agent, news) -> {
                throw new AssertionError("nothing was told");
            }),
            connections,
            new ObjectMapper(),
            Supervision.ofEverybody(),
            GivenConnectionsApi.of(connections, log, lookup, (subject, platform) -> mode, () -> NOW));

    @BeforeEach
    void hire() throws AgentStore.Conflict {
        store.save(AgentState.of("rita", new Profile("Rita Rep", "priority", Map.of()))
                .with("application:crm", Standing.NEW.wanting(Optional.of(Status.ON_A_CALL))));
        store.save(AgentState.of("zoe", new Profile("Zoe", "", Map.of())));
    }

    @AfterEach
    void stop() {
        application.close();
    }

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

    private JsonNode post(String what, String query) throws Exception {
        HttpAnswer answer = ask(MANAGER, "POST", "/api/connections/" + what, query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    private void refused(int status, String what, String query, String why) {
        HttpAnswer answer = ask(MANAGER, "POST", "/api/connections/" + what, query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(why);
    }

    @Test
    void aTestEventIsTakenIgnoredAndNoted() throws Exception {
        JsonNode told = post("crm/test", "");

        assertThat(told.path("verdict").asText()).isEqualTo("delivered");
        assertThat(told.path("purpose").asText()).isEqualTo("test");
        assertThat(told.path("id").asText()).startsWith("tst_");
        assertThat(told.path("by").asText()).isEqualTo("app:a1");
        assertThat(application.ignored()).isEqualTo(1);
        assertThat(application.refused()).isZero();
        assertThat(deliveries(MANAGER, "").body()).contains(told.path("id").asText());
    }

    @Test
    void aTestEventThatIsNotTakenSaysWhy() throws Exception {
        connections.with(new Connection(
                "crm",
                "webhook",
                List.of(),
                List.of("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="),
                crm.url(),
                List.of()));

        JsonNode told = post("crm/test", "");

        assertThat(told.path("verdict").asText()).isEqualTo("failed");
        assertThat(told.path("status").asInt()).isEqualTo(401);
        assertThat(told.path("why").asText()).contains("compare the signing secrets");
    }

    @Test
    void whoEndedTheSubscriptionIsToldAgainAfterATestEvent() throws Exception {
        application.unsubscribe();
        assertThat(post("crm/test", "").path("status").asInt()).isEqualTo(410);
        refused(409, "crm/replay", "agent=rita", "410");

        application.subscribe();
        assertThat(post("crm/test", "").path("verdict").asText()).isEqualTo("delivered");

        assertThat(post("crm/replay", "agent=rita").path("verdict").asText()).isEqualTo("delivered");
    }

    @Test
    void aReplayTellsThePresentStatusAsANewEvent() throws Exception {
        JsonNode told = post("crm/replay", "agent=rita");

        assertThat(told.path("purpose").asText()).isEqualTo("replay");
        assertThat(told.path("understood").get(0).asText()).isEqualTo("onACall");
        assertThat(told.path("id").asText()).startsWith("prs_");
        assertThat(application.agent("rita").orElseThrow().status()).isEqualTo("onACall");
        assertThat(application.agent("rita").orElseThrow().since()).isEqualTo(NOW);
    }

    @Test
    void aReplayKeepsToWhatEveryOtherMessageKeepsTo() {
        refused(409, "crm/replay", "agent=zoe", "other teams");
        refused(404, "crm/replay", "agent=nobody", "no agent");
        refused(400, "crm/replay", "", "agent is missing");
        refused(400, "crm/replay", "agents=rita", "agents");
        mode = WriteModes.Mode.OBSERVE;
        refused(409, "crm/replay", "agent=rita", "mode of operation");
        assertThat(application.agent("rita")).isEmpty();
    }

    @Test
    void whoCallsUsIsSentNothing() {
        refused(409, "pbx/test", "", "dryRun=true");
        refused(409, "pbx/replay", "agent=rita", "calls us");
        assertThat(ask(MANAGER, "GET", "/api/connections/crm/test", "").status())
                .isEqualTo(405);
    }

    @Test
    void anApplicationTestsItsOwnConnection() {
        assertThat(ask(holder(false, "c3"), "POST", "/api/connections/crm/test", "")
                        .status())
                .isEqualTo(200);
        assertThat(ask(holder(false, "d4", "Presence.Read"), "POST", "/api/connections/crm/test", "")
                        .status())
                .isEqualTo(403);
    }
}
