package dev.lockstep.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.configured.InMemoryConnections;
import dev.lockstep.directory.AgentLookup;
import dev.lockstep.intake.ForwardingIntake;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.Decider;
import dev.lockstep.presence.Policy;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.presence.Status;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.EdgeInMemory;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.Supervision;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.Identities;
import dev.lockstep.store.InMemoryAgentStore;
import dev.lockstep.store.InMemoryIdentities;
import dev.lockstep.store.InMemoryTimeline;
import dev.lockstep.store.StoreFaults;
import dev.lockstep.store.StoreUnavailable;
import dev.lockstep.store.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final String SYSTEM_USER = "11111111-0000-4000-8000-000000000001";
    private static final String ENTRA = "22222222-0000-4000-8000-000000000001";

    private final JsonMapper json = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();
    private boolean down;
    private final List<String> storeCalls = new ArrayList<>();
    private final StoreFaults faults = new StoreFaults() {
        @Override
        public void before(String call) {
            storeCalls.add(call);
            if (down) {
                throw new StoreUnavailable("down", null);
            }
        }
    };
    private final InMemoryAgentStore store = new InMemoryAgentStore(faults);
    private final InMemoryIdentities identities = new InMemoryIdentities();
    private final InMemoryTimeline timeline = new InMemoryTimeline(Duration.ofDays(30), () -> NOW);
    private final List<Signal> told = new ArrayList<>();
    private final EdgeInMemory edge = new EdgeInMemory();
    private final ForwardingIntake intake = new ForwardingIntake(this::record);
    private final Api api = new Api(
            new AgentLookup(GivenPlatforms.CATALOGUE, store, identities),
            store,
            store.views(),
            timeline,
            intake,
            new InMemoryConnections(),
            json,
            Supervision.ofEverybody(),
            GivenConnectionsApi.unasked(
                    new InMemoryConnections(),
                    new AgentLookup(GivenPlatforms.CATALOGUE, store, new InMemoryIdentities()),
                    () -> NOW));

    @BeforeEach
    void hire() throws AgentStore.Conflict {
        for (String agentId : List.of("rita", "anna", "zoe")) {
            String team = agentId.equals("zoe") ? "" : "priority";
            store.save(AgentState.of(agentId, new Profile("The " + agentId, team, Map.of())));
        }
        identities.put(Map.of(Identities.of("dynamics", SYSTEM_USER), "rita"));
        identities.put(Map.of(Identities.of("teams", ENTRA), "rita"));
        identities.put(Map.of(Identities.of("upn", "rita@contoso.com"), "rita"));
    }

    /** Folds and decides as the synchroniser would. */
    private void record(String agentId, List<Evidence> news) {
        try {
            AgentState state = store.load(agentId).orElseThrow();
            Situation situation = state.situation();
            for (Evidence item : news) {
                Signal signal = ((Evidence.Reported) item).signal();
                told.add(signal);
                situation = situation.fold(signal);
            }
            Standing standing = Standing.NEW.wanting(Optional.of(Status.BUSY)).in(Condition.PENDING, "being written");
            store.save(state.with(situation)
                    .with("teams", standing)
                    .deciding(new Decider(Policy.DEFAULT).decide(situation, NOW), NOW));
        } catch (AgentStore.Conflict e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpAnswer ask(String method, String path, String query, String body) {
        Instant at = method.equals("DELETE") ? NOW.plusMillis(1) : NOW;
        return edge.answer(api, HttpCall.of(method, path, query, Map.of(), Body.of(body), at));
    }

    private HttpAnswer get(String path) {
        return ask("GET", path, "", "");
    }

    private HttpAnswer put(String body) {
        return ask("PUT", "/api/agents/rita/status", "", body);
    }

    private JsonNode read(HttpAnswer answer) {
        try {
            return json.readTree(answer.body());
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    private void assertProblem(HttpAnswer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        JsonNode problem = read(answer);
        assertThat(problem.path("status").intValue()).isEqualTo(status);
        assertThat(problem.path("type").asText()).isEqualTo("about:blank");
        assertThat(problem.path("title").asText()).isNotBlank();
        assertThat(problem.path("detail").asText()).isNotBlank();
    }

    @Test
    void anAgentIsShownAsTheContractSays() {
        put("{\"status\":\"busy\",\"source\":\"crm\"}");
        JsonNode rita = read(get("/api/agents/rita"));

        assertThat(rita.path("agentId").asText()).isEqualTo("rita");
        assertThat(rita.path("name").asText()).isEqualTo("The rita");
        assertThat(rita.path("team").asText()).isEqualTo("priority");
        assertThat(rita.path("status").asText()).isEqualTo("busy");
        assertThat(rita.path("since").asText()).isEqualTo(NOW.toString());
        assertThat(rita.path("because").get(0).asText()).isEqualTo("chosen in application:crm");
        assertThat(rita.at("/platforms/teams/wanted").asText()).isEqualTo("busy");
        assertThat(rita.at("/platforms/teams/observed").isNull()).isTrue();
        assertThat(rita.at("/platforms/teams/condition").asText()).isEqualTo("Pending");
    }

    @Test
    void whoWasNeverSeenIsOfflineAndWithoutATeamThereIsNull() {
        JsonNode zoe = read(get("/api/agents/zoe"));

        assertThat(zoe.path("status").asText()).isEqualTo("offline");
        assertThat(zoe.get("team").isNull()).isTrue();
        assertThat(zoe.path("because").path(0).asText()).isEqualTo("signed out: not seen signed in so far");
    }

    @Test
    void nobodyMakesSomebodyAvailableWhoIsSignedOut() {
        record("rita", List.of(new Evidence.Reported(new Signal.SignedOut(Source.DYNAMICS, SourceTime.at(NOW), NOW))));

        JsonNode answer = read(put("{\"status\":\"available\",\"source\":\"crm\"}"));

        assertThat(answer.path("status").asText()).isEqualTo("offline");
        assertThat(answer.path("because").path(0).asText()).isEqualTo("signed out");
        assertThat(answer.path("remark").asText()).isEqualTo("recorded; available counts once the agent signs in");
        JsonNode explained = read(get("/api/agents/rita/explain"));
        assertThat(explained.path("status").asText()).isEqualTo("offline");
        assertThat(explained.path("because").path(0).toString())
                .isEqualTo("{\"kind\":\"SIGNED_OUT\",\"source\":\"dynamics\",\"status\":\"offline\",\"since\":\"" + NOW
                        + "\",\"text\":\"signed out\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rita",
                "RITA",
                "rita@contoso.com",
                "Rita%40Contoso.com",
                SYSTEM_USER,
                ENTRA,
                "dynamics%23" + SYSTEM_USER,
                "teams%23" + ENTRA
            })
    void anyOfTheAgentsNamesIsUnderstood(String name) {
        HttpAnswer answer = get("/api/agents/" + name);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(read(answer).path("agentId").asText()).isEqualTo("rita");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/agents/nobody, 404",
        "GET, /api/agents/nobody/explain, 404",
        "PUT, /api/agents/nobody/status, 404",
        "GET, /api/agents/%zz, 404",
        "GET, /api/elsewhere, 404",
        "GET, /api, 404",
        "GET, /api/agents/rita/elsewhere, 404",
        "GET, /api/agents/rita/status/more, 404",
        "POST, /api/agents, 405",
        "DELETE, /api/agents/rita, 405",
        "POST, /api/agents/rita/status, 405",
        "GET, /api/agents/rita/status, 405",
        "PUT, /api/agents/rita/timeline, 405",
        "PUT, /api/agents/rita/explain, 405"
    })
    void whatIsNotThereIsAProblem(String method, String path, int status) {
        assertProblem(ask(method, path, "", "{}"), status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "\"busy\"",
                "{",
                "{}",
                "{\"status\":\"busy\"}",
                "{\"status\":1,\"source\":\"crm\"}",
                "{\"status\":\"busy\",\"source\":\"\"}",
                "{\"status\":\"busy\",\"source\":\"../crm\"}",
                "{\"status\":\"busy\",\"source\":\"crm\",\"until\":\"tomorrow\"}",
                "{\"status\":\"busy\",\"source\":\"crm\",\"until\":\"2026-11-23T09:00:00Z\"}",
                "{\"status\":\"busy\",\"source\":\"crm\",\"kind\":\"fact\"}",
                "{\"status\":\"busy\",\"source\":\"crm\",\"kind\":\"rumour\"}",
                "{\"status\":\"busy\",\"source\":\"crm\",\"expires\":\"2026-11-23T19:00:00Z\"}",
                "{\"status\":\"busy\",\"source\":\"crm\",\"reason\":\"audit\"}"
            })
    void whatCannotBeMeantIsRefused(String body) {
        assertProblem(put(body), 400);
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/agents, status=busy",
        "GET, /api/agents, Team=priority",
        "GET, /api/agents/rita, team=priority",
        "GET, /api/agents/rita/explain, verbose=1",
        "GET, /api/agents/rita/timeline, to=2026-11-22T08:00:00Z",
        "PUT, /api/agents/rita/status, source=crm",
        "DELETE, /api/agents/rita/status, kind=fact"
    })
    void aParameterThatNobodyKnowsIsRefusedByName(String method, String path, String query) {
        HttpAnswer answer = ask(method, path, query, "{\"status\":\"busy\",\"source\":\"crm\"}");

        assertProblem(answer, 400);
        assertThat(read(answer).path("detail").asText()).contains(query.split("=")[0]);
        assertThat(told).isEmpty();
    }

    @Test
    void aMemberThatNobodyKnowsIsNamed() {
        HttpAnswer answer = put("{\"status\":\"busy\",\"source\":\"crm\",\"exp\u20acires\":1}");

        assertThat(read(answer).path("detail").asText())
                .isEqualTo("the member exp?ires is not known here; known are status, source, until, kind");
    }

    @Test
    void aTokenThatNoPageNamedIsRefused() {
        assertProblem(ask("GET", "/api/agents", "nextToken=r%C3%AFta", ""), 400);
    }

    @Test
    void anUnknownStatusNamesTheKnownOnes() {
        HttpAnswer answer = put("{\"status\":\"lunch\",\"source\":\"crm\"}");

        assertProblem(answer, 422);
        assertThat(read(answer).path("detail").asText()).contains("onACall").contains("offline");
    }

    /** Programs write a blank so. */
    @ParameterizedTest
    @ValueSource(strings = {"team=Front+Office", "team=Front%20Office"})
    void aTeamsNameMayHoldABlank(String query) throws AgentStore.Conflict {
        store.save(AgentState.of("vic", new Profile("Vic", "Front Office", Map.of())));

        assertThat(read(ask("GET", "/api/agents", query, "")).findValuesAsText("agentId"))
                .containsExactly("vic");
    }

    @Test
    void whatIsTooLargeIsRefused() {
        assertProblem(put("{\"status\":\"" + "x".repeat(256 * 1024) + "\"}"), 413);
    }

    @Test
    void aChoiceAndAFactAreRecordedAsSuch() {
        put("{\"status\":\"away\",\"source\":\"crm\"}");
        put("{\"status\":\"onACall\",\"source\":\"dialer\",\"kind\":\"fact\",\"until\":\"2026-11-23T11:00:00+01:00\"}");

        assertThat(told.get(0)).isInstanceOfSatisfying(Signal.Choice.class, choice -> {
            assertThat(choice.source()).isEqualTo(Source.application("crm"));
            assertThat(choice.status()).isEqualTo(Status.AWAY);
            assertThat(choice.until()).isEmpty();
        });
        assertThat(told.get(1)).isInstanceOfSatisfying(Signal.Fact.class, fact -> {
            assertThat(fact.status()).isEqualTo(Status.ON_A_CALL);
            assertThat(fact.until()).contains(Instant.parse("2026-11-23T10:00:00Z"));
        });
        assertThat(read(get("/api/agents/rita")).path("status").asText()).isEqualTo("onACall");
    }

    @Test
    void whatAnApplicationSaidCanBeTakenBackByItselfOrForAll() {
        put("{\"status\":\"busy\",\"source\":\"crm\"}");
        put("{\"status\":\"onACall\",\"source\":\"dialer\",\"kind\":\"fact\",\"until\":\"2026-11-23T10:00:00Z\"}");

        HttpAnswer one = ask("DELETE", "/api/agents/rita/status", "source=dialer", "");
        assertThat(read(one).path("status").asText()).isEqualTo("busy");
        HttpAnswer all = ask("DELETE", "/api/agents/rita/status", "", "");
        assertThat(all.status()).isEqualTo(200);
        assertThat(read(all).path("status").asText()).isEqualTo("offline");
    }

    @Test
    void aPlatformsOwnChoiceIsNotTakenBack() {
        record(
                "rita",
                List.of(new Evidence.Reported(new Signal.Choice(
                        Source.TEAMS, SourceTime.at(NOW), Status.AWAY, Optional.empty(), Optional.empty()))));
        told.clear();

        JsonNode answer = read(ask("DELETE", "/api/agents/rita/status", "", ""));
        assertThat(told).isEmpty();
        assertThat(answer.path("remark").asText())
                .isEqualTo("nothing was taken back: no application had set anything here; what was picked in teams"
                        + " stays until it is changed there");
    }

    @Test
    void whatIsOutweighedSaysSoAndWhatShowsSaysNothing() {
        put("{\"status\":\"onACall\",\"source\":\"dialer\",\"kind\":\"fact\",\"until\":\"2026-11-23T10:00:00Z\"}");

        assertThat(read(put("{\"status\":\"busy\",\"source\":\"crm\"}"))
                        .path("remark")
                        .asText())
                .isEqualTo("recorded; it is outweighed by: status in application:dialer");
        assertThat(read(put("{\"status\":\"doNotDisturb\",\"source\":\"crm\"}")).has("remark"))
                .isFalse();
        assertThat(read(get("/api/agents/rita")).has("remark")).isFalse();
    }

    @Test
    void theTeamIsListedInPages() {
        assertThat(read(get("/api/agents")).findValuesAsText("agentId")).containsExactly("anna", "rita", "zoe");
        assertThat(read(ask("GET", "/api/agents", "team=priority", "")).findValuesAsText("agentId"))
                .containsExactly("anna", "rita");

        HttpAnswer first = ask("GET", "/api/agents", "limit=2", "");
        assertThat(read(first).findValuesAsText("agentId")).containsExactly("anna", "rita");
        String token = first.headers().get("x-next-token");
        HttpAnswer second = ask("GET", "/api/agents", "limit=2&nextToken=" + token, "");
        assertThat(read(second).findValuesAsText("agentId")).containsExactly("zoe");
        assertThat(second.headers()).doesNotContainKey("x-next-token");
        assertThat(token).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void whoCannotBeReadIsLeftOutAndSaid() {
        assertThat(get("/api/agents").headers()).doesNotContainKey("x-unreadable-agents");
        store.spoil("anna");

        assertThat(read(get("/api/agents")).findValuesAsText("agentId")).containsExactly("rita", "zoe");
        assertThat(get("/api/agents").headers()).containsEntry("x-unreadable-agents", "1");
        assertThat(ask("GET", "/api/agents", "limit=1", "").headers())
                .containsEntry("x-unreadable-agents", "1")
                .containsKey("x-next-token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=-1", "limit=many", "limit=1.5"})
    void aLimitIsAWholeNumber(String query) {
        assertProblem(ask("GET", "/api/agents", query, ""), 400);
        assertProblem(ask("GET", "/api/agents/rita/timeline", query, ""), 400);
    }

    @Test
    void theTimelineIsShownNewestFirst() {
        for (int hour : List.of(30, 2, 1)) {
            timeline.append(new Timeline.Event(
                    "rita",
                    NOW.minus(Duration.ofHours(hour)),
                    "test",
                    hour == 1 ? "c1" : "",
                    hour == 1 ? "user:1 (Rita)" : "",
                    "",
                    "busy",
                    List.of("because"),
                    Map.of(),
                    12));
        }
        JsonNode events = read(get("/api/agents/rita/timeline"));

        assertThat(events).hasSize(2);
        assertThat(events.at("/0/at").asText())
                .isEqualTo(NOW.minus(Duration.ofHours(1)).toString());
        assertThat(events.at("/0/before").isNull()).isTrue();
        assertThat(events.at("/0/correlationId").asText()).isEqualTo("c1");
        assertThat(events.at("/1/correlationId").isNull()).isTrue();
        assertThat(events.at("/0/after").asText()).isEqualTo("busy");
        assertThat(read(ask("GET", "/api/agents/rita/timeline", "from=2026-11-20T00:00:00Z&limit=3", "")))
                .hasSize(3);
        assertProblem(ask("GET", "/api/agents/rita/timeline", "from=monday", ""), 400);
    }

    @Test
    void anExplanationTellsEveryReason() {
        put("{\"status\":\"busy\",\"source\":\"crm\"}");
        JsonNode why = read(get("/api/agents/rita/explain"));

        assertThat(why.at("/because/0/kind").asText()).isEqualTo("CHOICE");
        assertThat(why.at("/because/0/source").asText()).isEqualTo("application:crm");
        assertThat(why.path("signedIn").booleanValue()).isFalse();
        assertThat(why.at("/platforms/teams/condition").asText()).isEqualTo("Pending");
    }

    @Test
    void theProblemsAsTheyAreWritten() {
        assertThat(get("/api/nowhere").body()).isEqualTo(problem("Not found", 404, "there is nothing at this path"));
        assertThat(get("/api/agents/nobody").body())
                .isEqualTo(
                        problem(
                                "Unknown agent",
                                404,
                                "no agent has this id: use the id in Lockstep, the UPN, the systemuserid or the Entra object id"));
        assertThat(ask("POST", "/api/agents/rita/status", "", "").body())
                .isEqualTo(problem("Method not allowed", 405, "use PUT or DELETE"));
        assertThat(put("x".repeat(256 * 1024 + 1)).body()).isEqualTo(problem("Too large", 413, "larger than 256 KB"));
        assertThat(put("{").body()).isEqualTo(problem("Bad request", 400, "the body is no JSON"));
        assertThat(put("{\"status\":\"lunch\",\"source\":\"crm\"}").body())
                .startsWith(
                        "{\"type\":\"about:blank\",\"title\":\"Unknown status\",\"status\":422,\"detail\":\"status must be one of");
        down = true;
        assertThat(get("/api/agents").body())
                .isEqualTo(problem("Not available just now", 503, "the store did not answer; ask again"));
        assertThat(put("{\"status\":\"busy\",\"source\":\"crm\"}").body())
                .isEqualTo(problem(
                        "Not available just now",
                        503,
                        "the store did not answer, so nothing was recorded; send it again"));
    }

    private static String problem(String title, int status, String detail) {
        return "{\"type\":\"about:blank\",\"title\":\"" + title + "\",\"status\":" + status + ",\"detail\":\"" + detail
                + "\"}";
    }

    @Test
    void aStoreThatDoesNotAnswerIsToldAsSuch() {
        down = true;

        assertProblem(get("/api/agents/rita"), 503);
        assertProblem(get("/api/agents"), 503);
        assertProblem(put("{\"status\":\"busy\",\"source\":\"crm\"}"), 503);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "1969-12-31T23:59:59Z",
                "-1000000000-01-01T00:00:00Z",
                "+10000-01-01T00:00:00Z",
                "+1000000000-12-31T23:59:59Z"
            })
    void aTimelineBeginsInAYearOfFourDigits(String from) {
        assertProblem(ask("GET", "/api/agents/rita/timeline", "from=" + from, ""), 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\":\"busy\",\"source\":\"crm\"} {}",
                "{\"status\":\"busy\",\"source\":\"crm\"} x",
                "{\"status\":\"busy\",\"source\":\"crm\",\"status\":\"available\"}",
                "{\"status\":\"busy\",\"source\":\"crm\",\"until\":\"+10000-01-01T00:00:00Z\"}"
            })
    void whatCanBeReadInTwoWaysOrInNoneIsRefused(String body) {
        assertProblem(put(body), 400);
        assertThat(told).isEmpty();
    }

    @Test
    void aNameThatNoStoreCouldHoldIsNobodys() {
        String endless = "x".repeat(3_000);
        storeCalls.clear();

        assertProblem(get("/api/agents/" + endless), 404);
        assertThat(ask("GET", "/api/agents", "team=" + endless, "").body()).isEqualTo("[]");
        assertThat(storeCalls).isEmpty();
    }
}
