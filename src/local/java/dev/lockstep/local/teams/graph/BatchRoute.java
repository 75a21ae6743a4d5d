package dev.lockstep.local.teams.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.local.server.Fault;
import dev.lockstep.local.server.Json;
import dev.lockstep.local.server.Reply;
import dev.lockstep.local.server.Request;
import dev.lockstep.local.server.SimulatedServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Up to 20 requests in one, learn.microsoft.com/graph/json-batching: each part is authorised, throttled and failed
 * alone, and the answers come in any order.
 */
public final class BatchRoute {
    private static final int MOST_PARTS = 20;

    private final SimulatedServer server;
    private final Gate gate;
    private final GraphBehaviour rules;
    private final Random random;

    public BatchRoute(SimulatedServer server, Gate gate, GraphBehaviour rules, Random random) {
        this.server = server;
        this.gate = gate;
        this.rules = rules;
        this.random = random;
    }

    public void route(String base) {
        server.on("POST", base + "/$batch", request -> batch(request, base));
    }

    private Reply batch(Request request, String base) {
        gate.caller(request);
        JsonNode parts = request.json().path("requests");
        if (parts.isEmpty() || parts.size() > MOST_PARTS) {
            throw GraphError.badRequest("Number of batch requests must be 1 to " + MOST_PARTS + ".");
        }
        Map<String, Reply> replies = new LinkedHashMap<>();
        for (JsonNode part : parts) {
            String id = Json.text(part, "id").orElseThrow(() -> GraphError.badRequest("A part has no id."));
            if (replies.put(id, answer(part, request, base, replies)) != null) {
                throw GraphError.badRequest("Request id " + id + " is not unique.");
            }
        }
        return Reply.json(outerStatus(replies), body(replies));
    }

    private int outerStatus(Map<String, Reply> replies) {
        boolean throttled = replies.values().stream().anyMatch(reply -> reply.status() == 429);
        return rules.has(GraphBehaviour.Option.BATCH_SHOWS_THROTTLING) && throttled ? 424 : 200;
    }

    private Reply answer(JsonNode part, Request outer, String base, Map<String, Reply> earlier) {
        for (JsonNode id : part.path("dependsOn")) {
            Reply first = earlier.get(id.asText());
            if (first == null || first.status() >= 400) {
                return Reply.empty(424);
            }
        }
        Request inner = request(part, outer, base);
        List<Fault> hits = server.faults().strike(inner.method(), inner.path());
        Optional<Reply> before = refusal(hits, false);
        if (before.isPresent()) {
            return before.get();
        }
        Reply reply = server.dispatch(inner);
        return refusal(hits, true).orElse(reply);
    }

    private Optional<Reply> refusal(List<Fault> hits, boolean afterWork) {
        return hits.stream()
                .filter(fault -> fault.afterWork() == afterWork)
                .flatMap(fault -> server.refusal(fault).stream())
                .findFirst();
    }

    private static Request request(JsonNode part, Request outer, String base) {
        String url = part.path("url").asText();
        int question = url.indexOf('?');
        String path = question < 0 ? url : url.substring(0, question);
        Map<String, String> headers = new LinkedHashMap<>();
        outer.header("Authorization").ifPresent(token -> headers.put("Authorization", token));
        part.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        return new Request(
                part.path("method").asText(),
                base + (path.startsWith("/") ? path : "/" + path),
                Request.pairs(question < 0 ? "" : url.substring(question + 1)),
                headers,
                part.has("body") ? Json.bytes(part.get("body")) : new byte[0],
                Map.of());
    }

    private ObjectNode body(Map<String, Reply> replies) {
        List<ObjectNode> answers = new ArrayList<>();
        replies.forEach((id, reply) -> answers.add(answer(id, reply)));
        Collections.shuffle(answers, random);
        ObjectNode body = Json.object();
        ArrayNode list = body.putArray("responses");
        answers.forEach(list::add);
        return body;
    }

    private static ObjectNode answer(String id, Reply reply) {
        ObjectNode answer = Json.object().put("id", id).put("status", reply.status());
        ObjectNode headers = answer.putObject("headers");
        reply.headers().forEach(headers::put);
        if (reply.body().length > 0 && isJson(reply)) {
            answer.set("body", Json.read(new String(reply.body(), StandardCharsets.UTF_8)));
        }
        return answer;
    }

    private static boolean isJson(Reply reply) {
        return reply.headers().getOrDefault("Content-Type", "").startsWith("application/json");
    }
}
