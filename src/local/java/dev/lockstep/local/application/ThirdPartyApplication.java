package dev.lockstep.local.application;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.local.phone.WebhookSignature;
import dev.lockstep.local.server.Json;
import dev.lockstep.local.server.Reply;
import dev.lockstep.local.server.Request;
import dev.lockstep.local.server.ServerFaults;
import dev.lockstep.local.server.SimulatedServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An application of a third party: told of agents' statuses at {@code POST /presence} by signed CloudEvents, shows at
 * {@code GET /agents} what it knows, and asks and sets statuses through the API. It verifies every signature, takes an
 * event once however often it comes, and of two events of one agent believes the later.
 */
public final class ThirdPartyApplication implements AutoCloseable {
    private static final String PRESENCE_CHANGED = "dev.lockstep.presence.changed.v1";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /**
     * What it was last told of an agent.
     *
     * @param since the event's own time
     * @param receivedAt when it came
     */
    public record Told(String agentId, String name, String status, Instant since, Instant receivedAt) {}

    private final SimulatedServer server;
    private final WebhookSignature signature;
    private final InstantSource clock;
    private final HttpClient client;
    private final Map<String, Told> agents = new LinkedHashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final List<String> history = new ArrayList<>();
    private boolean subscribed = true;
    private int ignored;
    private int refused;
    private int repeated;

    private ThirdPartyApplication(
            SimulatedServer server, WebhookSignature signature, HttpClient client, InstantSource clock) {
        this.server = server;
        this.signature = signature;
        this.client = client;
        this.clock = clock;
    }

    /**
     * @param port 0 takes any free one
     * @param secrets of which one signs what it is told
     * @param client for its own calls of the API
     */
    public static ThirdPartyApplication start(
            int port, ServerFaults faults, List<String> secrets, HttpClient client, InstantSource clock) {
        SimulatedServer server = SimulatedServer.http(port, faults);
        ThirdPartyApplication application =
                new ThirdPartyApplication(server, new WebhookSignature(secrets), client, clock);
        server.on("POST", "/presence", application::told).on("GET", "/agents", request -> application.show());
        server.start();
        return application;
    }

    public String url() {
        return server.url();
    }

    /** Where it wants to be told: the {@code url} of its connection. */
    public String webhookUrl() {
        return url() + "/presence";
    }

    public int port() {
        return server.port();
    }

    public ServerFaults faults() {
        return server.faults();
    }

    /** What it was last told of this agent. */
    public synchronized Optional<Told> agent(String agentId) {
        return Optional.ofNullable(agents.get(agentId));
    }

    /** Every status that it was told of this agent, in the order of arrival, without repetitions. */
    public synchronized List<String> history(String agentId) {
        String prefix = agentId + " ";
        return history.stream()
                .filter(one -> one.startsWith(prefix))
                .map(one -> one.substring(prefix.length()))
                .toList();
    }

    /** How many events it took and ignored, because they are of another type: tests among them. */
    public synchronized int ignored() {
        return ignored;
    }

    /** From now on it answers 410 to whatever it is told: it wants no more messages. */
    public synchronized void unsubscribe() {
        subscribed = false;
    }

    /** It wants messages again. */
    public synchronized void subscribe() {
        subscribed = true;
    }

    /** How many messages it did not take: without a valid signature, of another form, or unwanted. */
    public synchronized int refused() {
        return refused;
    }

    /** How many events came again. */
    public synchronized int repeated() {
        return repeated;
    }

    /** Asks the API for an agent: {@code GET /api/agents/{agent}}. */
    public JsonNode ask(String api, String agent) throws IOException {
        return call(request(api, agent, "").GET().build());
    }

    /** Sets an agent's status through the API: {@code PUT /api/agents/{agent}/status}. */
    public JsonNode set(String api, String agent, String status, Optional<Instant> until) throws IOException {
        ObjectNode body = Json.object().put("status", status).put("source", "third-party-application");
        until.ifPresent(time -> body.put("until", time.toString()));
        return call(request(api, agent, "/status")
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)))
                .build());
    }

    /** Takes back what it set. */
    public JsonNode withdraw(String api, String agent) throws IOException {
        return call(request(api, agent, "/status").DELETE().build());
    }

    @Override
    public void close() {
        server.close();
    }

    private Reply told(Request request) {
        boolean signed = signature.accepts(
                request.header("webhook-id"),
                request.header("webhook-timestamp"),
                request.header("webhook-signature"),
                request.body(),
                clock.instant());
        if (!signed) {
            return refuse(401);
        }
        boolean structured = request.header("Content-Type")
                .filter(type -> type.startsWith("application/cloudevents+json"))
                .isPresent();
        return structured ? take(request.json()) : refuse(415);
    }

    private synchronized Reply refuse(int status) {
        refused++;
        return Reply.empty(status);
    }

    private synchronized Reply take(JsonNode event) {
        if (!subscribed) {
            return refuse(410);
        }
        if (!event.path("type").asText().equals(PRESENCE_CHANGED)) {
            ignored++;
            return Reply.empty(204);
        }
        JsonNode data = event.path("data");
        Optional<String> agentId = Json.text(data, "agentId");
        Optional<String> status = Json.text(data, "status");
        if (agentId.isEmpty()
                || status.isEmpty()
                || !event.path("specversion").asText().equals("1.0")) {
            return refuse(400);
        }
        if (!seen.add(event.path("source").asText() + " " + event.path("id").asText())) {
            repeated++;
            return Reply.empty(204);
        }
        Instant since = Instant.parse(event.path("time").asText());
        String name = data.path("name").asText();
        history.add(agentId.get() + " " + status.get());
        agents.merge(
                agentId.get(),
                new Told(agentId.get(), name, status.get(), since, clock.instant()),
                (before, now) -> now.since().isBefore(before.since()) ? before : now);
        return Reply.empty(204);
    }

    private synchronized Reply show() {
        ArrayNode list = Json.array();
        agents.values()
                .forEach(told -> list.addObject()
                        .put("agentId", told.agentId())
                        .put("name", told.name())
                        .put("status", told.status())
                        .put("since", told.since().toString())
                        .put("receivedAt", told.receivedAt().toString()));
        return Reply.json(200, list);
    }

    private static HttpRequest.Builder request(String api, String agent, String rest) {
        String encoded = URLEncoder.encode(agent, StandardCharsets.UTF_8).replace("+", "%20");
        return HttpRequest.newBuilder(URI.create(api + "/api/agents/" + encoded + rest))
                .timeout(TIMEOUT);
    }

    private JsonNode call(HttpRequest request) throws IOException {
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IOException("the API answered " + answer.statusCode());
            }
            return answer.body().isEmpty() ? Json.object() : Json.read(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }
}
