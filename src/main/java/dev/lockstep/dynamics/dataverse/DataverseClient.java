package dev.lockstep.dynamics.dataverse;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.rest.client.reactive.Url;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;

/**
 * The Dataverse Web API, as far as it is used. Headers as its pages ask for
 * (learn.microsoft.com/power-apps/developer/data-platform/webapi/compose-http-requests-handle-errors).
 */
@Path("")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@ClientHeaderParam(name = "OData-Version", value = "4.0")
@ClientHeaderParam(name = "OData-MaxVersion", value = "4.0")
@ClientHeaderParam(name = "If-None-Match", value = "null")
interface DataverseClient {
    /** Where the Web API lies in an environment. */
    String ROOT = "/api/data/v9.2";

    /** In whose name a request is made, if not in the application's own: another user's systemuserid. */
    String CALLER = "MSCRMCallerID";

    /** @param caller null for the application itself */
    @POST
    @Path(ROOT + "/CCaaS_ModifyAgentPresence")
    Uni<Response> modify(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer,
            @HeaderParam(CALLER) String caller,
            ModifyAgentPresence body);

    /**
     * @param caller null for the application itself
     * @param link whole and encoded: Dataverse wants its links to further pages back as it made them
     */
    @GET
    Uni<Response> get(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer,
            @HeaderParam(CALLER) String caller,
            @HeaderParam("Prefer") String prefer,
            @Url String link);

    /** Body of CCaaS_ModifyAgentPresence (learn.microsoft.com/dynamics365/contact-center/extend/api). */
    record ModifyAgentPresence(
            @JsonProperty("ApiVersion") String apiVersion,
            @JsonProperty("AgentId") String agentId,
            @JsonProperty("PresenceId") String presenceId) {}
}
