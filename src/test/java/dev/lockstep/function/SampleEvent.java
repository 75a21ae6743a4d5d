package dev.lockstep.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.local.phone.WebhookSignature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * One of the events in {@code events/}, as its function gets it. They are all about Rita and of one moment; a test makes
 * them be about somebody else and of the present.
 */
final class SampleEvent {
    private static final Path FOLDER = Path.of("events");
    private static final String SUFFIX = ".json";

    /** The moment of all the samples, in the forms in which they write it. */
    private static final String SECONDS = "1795334400";

    private static final String MILLISECONDS = SECONDS + "000";
    private static final String TEXT = "2026-11-22T08:00:00.000Z";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode event;

    private SampleEvent(ObjectNode event) {
        this.event = event;
    }

    /** Names of all the samples, such as {@code sync.retry}. */
    static List<String> names() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The function that a sample is for. */
    static String function(String name) {
        return name.substring(0, name.indexOf('.'));
    }

    /** About that person, at that moment; unsigned. */
    static SampleEvent of(String name, PackagedPerson person, Instant at) {
        try {
            String text = person.inPlaceOfRita(Files.readString(FOLDER.resolve(name + SUFFIX)))
                    .replace(MILLISECONDS, String.valueOf(at.toEpochMilli()))
                    .replace(SECONDS, String.valueOf(at.getEpochSecond()))
                    .replace(TEXT, Instant.ofEpochMilli(at.toEpochMilli()).toString());
            return new SampleEvent((ObjectNode) JSON.readTree(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a phone system would send it at that moment; an event that nobody signs stays as it is. */
    SampleEvent signed(String secret, Instant at) {
        if (!event.path("headers").has("webhook-signature")) {
            return this;
        }
        ObjectNode headers = event.withObject("/headers");
        byte[] body = event.path("body").asText().getBytes(StandardCharsets.UTF_8);
        String id = headers.path("webhook-id").asText();
        new WebhookSignature(List.of(secret)).headers(id, at, body).forEach(headers::put);
        return this;
    }

    /** As the gateway hands on what it takes for no text. */
    SampleEvent inBase64() {
        byte[] body = event.path("body").asText().getBytes(StandardCharsets.UTF_8);
        event.put("body", Base64.getEncoder().encodeToString(body)).put("isBase64Encoded", true);
        return this;
    }

    SampleEvent header(String name, String value) {
        event.withObject("/headers").put(name, value);
        return this;
    }

    SampleEvent withoutHeader(String name) {
        event.withObject("/headers").remove(name);
        return this;
    }

    SampleEvent query(String query) {
        event.put("rawQueryString", query);
        return this;
    }

    String query() {
        return event.path("rawQueryString").asText();
    }

    SampleEvent body(String body) {
        event.put("body", body);
        return this;
    }

    String body() {
        return event.path("body").asText();
    }

    SampleEvent path(String path) {
        event.put("rawPath", path);
        event.withObject("/requestContext/http").put("path", path);
        return this;
    }

    SampleEvent method(String method) {
        event.withObject("/requestContext/http").put("method", method);
        return this;
    }

    /** @param cookies each as {@code name=value} */
    SampleEvent cookies(Collection<String> cookies) {
        event.remove("cookies");
        cookies.forEach(event.withArray("/cookies")::add);
        return this;
    }

    SampleEvent withoutAuthorizer() {
        event.withObject("/requestContext").remove("authorizer");
        return this;
    }

    /** As an HTTP API writes them: {@code [a b]}. */
    SampleEvent roles(String roles) {
        event.withObject("/requestContext/authorizer/jwt/claims").put("roles", roles);
        return this;
    }

    String json() {
        try {
            return JSON.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
