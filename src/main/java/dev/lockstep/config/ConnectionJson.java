package dev.lockstep.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.platform.Connection;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** A connection as it is stored. */
final class ConnectionJson {
    private ConnectionJson() {}

    static ObjectNode write(Connection connection) {
        ObjectNode json = Json.object();
        json.put("name", connection.name());
        json.put("system", connection.system());
        put(json, "tokens", connection.tokens());
        put(json, "secrets", connection.secrets());
        connection.url().ifPresent(url -> json.put("url", url.toString()));
        put(json, "teams", connection.teams());
        return json;
    }

    private static void put(ObjectNode json, String field, List<String> texts) {
        if (!texts.isEmpty()) {
            json.set(field, Json.array(texts));
        }
    }

    /** Empty if it is none: somebody changed it by hand. */
    static Optional<Connection> read(String text) {
        return Json.parse(text).filter(JsonNode::isObject).flatMap(ConnectionJson::read);
    }

    private static Optional<Connection> read(JsonNode json) {
        Optional<String> name = Json.text(json, "name");
        Optional<String> system = Json.text(json, "system");
        if (name.isEmpty() || system.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Connection(
                name.get(),
                system.get(),
                Json.texts(json, "tokens"),
                Json.texts(json, "secrets"),
                Json.text(json, "url").flatMap(ConnectionJson::url),
                Json.texts(json, "teams")));
    }

    private static Optional<URI> url(String text) {
        try {
            return Optional.of(URI.create(text));
        } catch (IllegalArgumentException broken) {
            return Optional.empty();
        }
    }
}
