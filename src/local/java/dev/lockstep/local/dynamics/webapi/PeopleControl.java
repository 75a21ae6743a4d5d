package dev.lockstep.local.dynamics.webapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.local.dynamics.ContactCenter;
import dev.lockstep.local.dynamics.model.DynamicsModel;
import dev.lockstep.local.dynamics.model.Presence;
import dev.lockstep.local.dynamics.model.Representative;
import dev.lockstep.local.dynamics.model.RepresentativeView;
import dev.lockstep.local.dynamics.model.Work;
import dev.lockstep.local.dynamics.model.WorkforceBooking;
import dev.lockstep.local.dynamics.model.WorkforceModel;
import dev.lockstep.local.dynamics.model.Workstream;
import dev.lockstep.local.dynamics.webhook.WebhookEngine;
import dev.lockstep.local.server.Json;
import dev.lockstep.local.server.Reply;
import dev.lockstep.local.server.Request;
import dev.lockstep.local.server.SimulatedServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Lets people and tests do what representatives, supervisors, routing and planners do. A person is named by
 * systemuserid, user name or Entra object id. Answers the person as they are then; 409 when it was not possible.
 */
public final class PeopleControl {
    private static final int USUAL_UNITS = 30;

    private final DynamicsModel model;
    private final WorkforceModel shifts;
    private final WebhookEngine webhooks;

    public PeopleControl(ContactCenter center) {
        model = center.presence();
        shifts = center.shifts();
        webhooks = center.webhooks();
    }

    public void route(SimulatedServer server) {
        server.on("GET", "/_people", request -> all())
                .on("POST", "/_people", request -> hire(request.json()))
                .on("GET", "/_people/{id}", request -> Reply.json(200, show(person(request))));
        act(server, "sign-in", model::signIn);
        act(server, "sign-out", model::signOut);
        act(server, "disconnect", model::disconnect);
        act(server, "reconnect", model::reconnect);
        act(server, "missed", model::miss);
        act(server, "rejected", model::reject);
        act(server, "reset", model::reset);
        server.on("POST", "/_people/{id}/presence", this::presence);
        server.on("POST", "/_people/{id}/work/accept", this::accept);
        server.on("POST", "/_people/{id}/work/close", this::close);
        server.on("POST", "/_people/{id}/work/hold", request -> hold(request, true));
        server.on("POST", "/_people/{id}/work/resume", request -> hold(request, false));
        server.on("PUT", "/_people/{id}/shift", this::plan);
        server.on("DELETE", "/_people/{id}/shift", this::clearShifts);
        server.on("GET", "/_workstreams/{name}/offer", this::offer);
        server.on("POST", "/_webhooks", this::registerWebhook);
        server.on("PUT", "/_clock", this::skew);
    }

    private void act(SimulatedServer server, String word, Predicate<UUID> action) {
        server.on("POST", "/_people/{id}/" + word, request -> {
            UUID who = person(request);
            return answer(who, action.test(who));
        });
    }

    private Reply presence(Request request) {
        UUID who = person(request);
        String name = request.json().path("name").asText();
        UUID presence = model.presence(name)
                .map(Presence::id)
                .orElseThrow(() -> new IllegalArgumentException("no presence is called '" + name + "'"));
        Optional<String> supervisor = Json.text(request.json(), "by");
        boolean done = supervisor.isPresent()
                ? model.supervise(find(supervisor.get()), who, presence)
                : model.choose(who, presence);
        return answer(who, done);
    }

    private Reply accept(Request request) {
        UUID who = person(request);
        JsonNode body = request.json();
        String channel = body.path("channel").asText("chat").toUpperCase(Locale.ROOT);
        int units = body.path("units").asInt(USUAL_UNITS);
        return answer(
                who, model.accept(who, Work.Channel.valueOf(channel), units).isPresent());
    }

    /** The work named by {@code id}, or the latest. */
    private Reply close(Request request) {
        UUID who = person(request);
        return answer(
                who, work(who, request).filter(work -> model.close(who, work)).isPresent());
    }

    private Reply hold(Request request, boolean held) {
        UUID who = person(request);
        return answer(
                who, work(who, request).filter(work -> model.hold(work, held)).isPresent());
    }

