package dev.lockstep.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.configured.InMemoryConnections;
import dev.lockstep.directory.AgentLookup;
import dev.lockstep.intake.ForwardingIntake;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.EdgeInMemory;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.Requester;
import dev.lockstep.protocol.http.Supervision;
import dev.lockstep.store.InMemoryAgentStore;
import dev.lockstep.store.InMemoryIdentities;
import dev.lockstep.store.InMemoryTimeline;
import dev.lockstep.store.StoreFaults;
import dev.lockstep.store.StoreUnavailable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What describes the routes is for everybody, and costs nothing but itself. */
class ContractTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

    private final StoreFaults down = new StoreFaults() {
        @Override
        public void before(String call) {
            throw new StoreUnavailable("down", null);
        }
    };
    private final InMemoryAgentStore store = new InMemoryAgentStore(down);
    private final Api api = new Api(
            new AgentLookup(GivenPlatforms.CATALOGUE, store, new InMemoryIdentities(down)),
            store,
            store.views(),
            new InMemoryTimeline(Duration.ofDays(30), () -> NOW),
            new ForwardingIntake((agent, news) -> {
                throw new AssertionError("nothing was told");
            }),
            new InMemoryConnections(),
            new ObjectMapper(),
            Supervision.ofEverybody(),
            GivenConnectionsApi.unasked(
                    new InMemoryConnections(),
                    new AgentLookup(GivenPlatforms.CATALOGUE, store, new InMemoryIdentities()),
                    () -> NOW));
    private final EdgeInMemory edge = new EdgeInMemory();

    private HttpAnswer ask(String method, String path, String query, String ifNoneMatch) {
        Map<String, String> headers = ifNoneMatch.isEmpty() ? Map.of() : Map.of("If-None-Match", ifNoneMatch);
        return edge.answer(
                api, HttpCall.of(method, path, query, headers, Body.EMPTY, NOW).withCaller(new Requester.Unverified()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openapi.json", "asyncapi.json"})
    void itIsServedWithoutATokenAndWithoutTheStore(String name) throws Exception {
        HttpAnswer answer = ask("GET", "/" + name, "", "");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.body())
                .isEqualTo(new String(Api.class.getResourceAsStream(name).readAllBytes(), StandardCharsets.UTF_8));
        assertThat(answer.headers()).containsEntry("Cache-Control", "public, max-age=300");
    }

    @Test
    void whoHasItIsNotSentItAgain() {
        String tag = ask("GET", "/openapi.json", "", "").headers().get("ETag");

        for (String known : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
            HttpAnswer answer = ask("GET", "/openapi.json", "", known);
            assertThat(answer.status()).as(known).isEqualTo(304);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.headers()).containsEntry("ETag", tag).containsKey("Cache-Control");
        }
        assertThat(ask("GET", "/openapi.json", "", "\"other\"").status()).isEqualTo(200);
    }

    @Test
    void nothingElseIsServedSo() {
        assertThat(ask("POST", "/openapi.json", "", "").status()).isEqualTo(405);
        assertThat(ask("GET", "/openapi.json", "team=x", "").status()).isEqualTo(400);
        for (String path :
                List.of("/openapi.yaml", "/asyncapi", "/api/openapi.json", "/openapi.json/x", "/Api.class", "/")) {
            assertThat(ask("GET", path, "", "").status()).as(path).isEqualTo(404);
        }
    }
}
