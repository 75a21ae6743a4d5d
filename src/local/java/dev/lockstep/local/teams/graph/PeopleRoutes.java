package dev.lockstep.local.teams.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.local.server.Json;
import dev.lockstep.local.server.Reply;
import dev.lockstep.local.server.SimulatedServer;
import dev.lockstep.local.teams.model.Pair;
import dev.lockstep.local.teams.model.TeamsModel;
import dev.lockstep.local.teams.model.TeamsRefusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What people do in their Teams clients, for the terminal, for curl and for tests:
 * {@code /_people/{id}/choice|client|call|idle|meeting|out-of-office}. Every answer shows the person's inside.
 */
public final class PeopleRoutes {
    private final TeamsModel model;
    private final InstantSource clock;

    public PeopleRoutes(TeamsModel model, InstantSource clock) {
        this.model = model;
        this.clock = clock;
    }

    public void route(SimulatedServer server) {
        server.on("GET", "/_people", request -> people());
        server.on("GET", "/_people/{id}", request -> inside(request.part("id")));
        on(server, "PUT", "", (id, body) -> model.addUser(id));
        on(server, "PUT", "/choice", (id, body) -> model.choose(id, pair(body)));
        on(server, "DELETE", "/choice", (id, body) -> model.resetStatus(id));
        on(server, "POST", "/client", (id, body) -> model.signInClient(id, client(body)));
        on(server, "DELETE", "/client", (id, body) -> model.closeClient(id));
        on(server, "POST", "/call", this::call);
        on(server, "DELETE", "/call", (id, body) -> model.endCall(id));
        on(server, "POST", "/idle", (id, body) -> model.goIdle(id));
        on(server, "DELETE", "/idle", (id, body) -> model.comeBack(id));
        on(server, "POST", "/meeting", this::meeting);
        on(server, "DELETE", "/meeting", (id, body) -> model.cancelMeetings(id));
        on(server, "PUT", "/out-of-office", (id, body) -> model.outOfOffice(id, true));
        on(server, "DELETE", "/out-of-office", (id, body) -> model.outOfOffice(id, false));
    }

    private void on(SimulatedServer server, String method, String end, BiConsumer<String, JsonNode> deed) {
        server.on(method, "/_people/{id}" + end, request -> {
            try {
                deed.accept(request.part("id"), request.json());
                return inside(request.part("id"));
            } catch (TeamsRefusal e) {
                return refusal(e);
            }
        });
    }

    /** {@code {"kind":"call"|"conference"|"presenting"}}; a call when it is not said. */
    private void call(String id, JsonNode body) {
        switch (body.path("kind").asText("call")) {
            case "call" -> model.startCall(id);
            case "conference" -> model.startConferenceCall(id);
            case "presenting" -> model.startPresenting(id);
            default -> throw GraphError.badRequest("kind must be call, conference or presenting");
        }
    }

    /** {@code {"minutes":30}}, from now on. */
    private void meeting(String id, JsonNode body) {
        Instant now = clock.instant();
        model.meeting(id, now, now.plus(Duration.ofMinutes(body.path("minutes").asLong(30))));
    }

    private Reply people() {
        ObjectNode all = Json.object();
        model.users().forEach(id -> all.put(id, model.actual(id).pair().toString()));
        return Reply.json(200, all);
    }

    private Reply inside(String id) {
        try {
            TeamsModel.Inside inside = model.inside(id);
            ObjectNode json = Json.object().put("id", id);
            json.put("availability", inside.shown().availability());
            json.put("activity", inside.shown().activity());
            json.put("preferred", inside.preferred().map(Pair::toString).orElse(null));
            json.set("applications", pairs(inside.applications()));
            json.set("clients", pairs(inside.clients()));
            return Reply.json(200, json.put("outOfOffice", inside.outOfOffice()));
        } catch (TeamsRefusal e) {
            return refusal(e);
        }
    }

    private static Reply refusal(TeamsRefusal e) {
        int status = e.reason() == TeamsRefusal.Reason.UNKNOWN_USER ? 404 : 400;
        return Reply.json(status, Json.object().put("error", e.getMessage()));
    }

    private static ObjectNode pairs(Map<String, Pair> all) {
        ObjectNode json = Json.object();
        all.forEach((name, pair) -> json.put(name, pair.toString()));
        return json;
    }

    private static Pair pair(JsonNode body) {
        return new Pair(
                body.path("availability").asText(), body.path("activity").asText());
    }

    private static String client(JsonNode body) {
        return body.path("name").asText("desktop");
    }
}
