package dev.lockstep.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The document that is served at {@code /asyncapi.json}, and which of its messages an event is. */
public final class AsyncApiDocument {
    public static final AsyncApiDocument SERVED = new AsyncApiDocument();

    private final JsonNode document;
    private final JsonSchemas schemas;

    private AsyncApiDocument() {
        try (InputStream file = Contract.class.getResourceAsStream("asyncapi.json")) {
            document = new ObjectMapper().readTree(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        schemas = new JsonSchemas(document);
    }

    public JsonNode json() {
        return document;
    }

    /** Of a channel, in order. */
    public List<String> messages(String channel) {
        return document.path("channels")
                .path(channel)
                .path("messages")
                .propertyStream()
                .map(Map.Entry::getKey)
                .toList();
    }

    public JsonNode message(String name) {
        return document.path("components").path("messages").path(name);
    }

    /** The messages of the channel that an event can be taken for. */
    public List<String> messagesOf(String channel, String event) {
        return messages(channel).stream()
                .filter(name -> mistakes(name, event).isEmpty())
                .toList();
    }

    /** What keeps an event from being that message. */
    public List<String> mistakes(String message, String event) {
        return schemas.mistakes(message(message).path("payload"), event);
    }

    /** The examples that the message itself gives. */
    public Stream<String> examples(String message) {
        return message(message)
                .path("examples")
                .valueStream()
                .map(example -> example.path("payload").toString());
    }
}
