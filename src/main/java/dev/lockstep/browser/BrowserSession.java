package dev.lockstep.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.protocol.http.Requester;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody who signed in with a browser, as Entra told of them then. Its text form names no one.
 *
 * @param id by which it is signed out
 * @param formToken that forms of our pages bring, and no page of anybody else's can know
 */
public record BrowserSession(String id, String formToken, Requester.Holder person, Instant endsAt) {
    private static final ObjectMapper JSON = new ObjectMapper();

    boolean isOverAt(Instant now) {
        return !now.isBefore(endsAt);
    }

    byte[] written() {
        ObjectNode text = JSON.createObjectNode()
                .put("id", id)
                .put("form", formToken)
                .put("oid", person.id())
                .put("name", person.name())
                .put("end", endsAt.getEpochSecond());
        person.roles().stream().sorted().forEach(text.putArray("roles")::add);
        person.groups().stream().sorted().forEach(text.putArray("groups")::add);
        try {
            return JSON.writeValueAsBytes(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param text as we wrote and sealed it; empty if it is of a later form */
    static Optional<BrowserSession> read(byte[] text) {
        try {
            JsonNode session = JSON.readTree(new String(text, StandardCharsets.UTF_8));
            if (session.path("id").asText("").isEmpty()
                    || session.path("form").asText("").isEmpty()) {
                return Optional.empty();
            }
            Requester.Holder person = new Requester.Holder(
                    true,
                    session.path("oid").asText(""),
                    session.path("name").asText(""),
                    texts(session.path("roles")),
                    texts(session.path("groups")));
            return Optional.of(new BrowserSession(
                    session.path("id").asText(),
                    session.path("form").asText(),
                    person,
                    Instant.ofEpochSecond(session.path("end").asLong())));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new HashSet<>();
        list.forEach(text -> texts.add(text.asText("")));
        return texts;
    }

    @Override
    public String toString() {
        return "BrowserSession[until " + endsAt + "]";
    }
}
