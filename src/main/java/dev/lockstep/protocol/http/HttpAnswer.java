package dev.lockstep.protocol.http;

import java.util.List;
import java.util.Map;

/**
 * What the caller is told.
 *
 * @param cookies each as a browser is told of it in a header {@code Set-Cookie} of its own
 */
public record HttpAnswer(
        int status, String contentType, String body, Map<String, String> headers, List<String> cookies) {
    public HttpAnswer {
        headers = Map.copyOf(headers);
        cookies = List.copyOf(cookies);
    }

    public HttpAnswer(int status, String contentType, String body, Map<String, String> headers) {
        this(status, contentType, body, headers, List.of());
    }

    /** Accepted, and nothing to say. A desk phone may show what it is answered, so there is no text. */
    public static HttpAnswer ok() {
        return text(200, "");
    }

    public static HttpAnswer text(int status, String body) {
        return new HttpAnswer(status, "text/plain", body, Map.of());
    }

    /** A list to be kept under that name. */
    public static HttpAnswer csv(String name, String csv) {
        return new HttpAnswer(
                200,
                "text/csv",
                csv,
                Map.of(
                        "Content-Disposition",
                        "attachment; filename=\"" + name + '"',
                        "X-Content-Type-Options",
                        "nosniff"));
    }

    /** The browser goes there by {@code GET}, whatever it asked with. */
    public static HttpAnswer seeOther(String location) {
        return text(303, "").with(Map.of("Location", location));
    }

    public HttpAnswer with(Map<String, String> more) {
        return new HttpAnswer(status, contentType, body, more, cookies);
    }

    public HttpAnswer withCookies(String... all) {
        return new HttpAnswer(status, contentType, body, headers, List.of(all));
    }
}
