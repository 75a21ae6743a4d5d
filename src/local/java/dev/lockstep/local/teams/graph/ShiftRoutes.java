package dev.lockstep.local.teams.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.local.entra.Caller;
import dev.lockstep.local.server.Json;
import dev.lockstep.local.server.Reply;
import dev.lockstep.local.server.Request;
import dev.lockstep.local.server.SimulatedServer;
import dev.lockstep.local.teams.model.Schedules;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The lists of Teams Shifts, paged, learn.microsoft.com/graph/api/schedule-list-shifts. */
public final class ShiftRoutes {
    private final Schedules schedules;
    private final Gate gate;
    private final GraphBehaviour rules;
    private final Throttle perApplication;
    private final Throttle perTeam;

    public ShiftRoutes(Schedules schedules, Gate gate, InstantSource clock, GraphBehaviour rules) {
        this.schedules = schedules;
        this.gate = gate;
        this.rules = rules;
        boolean decimal = !rules.has(GraphBehaviour.Option.WHOLE_RETRY_AFTER);
        perApplication = new Throttle(30, Duration.ofSeconds(1), clock, decimal);
        perTeam = new Throttle(4, Duration.ofSeconds(1), clock, decimal);
    }

    public void route(SimulatedServer server, String base) {
        String path = base + "/teams/{team}/schedule";
        server.on("GET", path + "/shifts", request -> list(server, request, schedules.shiftsOf(request.part("team"))))
                .on(
                        "GET",
                        path + "/timesOff",
                        request -> list(server, request, schedules.timesOffOf(request.part("team"))))
                .on(
                        "POST",
                        "/_teams/{team}/shifts",
                        request -> added(schedules.putShift(request.part("team"), object(request))))
                .on(
                        "DELETE",
                        "/_teams/{team}/shifts/{shift}",
                        request -> Reply.empty(
                                schedules.removeShift(request.part("team"), request.part("shift")) ? 204 : 404))
                .on(
                        "POST",
                        "/_teams/{team}/timesOff",
                        request -> added(schedules.putTimeOff(request.part("team"), object(request))));
    }

    private Reply list(SimulatedServer server, Request request, Optional<List<JsonNode>> all) {
        Caller caller = gate.caller(request, "Schedule.Read.All", "Schedule.ReadWrite.All");
        perApplication.admit(caller.appId() + caller.tenantId());
        perTeam.admit(caller.appId() + request.part("team"));
        List<JsonNode> entries = all.orElseThrow(() -> GraphError.notFound("No team found with that id."));
        Predicate<JsonNode> filter =
                request.parameter("$filter").map(ShiftFilter::read).orElse(entry -> true);
        List<JsonNode> matching = entries.stream().filter(filter).toList();
        int from = number(request, "$skiptoken", 0);
        int size = Math.max(1, Math.min(rules.shiftsPerPage(), number(request, "$top", rules.shiftsPerPage())));
        ObjectNode body = Json.object().put("@odata.context", "$metadata#Collection(microsoft.graph.shift)");
        var value = body.putArray("value");
        matching.stream().skip(from).limit(size).forEach(value::add);
        if (from + size < matching.size()) {
            body.put("@odata.nextLink", next(server, request, from + size));
        }
        return Reply.json(200, body);
    }

    private static String next(SimulatedServer server, Request request, int from) {
        StringBuilder link = new StringBuilder(server.url() + request.path() + "?$skiptoken=" + from);
        for (String kept : List.of("$filter", "$top")) {
            request.parameter(kept)
                    .ifPresent(
                            value -> link.append("&").append(kept).append("=").append(encode(value)));
        }
        return link.toString();
    }

    private static int number(Request request, String name, int otherwise) {
        try {
            return request.parameter(name).map(Integer::parseInt).orElse(otherwise);
        } catch (NumberFormatException e) {
            throw GraphError.badRequest(name + " is not a number.");
        }
    }

    private static Reply added(String id) {
        return Reply.json(201, Json.object().put("id", id));
    }

    private static ObjectNode object(Request request) {
        return (ObjectNode) request.json();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
