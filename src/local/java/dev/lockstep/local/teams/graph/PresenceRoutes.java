package dev.lockstep.local.teams.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.local.entra.Caller;
import dev.lockstep.local.server.Json;
import dev.lockstep.local.server.Reply;
import dev.lockstep.local.server.Request;
import dev.lockstep.local.server.SimulatedServer;
import dev.lockstep.local.teams.model.Pair;
import dev.lockstep.local.teams.model.ShownPresence;
import dev.lockstep.local.teams.model.TeamsModel;
import dev.lockstep.local.teams.model.TeamsRefusal;
import dev.lockstep.local.teams.model.TeamsRefusal.Reason;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;

/** Reading and writing presence, learn.microsoft.com/graph/api/resources/presence. */
public final class PresenceRoutes {
    private static final int MOST_IDS = 650;
    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final String ONE_WRITE = "Presence.ReadWrite";
    private static final String ALL_WRITE = "Presence.ReadWrite.All";
    private static final String ONE_READ = "Presence.Read";
    private static final String ALL_READ = "Presence.Read.All";

    private final TeamsModel model;
    private final Gate gate;
    private final Throttle throttle;
    private final Random random;

    public PresenceRoutes(TeamsModel model, Gate gate, Throttle throttle, Random random) {
        this.model = model;
        this.gate = gate;
        this.throttle = throttle;
        this.random = random;
    }

    public void route(SimulatedServer server, String base) {
        server.on("POST", base + "/communications/getPresencesByUserId", this::readMany);
        server.on("GET", base + "/me/presence", this::readMine);
        for (String path : List.of("/users/{id}/presence", "/communications/presences/{id}")) {
            server.on("GET", base + path, this::readOne);
            server.on("POST", base + path + "/{action}", this::write);
        }
    }

    public static boolean isGuid(String text) {
        return GUID.matcher(text).matches();
    }

    private Reply readOne(Request request) {
        Caller caller = gate.caller(request, ALL_WRITE, ALL_READ, ONE_WRITE, ONE_READ);
        admit(caller);
        if (request.parameter("$select").isPresent()) {
            throw GraphError.badRequest("$select is not supported on presence.");
        }
        String id = known(request.part("id"));
        boolean own = isSelf(caller, id);
        if (!own && !caller.may(ALL_WRITE, ALL_READ)) {
            throw GraphError.denied();
        }
        return Reply.json(200, withContext(model.read(id), own));
    }

    private Reply readMine(Request request) {
        Caller caller = gate.caller(request, ONE_WRITE, ONE_READ, ALL_READ, ALL_WRITE);
        admit(caller);
        String id = caller.user()
                .orElseThrow(
                        () -> GraphError.badRequest("/me request is only valid with delegated authentication flow."));
        return Reply.json(200, withContext(model.read(known(id)), true));
    }

    private Reply readMany(Request request) {
        Caller caller = gate.caller(request, ALL_WRITE, ALL_READ);
        admit(caller);
        Set<String> ids = new LinkedHashSet<>();
        request.json().path("ids").forEach(id -> ids.add(id.asText()));
        if (ids.size() > MOST_IDS) {
            return Reply.empty(400);
        }
        if (ids.isEmpty() || !ids.stream().allMatch(PresenceRoutes::isGuid)) {
            throw GraphError.badRequest("ids must be 1 to 650 user ids.");
        }
        if (ids.stream().anyMatch(model::isRefusedInLists)) {
            throw GraphError.badRequest("Bad Request");
        }
        List<JsonNode> found = new ArrayList<>();
        ids.stream().filter(model::knows).forEach(id -> found.add(PresenceJson.read(model.read(id), false)));
        // The pages promise no order: callers must go by the id.
        Collections.shuffle(found, random);
        ObjectNode body = Json.object().put("@odata.context", "$metadata#Collection(microsoft.graph.presence)");
        ArrayNode value = body.putArray("value");
        found.forEach(value::add);
        return Reply.json(200, body);
    }

