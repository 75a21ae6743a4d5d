package dev.lockstep.local.server;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a simulated platform answers. */
public record Reply(int status, Map<String, String> headers, byte[] body) {

    public static Reply empty(int status) {
        return new Reply(status, Map.of(), new byte[0]);
    }

    /** JSON from a tree or from anything that Jackson can write. */
    public static Reply json(int status, Object body) {
        return new Reply(status, Map.of("Content-Type", "application/json; charset=utf-8"), Json.bytes(body));
    }

    public static Reply text(int status, String contentType, String body) {
        return new Reply(status, Map.of("Content-Type", contentType), body.getBytes(StandardCharsets.UTF_8));
    }

    /** The same reply with one more header. */
    public Reply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, body);
    }
}
