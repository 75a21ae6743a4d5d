package dev.lockstep.protocol.http;

import java.util.Map;

/** What the caller is told. */
public record HttpAnswer(int status, String contentType, String body, Map<String, String> headers) {
    public HttpAnswer {
        headers = Map.copyOf(headers);
    }

    /** Accepted, and nothing to say. A desk phone may show what it is answered, so there is no text. */
    public static HttpAnswer ok() {
        return text(200, "");
    }

    public static HttpAnswer text(int status, String body) {
        return new HttpAnswer(status, "text/plain", body, Map.of());
    }

    public HttpAnswer with(Map<String, String> more) {
        return new HttpAnswer(status, contentType, body, more);
    }
}
