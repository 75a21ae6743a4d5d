package dev.lockstep.local.entra;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.local.server.Json;
import dev.lockstep.local.server.Reply;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/**
 * A refusal of the token endpoint, numbered as on
 * learn.microsoft.com/entra/identity-platform/reference-error-codes.
 */
final class EntraError extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private final int status;
    private final String error;
    private final int code;

    private EntraError(int status, String error, int code, String text) {
        super("AADSTS" + code + ": " + text);
        this.status = status;
        this.error = error;
        this.code = code;
    }

    static EntraError unknownTenant(String tenant) {
        return new EntraError(
                400,
                "invalid_request",
                90002,
                "Tenant '" + tenant + "' not found. Check to make sure "
                        + "you have the correct tenant ID and are signing into the correct cloud.");
    }

    static EntraError unknownApplication(String clientId) {
        return new EntraError(
                400,
                "unauthorized_client",
                700016,
                "Application with identifier '" + clientId + "' was not found in the directory.");
    }

    static EntraError wrongSecret(String clientId) {
        return new EntraError(
                401,
                "invalid_client",
                7000215,
                "Invalid client secret provided. Ensure the secret being sent in the request is the client secret"
                        + " value, not the client secret ID, for a secret added to app '" + clientId + "'.");
    }

    static EntraError noCredential() {
        return new EntraError(
                401,
                "invalid_client",
                7000216,
                "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant"
                        + " type.");
    }

    static EntraError wrongAssertion(int code, String why) {
        return new EntraError(401, "invalid_client", code, why);
    }

    static EntraError wrongScope(String scope) {
        return new EntraError(
                400,
                "invalid_scope",
                70011,
                "The provided request must include a 'scope' input "
                        + "parameter. The provided value for the input parameter 'scope' is not valid. The scope "
                        + scope
                        + " is not valid.");
    }

    static EntraError unknownResource(String origin) {
        return new EntraError(
                400,
                "invalid_resource",
                500011,
                "The resource principal named " + origin + " was not found in the tenant.");
    }

    static EntraError missing(String parameter) {
        return new EntraError(
                400,
                "invalid_request",
                900144,
                "The request body must contain the following parameter: '" + parameter + "'.");
    }

    static EntraError unsupportedGrant(String grant) {
        return new EntraError(
                400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type '" + grant + "'.");
    }

    static EntraError wrongGrant(int code, String why) {
        return new EntraError(400, "invalid_grant", code, why);
    }

    static EntraError malformed() {
        return new EntraError(400, "invalid_request", 9002313, "Invalid request. Request is malformed or invalid.");
    }

    /** A mistake of the simulator itself. */
    static EntraError broken(RuntimeException cause) {
        return new EntraError(500, "server_error", 90033, String.valueOf(cause));
    }

    Reply reply(Instant now) {
        String trace = UUID.randomUUID().toString();
        String correlation = UUID.randomUUID().toString();
        String stamp = STAMP.format(now);
        ObjectNode body = Json.object().put("error", error);
        body.put(
                "error_description",
                getMessage() + " Trace ID: " + trace + " Correlation ID: " + correlation + " Timestamp: " + stamp);
        body.putArray("error_codes").add(code);
        body.put("timestamp", stamp).put("trace_id", trace).put("correlation_id", correlation);
        return Reply.json(status, body.put("error_uri", "https://login.microsoftonline.com/error?code=" + code));
    }
}
