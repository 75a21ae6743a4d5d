package dev.lockstep.dynamics.dataverse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.protocol.http.RetryAfter;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Dataverse, or something between us and it, answered anything but success
 * (learn.microsoft.com/power-apps/developer/data-platform/webapi/compose-http-requests-handle-errors).
 *
 * @param code Dataverse's own error code, such as 0x80072322; blank if there is none
 * @param text Dataverse's own words; blank if there are none
 */
record DataverseErrorResponse(int status, String code, String text, List<String> retryAfter, String requestId) {
    private static final int LONGEST_TEXT = 300;

    static DataverseErrorResponse of(Response answer, ObjectMapper json) {
        JsonNode error = error(answer, json);
        return new DataverseErrorResponse(
                answer.getStatus(),
                plain(error.path("code").asText("")),
                plain(error.path("message").asText("")),
                header(answer, "Retry-After"),
                header(answer, "x-ms-service-request-id").stream().findFirst().orElse(""));
    }

    PlatformException meaning(Instant now) {
        return switch (status) {
            case 429 -> new PlatformException.Throttled(RetryAfter.parse(retryAfter, now));
            case 401 ->
                new PlatformException.PermissionMissing("Dynamics refuses a fresh token (" + summary()
                        + "): make the application an application user of the environment");
            case 403 ->
                new PlatformException.PermissionMissing("Dynamics refuses (" + summary()
                        + "): give the application user the role Omnichannel supervisor and read rights " + text);
            case 405 ->
                new PlatformException.PermissionMissing("Dynamics does not allow this (" + summary()
                        + "): check the Contact Center licence and that the application is allowed");
            case 404 ->
                new PlatformException.PermissionMissing(
                        "Dynamics lacks what is asked for (" + summary() + "): install and license it. " + text);
            case 408 -> new PlatformException.Unreachable("Dynamics gave up (" + summary() + ")");
            default -> otherwise();
        };
    }

    /**
     * Whether 404 means that there is no such agent or row now. An organisation without the interface says so in
     * OData's words.
     */
    boolean isAbsence() {
        return status == 404 && !text.contains("Resource not found for the segment");
    }

    private PlatformException otherwise() {
        return status >= 400 && status < 500
                ? new PlatformException.Rejected("Dynamics refused (" + summary() + ") " + text)
                : new PlatformException.Unreachable("Dynamics answered " + summary());
    }

    private String summary() {
        return status + (code.isEmpty() ? "" : " " + code) + (requestId.isEmpty() ? "" : ", request " + requestId);
    }

    private static JsonNode error(Response answer, ObjectMapper json) {
        try {
            JsonNode body = json.readTree(bytes(answer));
            return body == null ? json.createObjectNode() : body.path("error");
        } catch (IOException | ProcessingException | IllegalStateException e) {
            // A proxy's page, or cut off: the status says enough.
            return json.createObjectNode();
        }
    }

    static byte[] bytes(Response answer) {
        byte[] body = answer.hasEntity() ? answer.readEntity(byte[].class) : null;
        return body == null ? new byte[0] : body;
    }

    private static List<String> header(Response answer, String name) {
        return answer.getStringHeaders().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .map(List::copyOf)
                .orElse(List.of());
    }

    private static String plain(String text) {
        String line = text.replaceAll("[^\\x20-\\x7E\\u00A0-\\uFFFD]", " ").strip();
        return Optional.of(line)
                .filter(it -> it.length() > LONGEST_TEXT)
                .map(it -> it.substring(0, LONGEST_TEXT))
                .orElse(line);
    }
}
