package dev.lockstep.teams.graph;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import okhttp3.Response;

/**
 * Graph, or something between us and it, answered anything but success. Taken off the wire before the SDK sees it:
 * the SDK tells no status when an error's body is not JSON, and stumbles over an empty one.
 */
final class GraphErrorResponse extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_BODY = 64 * 1024;
    private static final int LONGEST_TEXT = 200;

    private final int status;
    private final transient List<String> retryAfter;
    private final String code;
    private final String text;
    private final String requestId;

    private GraphErrorResponse(int status, List<String> retryAfter, String requestId, String... codeAndText) {
        super("status " + status, null);
        this.status = status;
        this.retryAfter = retryAfter;
        this.requestId = requestId;
        this.code = codeAndText[0];
        this.text = codeAndText[1];
    }

    static GraphErrorResponse of(Response answer) {
        String requestId = Optional.ofNullable(answer.header("request-id")).orElse("");
        return new GraphErrorResponse(answer.code(), answer.headers("Retry-After"), requestId, error(answer));
    }

    /** The refusal behind an exception of the SDK. */
    static Optional<GraphErrorResponse> behind(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof GraphErrorResponse refusal) {
                return Optional.of(refusal);
            }
        }
        return Optional.empty();
    }

    int status() {
        return status;
    }

    List<String> retryAfter() {
        return retryAfter == null ? List.of() : retryAfter;
    }

    /** For people: {@code 403 Forbidden, request 6ad0…}. */
    String summary() {
        return status + (code.isEmpty() ? "" : " " + code) + (requestId.isEmpty() ? "" : ", request " + requestId);
    }

    /** Graph's own words; empty where there are none. */
    String text() {
        return text;
    }

    /** {@code {"error":{"code":"…","message":"…"}}} (Graph, error responses), or nothing. */
    private static String[] error(Response answer) {
        String[] found = {"", ""};
        try (JsonParser json =
                new JsonFactory().createParser(answer.peekBody(LONGEST_BODY).bytes())) {
            for (JsonToken next = json.nextToken(); next != null; next = json.nextToken()) {
                if (next == JsonToken.VALUE_STRING && insideError(json)) {
                    note(json.currentName(), json.getText(), found);
                }
            }
        } catch (IOException e) {
            // A proxy's page, or cut off: the status says enough.
        }
        return found;
    }

    private static boolean insideError(JsonParser json) {
        return json.getParsingContext().pathAsPointer().toString().matches("/error/(code|message)");
    }

    private static void note(String name, String value, String[] found) {
        String plain = value.replaceAll("[^\\x20-\\x7E\\u00A0-\\uFFFD]", " ").strip();
        found[name.equals("code") ? 0 : 1] = plain.length() > LONGEST_TEXT ? plain.substring(0, LONGEST_TEXT) : plain;
    }
}
