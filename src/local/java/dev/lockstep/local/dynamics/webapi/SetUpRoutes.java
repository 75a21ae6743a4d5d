package dev.lockstep.local.dynamics.webapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.local.dynamics.ContactCenter;
import dev.lockstep.local.dynamics.model.BasePresence;
import dev.lockstep.local.dynamics.model.Presence;
import dev.lockstep.local.dynamics.table.ODataError;
import dev.lockstep.local.dynamics.table.Preferences;
import dev.lockstep.local.dynamics.webhook.Registrations;
import dev.lockstep.local.server.Json;
import dev.lockstep.local.server.Reply;
import dev.lockstep.local.server.Request;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;

/** Writing by the Web API what an administrator sets up: webhooks with their steps, and custom presences. */
public final class SetUpRoutes {
    private final ContactCenter center;
    private final TableRoutes tables;
    private final Supplier<String> root;

    public SetUpRoutes(ContactCenter center, TableRoutes tables, Supplier<String> root) {
        this.center = center;
        this.tables = tables;
        this.root = root;
    }

    public Reply post(Request request, Callers.Acting acting) {
        String resource = request.part("resource");
        acting.demand(acting.application().is(ApplicationUser.CUSTOMIZER), "prvCreate of " + resource);
        Registrations registrations = center.webhooks().registrations();
        JsonNode body = request.json();
        UUID id = switch (resource) {
            case "serviceendpoints" -> registrations.createEndpoint(body);
            case "sdkmessageprocessingsteps" -> registrations.createStep(body);
            case "sdkmessageprocessingstepimages" -> registrations.createImage(body);
            case "msdyn_presences" -> createPresence(body);
            default -> throw ODataError.noSuchSegment(resource);
        };
        return created(request, resource, id);
    }

    private Reply created(Request request, String set, UUID id) {
        Preferences preferences = Preferences.of(request);
        String entity = root.get() + set + "(" + id + ")";
        Reply reply = preferences.representation()
                ? Reply.json(201, tables.written(set, id, preferences))
                        .with("Preference-Applied", "return=representation")
                : Reply.empty(204);
        return reply.with("OData-EntityId", entity);
    }

    private UUID createPresence(JsonNode body) {
        String name = Json.text(body, "msdyn_name").orElseThrow(() -> ODataError.badPayload("msdyn_name is needed."));
        String text = Json.text(body, "msdyn_presencestatustext")
                .orElseThrow(() -> ODataError.badPayload("msdyn_presencestatustext is needed."));
        int value = body.path("msdyn_basepresencestatus").asInt();
        BasePresence base = Arrays.stream(BasePresence.values())
                .filter(one -> one.value() == value)
                .findFirst()
                .orElseThrow(() -> ODataError.badPayload("A value " + value + " is outside the valid range."));
        boolean settable = body.path("msdyn_canuserset").asBoolean(true);
        Presence presence = new Presence(UUID.randomUUID(), name, text, base, settable, true);
        return center.presence().add(presence).id();
    }

    public Reply patch(Request request, Callers.Acting acting) {
        Matcher keyed = keyed(request);
        acting.demand(acting.application().is(ApplicationUser.CUSTOMIZER), "prvWrite of " + keyed.group(1));
        if (!keyed.group(1).equals("serviceendpoints")) {
            throw ODataError.noSuchSegment(keyed.group(1));
        }
        center.webhooks().registrations().changeEndpoint(Callers.guid(keyed.group(2)), request.json());
        return Reply.empty(204);
    }

    public Reply delete(Request request, Callers.Acting acting) {
        Matcher keyed = keyed(request);
        acting.demand(acting.application().is(ApplicationUser.CUSTOMIZER), "prvDelete of " + keyed.group(1));
        UUID id = Callers.guid(keyed.group(2));
        Registrations registrations = center.webhooks().registrations();
        switch (keyed.group(1)) {
            case "serviceendpoints" -> registrations.deleteEndpoint(id);
            case "sdkmessageprocessingsteps" -> registrations.deleteStep(id);
            case "sdkmessageprocessingstepimages" -> registrations.deleteImage(id);
            default -> throw ODataError.noSuchSegment(keyed.group(1));
        }
        return Reply.empty(204);
    }

    private static Matcher keyed(Request request) {
        Matcher keyed = TableRoutes.KEYED.matcher(request.part("resource"));
        if (!keyed.matches()) {
            throw new ODataError(405, "0x80060888", "The HTTP method is not supported on a collection.");
        }
        return keyed;
    }
}
