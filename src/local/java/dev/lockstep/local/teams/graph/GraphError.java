package dev.lockstep.local.teams.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.local.server.Json;
import dev.lockstep.local.server.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** A refusal in Graph's shape, learn.microsoft.com/graph/errors. */
public final class GraphError extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final String CHALLENGE = "Bearer realm=\"\", "
            + "authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", "
            + "client_id=\"00000003-0000-0000-c000-000000000000\"";

    private final int status;
    private final String code;
    private final transient Map<String, String> headers;

    private GraphError(int status, String code, String message, Map<String, String> headers) {
        super(message);
        this.status = status;
        this.code = code;
        this.headers = headers;
    }

    public static GraphError badRequest(String message) {
        return new GraphError(400, "BadRequest", message, Map.of());
    }

    static GraphError invalidToken(String message) {
        return new GraphError(401, "InvalidAuthenticationToken", message, Map.of("WWW-Authenticate", CHALLENGE));
    }

    static GraphError notForAnotherUser() {
        return new GraphError(401, "Unauthorized", "Cannot set the presence of another user.", Map.of());
    }

    static GraphError denied() {
        return new GraphError(
                403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.", Map.of());
    }

    static GraphError forbidden(String message) {
        return new GraphError(403, "Forbidden", message, Map.of());
    }

    public static GraphError notFound(String message) {
        return new GraphError(404, "NotFound", message, Map.of());
    }

    public static GraphError conflict(String message) {
        return new GraphError(409, "Conflict", message, Map.of());
    }

    static GraphError tooMany(Duration wait, boolean decimal) {
        double seconds = Math.max(wait.toMillis(), 1) / 1000.0;
        String text = decimal
                ? String.format(Locale.ROOT, "%.1f", Math.ceil(seconds * 10) / 10)
                : String.valueOf((long) Math.ceil(seconds));
        return new GraphError(429, "TooManyRequests", "Too Many Requests", Map.of("Retry-After", text));
    }

    /** A mistake of the simulator itself. */
    public static GraphError broken(RuntimeException cause) {
        return new GraphError(500, "InternalServerError", String.valueOf(cause), Map.of());
    }

    public Reply reply(Instant now, String requestId, String clientRequestId) {
        Reply reply = Reply.json(status, body(code, getMessage(), now, requestId, clientRequestId));
        for (Map.Entry<String, String> header : headers.entrySet()) {
            reply = reply.with(header.getKey(), header.getValue());
        }
        return reply;
    }

    public static ObjectNode body(String code, String message, Instant now, String requestId, String clientRequestId) {
        ObjectNode body = Json.object();
        body.putObject("error")
                .put("code", code)
                .put("message", message)
                .putObject("innerError")
                .put("date", DATE.format(now))
                .put("request-id", requestId)
                .put("client-request-id", clientRequestId);
        return body;
    }
}
