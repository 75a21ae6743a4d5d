package dev.lockstep.local.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a caller sent to a simulated platform. {@code path} is percent-decoded; header names are looked up without
 * case; {@code parts} holds what the route's placeholders matched.
 */
public record Request(
        String method,
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        byte[] body,
        Map<String, String> parts) {

    public Request {
        Map<String, String> caseless = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        caseless.putAll(headers);
        headers = Collections.unmodifiableMap(caseless);
    }

    /** The text that a placeholder of the route matched. */
    public String part(String name) {
        return Optional.ofNullable(parts.get(name))
                .orElseThrow(() -> new IllegalArgumentException("the route has no {" + name + "}"));
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name));
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * The body as a JSON object; an empty body is an empty object.
     *
     * @throws MalformedBody when it is anything else
     */
    public JsonNode json() {
        if (body.length == 0) {
            return Json.object();
        }
        try {
            JsonNode node = Json.MAPPER.readTree(body);
            if (node != null && node.isContainerNode()) {
                return node;
            }
            throw new MalformedBody("the body is not a JSON object");
        } catch (JsonProcessingException e) {
            throw new MalformedBody(e.getOriginalMessage());
        } catch (IOException e) {
            throw new MalformedBody(e.getMessage());
        }
    }

    /** The body as {@code application/x-www-form-urlencoded}. */
    public Map<String, String> form() {
        return pairs(text());
    }

    Request at(Map<String, String> newParts) {
        return new Request(method, path, query, headers, body, newParts);
    }

    /** Reads {@code a=1&b=2}; of a name given twice the first value counts. */
    public static Map<String, String> pairs(String encoded) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : encoded == null || encoded.isEmpty() ? new String[0] : encoded.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            pairs.putIfAbsent(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        return pairs;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new MalformedBody("bad percent-encoding");
        }
    }

    /** The caller's body or query cannot be read; every platform answers this in its own shape. */
    public static final class MalformedBody extends RuntimeException {
        private static final long serialVersionUID = 1;

        public MalformedBody(String message) {
            super(message);
        }
    }
}