    private Reply write(Request request) {
        String action = request.part("action").replace("microsoft.graph.", "");
        Caller caller = gate.caller(request, ALL_WRITE, ONE_WRITE);
        admit(caller);
        String id = known(request.part("id"));
        if (!caller.roles().contains(ALL_WRITE) && !isSelf(caller, id)) {
            throw GraphError.notForAnotherUser();
        }
        try {
            write(action, caller, id, request.json());
            return Reply.empty(200);
        } catch (TeamsRefusal e) {
            return refuse(e);
        }
    }

    private void write(String action, Caller caller, String id, JsonNode body) {
        switch (action) {
            case "setPresence" ->
                model.setPresence(caller.appId(), id, text(body, "sessionId"), pair(body), expiry(body));
            case "clearPresence" -> model.clearPresence(caller.appId(), id, text(body, "sessionId"));
            case "setUserPreferredPresence" -> model.setPreferred(id, pair(body), expiry(body));
            case "clearUserPreferredPresence" -> model.clearPreferred(id);
            case "setStatusMessage" -> say(id, body.path("statusMessage"));
            default -> throw GraphError.badRequest("Resource not found for the segment '" + action + "'.");
        }
    }

    private void say(String id, JsonNode status) {
        JsonNode message = status.path("message");
        if (!message.path("contentType").asText("text").equalsIgnoreCase("text")) {
            throw GraphError.badRequest("Only contentType text is supported.");
        }
        JsonNode expiry = status.path("expiryDateTime");
        Optional<Instant> expires = expiry.isObject() ? Optional.of(instant(expiry)) : Optional.empty();
        model.setStatusMessage(id, text(message, "content"), expires);
    }

    /** {@code clearPresence} without a session answers a bare 404, the others a 4xx with Graph's error. */
    private static Reply refuse(TeamsRefusal e) {
        if (e.reason() == Reason.NO_SUCH_SESSION) {
            return Reply.empty(404);
        }
        throw switch (e.reason()) {
            case UNKNOWN_USER -> GraphError.notFound(e.getMessage());
            case NOT_A_TEAMS_USER -> GraphError.forbidden(e.getMessage());
            default -> GraphError.badRequest(e.getMessage());
        };
    }

    private void admit(Caller caller) {
        throttle.admit(caller.appId() + caller.tenantId());
    }

    private String known(String id) {
        if (!isGuid(id)) {
            throw GraphError.badRequest("The user id must be a GUID.");
        }
        if (!model.knows(id)) {
            throw GraphError.notFound("The user was not found.");
        }
        return id;
    }

    private static boolean isSelf(Caller caller, String id) {
        return caller.user().filter(id::equalsIgnoreCase).isPresent();
    }

    private static ObjectNode withContext(ShownPresence presence, boolean own) {
        ObjectNode json = Json.object().put("@odata.context", "$metadata#users('" + presence.userId() + "')/presence");
        return json.setAll(PresenceJson.read(presence, own));
    }

    private static Pair pair(JsonNode body) {
        return new Pair(text(body, "availability"), text(body, "activity"));
    }

    private static Optional<Duration> expiry(JsonNode body) {
        try {
            return Json.text(body, "expirationDuration").map(Duration::parse);
        } catch (DateTimeException e) {
            throw GraphError.badRequest("expirationDuration is not an ISO 8601 duration.");
        }
    }

    private static Instant instant(JsonNode zoned) {
        try {
            return LocalDateTime.parse(text(zoned, "dateTime"))
                    .atZone(ZoneId.of(text(zoned, "timeZone")))
                    .toInstant();
        } catch (DateTimeException e) {
            throw GraphError.badRequest("expiryDateTime is not a date, time and time zone.");
        }
    }

    private static String text(JsonNode body, String member) {
        return Json.text(body, member)
                .orElseThrow(() -> GraphError.badRequest("The parameter '" + member + "' is missing."));
    }
}
