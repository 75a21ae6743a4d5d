package dev.lockstep.administration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.Diagnostic;
import dev.lockstep.failure.RecordedLog;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.EdgeInMemory;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.Requester;
import dev.lockstep.store.StoreFaults;
import dev.lockstep.store.StoreUnavailable;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration over HTTP: who may, what is answered, and who is remembered to have done it. */
class ConfigurationApiTest {
    private static final String TOKEN = "k7Qe-Vw3mXz9bTpLr2Ns";
    private static final String DESK = """
            connections:
              - {name: desk, system: yealink, tokens: [k7Qe-Vw3mXz9bTpLr2Ns]}
            lines:
              - {connection: desk, line: "+49 30 1234567", agent: anna@contoso.com}
              - {connection: desk, line: "+49 30 7654321", agent: anna@contoso.com}
            """;
    private static final Requester ANNA =
            new Requester.Holder(true, "0a1b", "Anna Admin", Set.of("Configuration.Manage"));
    private static final Requester SCRIPT = new Requester.Holder(false, "5c", "", Set.of("Configuration.Manage"));

    private final List<String> failing = new ArrayList<>();
    private final ConfigurationFixture world = new ConfigurationFixture(true, new StoreFaults() {
        @Override
        public void before(String call) {
            if (failing.contains(call)) {
                throw new StoreUnavailable(call, null);
            }
        }
    });
    private final EdgeInMemory edge = new EdgeInMemory();

    private HttpAnswer ask(Requester caller, String method, String path, String query, String body, String ifMatch) {
        world.clock.advance(Duration.ofSeconds(1));
        Map<String, String> headers = ifMatch.isEmpty() ? Map.of() : Map.of("If-Match", ifMatch);
        HttpCall call = HttpCall.of(method, path, query, headers, Body.of(body), world.clock.instant());
        ConfigurationApi api = new ConfigurationApi(world.configuration(), ConfigurationFixture.MAPPER);
        return edge.answer(api, call.withCaller(caller));
    }

    private HttpAnswer get() {
        return ask(ANNA, "GET", "/api/configuration", "", "", "");
    }

    private HttpAnswer post(Requester caller, String query, String body) {
        return ask(caller, "POST", "/api/configuration", query, body, "");
    }

    private static JsonNode json(HttpAnswer answer) {
        return ConfigurationFixture.json(answer.body());
    }

    private JsonNode history() {
        return json(ask(ANNA, "GET", "/api/configuration/history", "", "", "")).get("history");
    }

