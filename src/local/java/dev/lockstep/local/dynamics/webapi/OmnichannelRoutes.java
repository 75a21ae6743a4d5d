package dev.lockstep.local.dynamics.webapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.local.dynamics.model.DynamicsModel;
import dev.lockstep.local.dynamics.model.RepresentativeView;
import dev.lockstep.local.dynamics.table.ODataError;
import dev.lockstep.local.server.Json;
import dev.lockstep.local.server.Reply;
import dev.lockstep.local.server.Request;
import java.util.Set;
import java.util.UUID;

/** CCaaS_GetPresence and CCaaS_ModifyAgentPresence, version 1.0, learn.microsoft.com. */
public final class OmnichannelRoutes {
    private static final Set<String> PARAMETERS = Set.of("ApiVersion", "AgentId", "PresenceId");

    private final DynamicsModel model;

    public OmnichannelRoutes(DynamicsModel model) {
        this.model = model;
    }

    /** Whose presence is read is chosen by MSCRMCallerID alone; without it, it is the application's own. */
    public Reply get(Request request, Callers.Acting acting, String origin) {
        String resource = request.part("resource");
        if (resource.contains("(")) {
            demandVersion(argument(resource, request));
        }
        acting.demand(acting.isRepresentative(), "prvReadmsdyn_presence");
        UUID who = request.header("MSCRMCallerID")
                .map(Callers::guid)
                .orElse(acting.application().id());
        RepresentativeView agent = model.agent(who)
                .filter(view -> model.row(who).isPresent())
                .orElseThrow(() -> new ODataError(404, "0x80040217", "Resource not found"));
        return Reply.json(200, body(agent, origin));
    }

    private static ObjectNode body(RepresentativeView agent, String origin) {
        ObjectNode body = Json.object();
        body.put(
                "@odata.context", origin + "/api/data/v9.2/$metadata#Microsoft.Dynamics.CRM.CCaaS_GetPresenceResponse");
        body.put("ActiveBrowserSessions", agent.browsers());
        body.put("AgentId", agent.who().id().toString())
                .put("AgentName", agent.who().name());
        body.put("Timestamp", agent.signedInAt().getEpochSecond());
        body.putArray("AllowedChannels").add("voice").add("livechat");
        body.putArray("DisabledChannels");
        body.put("CurrentPresenceStatusInfo", agent.presence().name());
        return body.put("PresenceId", agent.presence().id().toString());
    }

    /** {@code (ApiVersion=@v)?@v='1.0'} or {@code (ApiVersion='1.0')}. */
    private static String argument(String resource, Request request) {
        String inside = resource.substring(resource.indexOf('(') + 1, resource.length() - 1);
        String value = inside.startsWith("ApiVersion=") ? inside.substring(11) : "";
        return value.startsWith("@") ? request.parameter(value).orElse("") : value;
    }

    private static void demandVersion(String literal) {
        if (!literal.equals("'1.0'")) {
            throw ODataError.badRequest("ApiVersion must be '1.0'.");
        }
    }

    /** @return without content; the change itself shows a little later */
    public void modify(Request request, Callers.Acting acting) {
        JsonNode body = request.json();
        body.fieldNames().forEachRemaining(name -> {
            if (!PARAMETERS.contains(name)) {
                throw ODataError.badPayload("The parameter '" + name + "' is not a valid parameter for the operation"
                        + " 'CCaaS_ModifyAgentPresence'.");
            }
        });
        if (!text(body, "ApiVersion").equals("1.0")) {
            throw ODataError.badRequest("ApiVersion must be 1.0.");
        }
        UUID agent = Callers.guid(text(body, "AgentId"));
        UUID presence = Callers.guid(text(body, "PresenceId"));
        acting.demand(acting.supervises(), "prvWritemsdyn_agentstatus (role Omnichannel supervisor)");
        switch (model.modify(agent, presence, acting.application().id())) {
            case DONE -> {}
            case NOT_FOUND -> throw new ODataError(404, "0x80040217", "Resource not found");
            case BAD_PRESENCE -> throw new ODataError(400, "0x80040203", "Invalid presence " + presence);
        }
    }

    private static String text(JsonNode body, String parameter) {
        return Json.text(body, parameter)
                .orElseThrow(() -> ODataError.badPayload("The required parameter '" + parameter + "' is missing."));
    }
}
