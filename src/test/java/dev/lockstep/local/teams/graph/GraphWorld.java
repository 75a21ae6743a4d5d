package dev.lockstep.local.teams.graph;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.concurrent.SettableClock;
import dev.lockstep.local.entra.Application;
import dev.lockstep.local.entra.Tenant;
import dev.lockstep.local.entra.TokenIssuer;
import dev.lockstep.local.server.Json;
import dev.lockstep.local.server.LocalAuthority;
import dev.lockstep.local.server.ServerFaults;
import dev.lockstep.local.teams.SimulatedGraph;
import dev.lockstep.local.teams.model.TeamsBehaviour;
import dev.lockstep.local.teams.model.TeamsModel;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;

/** A simulated Graph with two users, and a caller of it. */
final class GraphWorld implements AutoCloseable {
    static final String TENANT = "84bd8158-6d4d-4958-8b9f-9d6445542f95";
    static final String APP = "8e460676-ae3f-4b1e-8790-ee0fb5d6148f";
    static final String RITA = "fa8bf3dc-eca7-46b7-bad1-db199b62afc3";
    static final String OMAR = "66825e03-7ef5-42da-9069-724602c31f6b";
    static final String SERVICE = "5c9d8ef2-1111-4000-8000-000000000001";
    static final LocalAuthority AUTHORITY = LocalAuthority.temporary();
    static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private static final KeyPair KEY = TokenIssuer.newPair();
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(AUTHORITY.clientContext())
            .build();

    final SettableClock clock = new SettableClock(START);
    final Tenant directory = new Tenant(TENANT);
    final TokenIssuer tokens = new TokenIssuer(TENANT, clock, KEY);
    final TeamsModel model = new TeamsModel(clock, TeamsBehaviour.harsh().withReadLag(Duration.ZERO));
    final SimulatedGraph graph;

    GraphWorld() {
        this(GraphBehaviour.harsh().withLatency(Duration.ZERO, Duration.ZERO));
    }

    GraphWorld(GraphBehaviour rules) {
        directory.register(Application.of(APP));
        directory.user(SERVICE, "service@contoso.com");
        model.addUser(RITA);
        model.addUser(OMAR);
        ServerFaults faults = new ServerFaults(new SplittableRandom(1));
        graph = SimulatedGraph.start(
                0,
                new SimulatedGraph.Setting(AUTHORITY, directory, tokens, model, rules, faults, clock, new Random(2)));
    }

    /** An application's token with these roles. */
    String application(String... roles) {
        return tokens.forApplication(APP, origin(), Set.of(roles));
    }

    /** A delegated token of this user with these scopes. */
    String delegated(String user, String... scopes) {
        return tokens.forUser(APP, new Tenant.User(user, "user@contoso.com", 0), origin(), Set.of(scopes));
    }

    String origin() {
        return graph.url().replace("/v1.0", "");
    }

    Answer send(String token, String method, String path, String body) throws Exception {
        String url = path.startsWith("/_") ? origin() + path : graph.url() + path;
        return sendTo(URI.create(url), token, method, body);
    }

    Answer sendTo(URI url, String token, String method, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return new Answer(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    }

    Answer get(String token, String path) throws Exception {
        return send(token, "GET", path, "");
    }

    Answer post(String token, String path, String body) throws Exception {
        return send(token, "POST", path, body);
    }

    @Override
    public void close() {
        graph.close();
    }

    record Answer(HttpResponse<String> http) {
        int status() {
            return http.statusCode();
        }

        String text() {
            return http.body();
        }

        JsonNode json() {
            return Json.read(http.body());
        }

        String code() {
            return json().at("/error/code").asText();
        }

        String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }
    }
}