    private Optional<UUID> work(UUID who, Request request) {
        List<Work> open = model.agent(who).orElseThrow().work();
        return Json.text(request.json(), "id")
                .map(UUID::fromString)
                .or(() -> open.stream().reduce((earlier, later) -> later).map(Work::id));
    }

    /** {@code {"start","end","breaks":[{"start","end"}]}}: the person's only shift from now on. */
    private Reply plan(Request request) {
        UUID who = person(request);
        JsonNode body = request.json();
        List<WorkforceModel.Pause> pauses = new ArrayList<>();
        body.path("breaks")
                .forEach(one -> pauses.add(new WorkforceModel.Pause(
                        WorkforceBooking.Activity.BREAK, instant(one, "start"), instant(one, "end"))));
        Instant start = instant(body, "start");
        Instant end = instant(body, "end");
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("a shift starts before it ends");
        }
        shifts.clear(who);
        UUID shift = shifts.plan(who, start, end, pauses);
        return Reply.json(200, Json.object().put("shift", shift.toString()));
    }

    private Reply clearShifts(Request request) {
        shifts.clear(person(request));
        return Reply.empty(204);
    }

    private Reply offer(Request request) {
        String name = request.part("name");
        Workstream workstream = model.workstreams().stream()
                .filter(one ->
                        one.name().equalsIgnoreCase(name) || one.id().toString().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElement("no workstream '" + name + "'"));
        ObjectNode body = Json.object().put("workstream", workstream.name());
        ArrayNode eligible = body.putArray("eligible");
        model.eligible(workstream.id())
                .forEach(agent -> eligible.add(agent.who().id().toString()));
        body.set("offeredTo", eligible.path(0).isMissingNode() ? null : eligible.get(0));
        return Reply.json(200, body);
    }

    private Reply registerWebhook(Request request) {
        JsonNode body = request.json();
        URI url = URI.create(body.path("url").asText());
        webhooks.registerWebhook(
                url,
                body.path("header").asText("x-lockstep-key"),
                body.path("key").asText());
        return Reply.empty(204);
    }

    private Reply skew(Request request) {
        model.skewClockBy(Duration.ofSeconds(request.json().path("skewSeconds").asLong()));
        return Reply.empty(204);
    }

    private Reply hire(JsonNode body) {
        UUID id = UUID.fromString(body.path("systemuserid").asText());
        UUID entraId = UUID.fromString(body.path("entraId").asText());
        model.add(Representative.of(
                id, body.path("name").asText(), body.path("upn").asText(), entraId));
        return Reply.json(201, show(id));
    }

    private Reply all() {
        ArrayNode all = Json.array();
        model.agents().forEach(agent -> all.add(show(agent.who().id())));
        return Reply.json(200, all);
    }

    private Reply answer(UUID who, boolean done) {
        return Reply.json(done ? 200 : 409, show(who));
    }

    private ObjectNode show(UUID who) {
        RepresentativeView agent = model.agent(who).orElseThrow();
        ObjectNode body = Json.object();
        body.put("systemuserid", who.toString())
                .put("name", agent.who().name())
                .put("upn", agent.who().upn());
        body.put("presence", agent.presence().name());
        body.put("base", agent.presence().base().label());
        body.put("signedIn", agent.signedIn()).put("present", agent.present());
        ArrayNode work = body.putArray("work");
        agent.work()
                .forEach(one -> work.addObject()
                        .put("id", one.id().toString())
                        .put("channel", one.channel().name().toLowerCase(Locale.ROOT))
                        .put("units", one.units()));
        return body;
    }

    private UUID person(Request request) {
        return find(request.part("id"));
    }

    private UUID find(String name) {
        return model.agents().stream()
                .map(RepresentativeView::who)
                .filter(who -> who.id().toString().equalsIgnoreCase(name)
                        || who.upn().equalsIgnoreCase(name)
                        || who.entraId().toString().equalsIgnoreCase(name))
                .map(Representative::id)
                .findFirst()
                .orElseThrow(() -> new NoSuchElement("nobody is called '" + name + "'"));
    }

    private static Instant instant(JsonNode body, String member) {
        try {
            return Instant.parse(body.path(member).asText());
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(member + " must be an instant such as 2026-11-22T17:00:00Z", e);
        }
    }

    /** Nobody and nothing is called so. */
    public static final class NoSuchElement extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoSuchElement(String message) {
            super(message);
        }
    }
}
