package dev.lockstep.local.teams.graph;

import static dev.lockstep.local.teams.graph.GraphWorld.APP;
import static dev.lockstep.local.teams.graph.GraphWorld.OMAR;
import static dev.lockstep.local.teams.graph.GraphWorld.RITA;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.local.server.Fault;
import dev.lockstep.local.server.Json;
import dev.lockstep.local.teams.graph.GraphWorld.Answer;
import dev.lockstep.local.teams.model.Pair;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GraphBatchTest {
    private final GraphWorld world = new GraphWorld();
    private final String writer = world.application("Presence.ReadWrite.All");
    private final ArrayNode parts = Json.array();

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void answersEachPartAlone() throws Exception {
        set("1", RITA, "Busy", "InACall");
        set("2", OMAR, "Busy", "Busy");
        part("3", "GET", "/users/" + RITA + "/presence");
        part("4", "POST", "/users/" + OMAR + "/presence/clearPresence")
                .putObject("body")
                .put("sessionId", APP);

        Map<String, JsonNode> answers = batch(200);
        assertThat(answers.get("1").path("status").asInt()).isEqualTo(200);
        assertThat(answers.get("2").path("status").asInt()).isEqualTo(400);
        assertThat(answers.get("2").at("/body/error/code").asText()).isEqualTo("BadRequest");
        assertThat(answers.get("3").at("/body/activity").asText()).isEqualTo("InACall");
        assertThat(answers.get("4").path("status").asInt()).isEqualTo(404);
        assertThat(answers.get("4").has("body")).isFalse();
    }

    @Test
    void throttlesPartsAlone() throws Exception {
        world.graph
                .faults()
                .add(Fault.of("POST /users/" + RITA + "/presence/*", Fault.Kind.TOO_MANY)
                        .withRetryAfter(Duration.ofSeconds(4)));
        set("1", RITA, "Busy", "InACall");
        set("2", OMAR, "Busy", "InACall");

        Map<String, JsonNode> answers = batch(200);
        assertThat(answers.get("1").path("status").asInt()).isEqualTo(429);
        assertThat(answers.get("1").at("/headers/Retry-After").asText()).isEqualTo("4");
        assertThat(answers.get("2").path("status").asInt()).isEqualTo(200);
    }

    @Test
    void countsEveryPartAgainstTheLimit() throws Exception {
        try (GraphWorld small = new GraphWorld(
                GraphBehaviour.harsh().withPresenceLimit(2).with(GraphBehaviour.Option.BATCH_SHOWS_THROTTLING))) {
            for (int i = 0; i < 3; i++) {
                part(String.valueOf(i), "GET", "/users/" + RITA + "/presence");
            }
            Answer answer = small.post(
                    small.application("Presence.Read.All"),
                    "/$batch",
                    Json.object().set("requests", parts).toString());

            assertThat(answer.status()).isEqualTo(424);
            assertThat(answer.json().path("responses"))
                    .hasSize(3)
                    .anyMatch(part -> part.path("status").asInt() == 429);
        }
    }

    @Test
    void failsPartsThatDependOnAFailure() throws Exception {
        set("1", RITA, "Busy", "Busy");
        set("2", OMAR, "Busy", "InACall");
        ((ObjectNode) parts.get(1)).putArray("dependsOn").add("1");

        assertThat(batch(200).get("2").path("status").asInt()).isEqualTo(424);
        assertThat(world.model.read(OMAR).pair()).isEqualTo(Pair.OFFLINE);
    }

    @Test
    void takes1To20PartsWithDifferentIds() throws Exception {
        assertThat(send().status()).isEqualTo(400);
        for (int i = 0; i < 20; i++) {
            part(String.valueOf(i), "GET", "/users/" + RITA + "/presence");
        }
        assertThat(batch(200)).hasSize(20);
        part("20", "GET", "/users/" + RITA + "/presence");
        assertThat(send().status()).isEqualTo(400);
        parts.removeAll();
        part("a", "GET", "/users/" + RITA + "/presence");
        part("a", "GET", "/users/" + OMAR + "/presence");
        assertThat(send().status()).isEqualTo(400);
    }

    @Test
    void refusesABatchWithoutAToken() throws Exception {
        assertThat(world.post("", "/$batch", "{\"requests\":[]}").status()).isEqualTo(401);
    }

    private void set(String id, String user, String availability, String activity) {
        part(id, "POST", "/users/" + user + "/presence/setPresence")
                .putObject("body")
                .put("sessionId", APP)
                .put("availability", availability)
                .put("activity", activity);
    }

    private ObjectNode part(String id, String method, String url) {
        return parts.addObject().put("id", id).put("method", method).put("url", url);
    }

    private Answer send() throws Exception {
        return world.post(
                writer, "/$batch", Json.object().set("requests", parts).toString());
    }

    private Map<String, JsonNode> batch(int status) throws Exception {
        Answer answer = send();
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        Map<String, JsonNode> byId = new HashMap<>();
        answer.json().path("responses").forEach(part -> byId.put(part.path("id").asText(), part));
        return byId;
    }
}
