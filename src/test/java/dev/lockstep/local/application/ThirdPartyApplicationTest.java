package dev.lockstep.local.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.local.phone.WebhookSignature;
import dev.lockstep.local.server.Fault;
import dev.lockstep.local.server.Json;
import dev.lockstep.local.server.Reply;
import dev.lockstep.local.server.ServerFaults;
import dev.lockstep.local.server.SimulatedServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThirdPartyApplicationTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    private final ServerFaults faults = new ServerFaults(new SplittableRandom(1));
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ThirdPartyApplication application =
            ThirdPartyApplication.start(0, faults, List.of(SECRET), client, InstantSource.fixed(NOW));

    @AfterEach
    void stop() {
        application.close();
        client.close();
    }

    @Test
    void remembersWhatItWasTold() throws Exception {
        assertThat(tell("1", "available", NOW.minusSeconds(9), SECRET, NOW)).isEqualTo(204);
        assertThat(tell("2", "onACall", NOW, SECRET, NOW)).isEqualTo(204);

        assertThat(application.agent("rita").orElseThrow().status()).isEqualTo("onACall");
        assertThat(application.history("rita")).containsExactly("available", "onACall");
        JsonNode shown = Json.read(get("/agents"));
        assertThat(shown.get(0).path("agentId").asText()).isEqualTo("rita");
        assertThat(shown.get(0).path("status").asText()).isEqualTo("onACall");
    }

    @Test
    void believesTheLaterEventInWhateverOrderTheyCome() throws Exception {
        tell("2", "onACall", NOW, SECRET, NOW);
        tell("1", "available", NOW.minusSeconds(9), SECRET, NOW);
        assertThat(application.agent("rita").orElseThrow().status()).isEqualTo("onACall");
    }

    @Test
    void takesARepetitionOnce() throws Exception {
        tell("1", "available", NOW, SECRET, NOW);
        assertThat(tell("1", "available", NOW, SECRET, NOW)).isEqualTo(204);
        assertThat(application.history("rita")).containsExactly("available");
        assertThat(application.repeated()).isEqualTo(1);
    }

    @Test
    void refusesWhatIsNotSignedByItsSecretOrStale() throws Exception {
        assertThat(tell("1", "available", NOW, OTHER, NOW)).isEqualTo(401);
        assertThat(tell("1", "available", NOW, SECRET, NOW.minusSeconds(301))).isEqualTo(401);
        assertThat(application.agent("rita")).isEmpty();
        assertThat(application.refused()).isEqualTo(2);
    }

    @Test
    void answersFaultsThatAreSwitchedOn() throws Exception {
        faults.add(Fault.of("POST /presence", Fault.Kind.SERVER_ERROR).once());
        assertThat(tell("1", "available", NOW, SECRET, NOW)).isEqualTo(503);
        assertThat(application.agent("rita")).isEmpty();
        assertThat(tell("1", "available", NOW, SECRET, NOW)).isEqualTo(204);
    }

    @Test
    void asksAndSetsThroughTheApi() throws Exception {
        List<String> calls = new ArrayList<>();
        try (SimulatedServer api = SimulatedServer.http(0, new ServerFaults(new SplittableRandom(2)))) {
            api.on("GET", "/api/agents/{id}", request -> {
                calls.add("GET " + request.part("id"));
                return Reply.json(200, Json.object().put("status", "busy"));
            });
            api.on("PUT", "/api/agents/{id}/status", request -> {
                calls.add("PUT " + request.part("id") + " " + request.text());
                return Reply.empty(204);
            });
            api.start();

            assertThat(application
                            .ask(api.url(), "rita@contoso.com")
                            .path("status")
                            .asText())
                    .isEqualTo("busy");
            application.set(api.url(), "rita@contoso.com", "away", Optional.of(NOW));
            assertThat(calls)
                    .containsExactly(
                            "GET rita@contoso.com",
                            "PUT rita@contoso.com {\"status\":\"away\",\"source\":\"third-party-application\","
                                    + "\"until\":\"2026-11-22T08:00:00Z\"}");
            assertThatThrownBy(() -> application.withdraw(api.url(), "rita")).isInstanceOf(IOException.class);
        }
    }

    private int tell(String id, String status, Instant at, String secret, Instant sent) throws Exception {
        var event = Json.object().put("specversion", "1.0").put("id", id).put("source", "/lockstep");
        event.put("type", "dev.lockstep.presence.changed.v1").put("time", at.toString());
        event.putObject("data").put("agentId", "rita").put("name", "Rita Rep").put("status", status);
        byte[] body = Json.bytes(event);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(application.webhookUrl()))
                .header("Content-Type", "application/cloudevents+json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        new WebhookSignature(List.of(secret)).headers("prs_" + id, sent, body).forEach(request::header);
        return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private String get(String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(application.url() + path)).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