    // ---- who may -----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"GET, /api/configuration", "POST, /api/configuration", "GET, /api/configuration/history"})
    void withoutItsRoleNothingIsToldOrChanged(String method, String path) {
        Requester other = new Requester.Holder(true, "0a1b", "", Set.of("Presence.Read", "Presence.Supervise"));
        HttpAnswer refused = ask(other, method, path, "", DESK, "");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.contentType()).isEqualTo("application/problem+json");
        assertThat(refused.body()).contains("Configuration.Manage");
        assertThat(ask(new Requester.Unverified(), method, path, "", DESK, "").status())
                .isEqualTo(401);
        assertThat(world.documents.all()).isEmpty();
    }

    @Test
    void whoseTokenDoesNotTellWhoTheyAreChangesNothing() {
        Requester nameless = new Requester.Holder(false, "", "", Set.of("Configuration.Manage"));

        assertThat(post(nameless, "", DESK).status()).isEqualTo(403);
        assertThat(world.documents.all()).isEmpty();
    }

    // ---- what is answered --------------------------------------------------------------------------------------

    @Test
    void whatIsPostedIsAppliedAndGivenBack() {
        HttpAnswer applied = post(ANNA, "", DESK);

        assertThat(applied.status()).as(applied.body()).isEqualTo(200);
        assertThat(json(applied).get("applied").asBoolean()).isTrue();
        assertThat(json(get())).isEqualTo(world.export());
        assertThat(json(get()).at("/connections/0/name").asText()).isEqualTo("desk");
        assertThat(get().body()).doesNotContain(TOKEN);
        assertThat(applied.body()).doesNotContain(TOKEN);
    }

    /** The same documents as the function takes: with an action, as JSON, or as YAML in a document. */
    @Test
    void whatTheFunctionTakesIsTaken() {
        assertThat(json(post(ANNA, "", "{\"action\": \"dry-run\", \"mappings\": {\"default\": {}}}"))
                        .get("changes"))
                .hasSize(1);
        assertThat(json(post(ANNA, "", "{\"action\": \"validate\", \"document\": \"lines: []\"}"))
                        .get("mistakes"))
                .isEmpty();
        assertThat(world.documents.all()).isEmpty();
        assertThat(json(post(ANNA, "", "{\"document\": \"mappings: {default: {}}\"}"))
                        .get("applied")
                        .asBoolean())
                .isTrue();
        assertThat(json(post(ANNA, "", "{\"action\": \"export\"}"))).isEqualTo(json(get()));
        assertThat(json(post(ANNA, "", "{\"action\": \"history\"}")).get("history"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "action: apply\n", "action: dry-run\n", "action: validate\n"})
    void aDryRunAppliesNothingWhateverTheRequestSays(String action) {
        HttpAnswer shown = post(ANNA, "dryRun=true", action + DESK);

        assertThat(shown.status()).isEqualTo(200);
        assertThat(json(shown).get("applied").asBoolean()).isFalse();
        assertThat(json(shown).get("changes").isEmpty()).isEqualTo(action.contains("validate"));
        assertThat(world.documents.all()).isEmpty();
        assertThat(json(post(ANNA, "dryRun=false", DESK)).get("applied").asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dryRun=yes", "dryRun", "dryRun=", "dryRun=TRUE", "dryrun=true", "dry-run=true"})
    void whatIsNotKnownOfAQueryIsRefusedAndNothingApplied(String query) {
        HttpAnswer refused = post(ANNA, query, DESK);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("dryRun");
        assertThat(world.documents.all()).isEmpty();
    }

    @Test
    void aReadTakesNoParameter() {
        assertThat(ask(ANNA, "GET", "/api/configuration", "team=a", "", "").status())
                .isEqualTo(400);
        assertThat(ask(ANNA, "GET", "/api/configuration/history", "limit=1", "", "")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aMistakeIsAProblemWithItsLineAndWhatToDo() {
        HttpAnswer refused = post(ANNA, "", "connections:\n  - name: desk\n    system: yealinc\n");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.contentType()).isEqualTo("application/problem+json");
        JsonNode problem = json(refused);
        assertThat(problem.get("status").asInt()).isEqualTo(422);
        assertThat(problem.get("detail").asText()).contains("line 3", "yealink");
        assertThat(problem.at("/mistakes/0/line").asInt()).isEqualTo(3);
        assertThat(problem.at("/mistakes/0/path").asText()).isEqualTo("connections[0].system");
        assertThat(problem.get("applied").asBoolean()).isFalse();
        assertThat(world.documents.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "{\"lines\": [", "a: [", "action: aply\n"})
    void whatIsNoRequestIsAProblem(String body) {
        HttpAnswer refused = post(ANNA, "", body);

        assertThat(refused.status()).as(refused.body()).isEqualTo(422);
        assertThat(json(refused).get("mistakes")).isNotEmpty();
        assertThat(world.documents.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /api/configuration, 'GET, POST'",
        "DELETE, /api/configuration, 'GET, POST'",
        "POST, /api/configuration/history, GET"
    })
    void anotherMethodIsToldWhichThereAre(String method, String path, String allowed) {
        HttpAnswer refused = ask(ANNA, method, path, "", "", "");

        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.headers()).containsEntry("Allow", allowed);
    }

    @Test
    void asMuchIsTakenAsTheFunctionTakes() {
        String padding = "# " + "x".repeat(1022) + "\n";

        assertThat(post(ANNA, "", padding.repeat(1000) + DESK).status()).isEqualTo(200);
        assertThat(post(ANNA, "", padding.repeat(1024) + DESK).status()).isEqualTo(413);
    }

    @Test
    void aStoreThatDoesNotAnswerIsAskedAgain() {
        failing.add("identities.put");
        HttpAnswer failed = post(ANNA, "", DESK);
        assertThat(failed.status()).isEqualTo(503);
        assertThat(failed.headers()).containsEntry("Retry-After", "1");

        failing.clear();
        assertThat(post(ANNA, "", DESK).status()).isEqualTo(200);
        assertThat(world.identities.agentOf("phone#desk#+49 30 1234567")).isPresent();
        assertThat(history()).hasSize(1);
    }

    // ---- what was changed meanwhile ----------------------------------------------------------------------------

    @Test
    void whatWasMadeFromAnOlderConfigurationIsNotApplied() {
        String read = get().headers().get("ETag");
        assertThat(read).matches("\"[0-9a-f]{32}\"");
        post(ANNA, "", DESK);

        HttpAnswer refused = ask(ANNA, "POST", "/api/configuration", "", "{\"mappings\": {\"default\": {}}}", read);

        assertThat(refused.status()).isEqualTo(412);
        assertThat(refused.body()).contains("GET");
        assertThat(world.documents.all()).doesNotContainKey("default");
        String now = get().headers().get("ETag");
        assertThat(now).isNotEqualTo(read);
        for (String matching : List.of("*", read + ", " + now)) {
            assertThat(ask(ANNA, "POST", "/api/configuration", "dryRun=true", "mappings: {default: {}}", matching)
                            .status())
                    .isEqualTo(200);
        }
        assertThat(ask(ANNA, "POST", "/api/configuration", "", "mappings: {default: {}}", now)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void thePageForIntegratorsNamesWhatIsTakenAndGiven() throws IOException {
        String page = Files.readString(Path.of("docs/api.md"));
        Stream.of(ConfigurationApi.Refusal.class, HistoryEntry.class, Diagnostic.class)
                .flatMap(type -> Arrays.stream(type.getRecordComponents()))
                .map(RecordComponent::getName)
                .filter(name -> !List.of("type", "title", "status", "applied", "warnings", "scope")
                        .contains(name))
                .forEach(name -> assertThat(page).contains("`" + name + "`"));
        assertThat(page)
                .contains(
                        "`" + ConfigurationApi.DRY_RUN + "`",
                        "last " + HistoryEntry.MOST,
                        "first " + ConfigChange.MAX_SHOWN);
    }

    // ---- who did it --------------------------------------------------------------------------------------------

    @Test
    void theHistorySaysWhoChangedWhat() {
        post(ANNA, "", DESK);
        post(SCRIPT, "", "mappings: {default: {}}");
        post(SCRIPT, "", "mappings: {default: {}}");
        post(SCRIPT, "dryRun=true", "mappings: {team#a: {}}");
        world.clock.advance(Duration.ofSeconds(1));
        world.apply("mappings: {default: {remove: true}}");

        JsonNode history = history();
        assertThat(history).hasSize(3);
        assertThat(history.findValuesAsText("by")).containsExactly("", "app:5c", "user:0a1b (Anna Admin)");
        assertThat(history.at("/1/changes/0").asText()).isEqualTo("mapping default: added");
        assertThat(history.at("/2/count").asInt()).isEqualTo(3);
        assertThat(history.at("/2/at").asText()).startsWith("20").endsWith("Z");
        assertThat(history.toString()).doesNotContain(TOKEN);
    }

    @Test
    void theHistoryIsBounded() {
        for (int i = 0; i < HistoryEntry.MOST + 10; i++) {
            post(ANNA, "", "agents: [{agentId: a" + i + ", name: A}]");
        }

        assertThat(history()).hasSize(HistoryEntry.MOST);
        assertThat(history().at("/0/changes/0").asText()).contains("a" + (HistoryEntry.MOST + 9));
    }

    @Test
    void aLongRequestIsToldByItsFirstChanges() {
        StringBuilder many = new StringBuilder("agents:\n");
        for (int i = 0; i < 150; i++) {
            many.append("- {agentId: a").append(i).append("}\n");
        }
        post(ANNA, "", many.toString());

        assertThat(history().at("/0/count").asInt()).isEqualTo(150);
        assertThat(history().at("/0/changes")).hasSize(ConfigChange.MAX_SHOWN);
    }

    @Test
    void theLogSaysWhoAndWhichIdsAndNoSecretAndNoNumber() {
        try (RecordedLog log = new RecordedLog(Audit.class)) {
            post(ANNA, "", DESK + "agents: [{agentId: rita, name: Rita Rep}]");
            post(ANNA, "", DESK);
            post(SCRIPT, "dryRun=true", "mappings: {default: {}}");

            assertThat(log.text().lines())
                    .containsExactly("INFO audit=configuration by=user:0a1b (Anna Admin)"
                            + " changed={agent=[rita], connection=[desk], line=[desk (2)]}");
        }
    }
}
