package dev.lockstep.configured;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** A connection as it is stored. */
public final class ConnectionJson {
    private ConnectionJson() {}

    public static ObjectNode write(Connection connection) {
        ObjectNode json = StoredJson.object();
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
            json.set(field, StoredJson.array(texts));
        }
    }

    /** Empty if it is none: somebody changed it by hand. */
    public static Optional<Connection> read(String text) {
        return StoredJson.parse(text).filter(JsonNode::isObject).flatMap(ConnectionJson::read);
    }

    private static Optional<Connection> read(JsonNode json) {
        Optional<String> name = StoredJson.text(json, "name");
        Optional<String> system = StoredJson.text(json, "system");
        if (name.isEmpty() || system.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Connection(
                name.get(),
                system.get(),
                StoredJson.texts(json, "tokens"),
                StoredJson.texts(json, "secrets"),
                StoredJson.text(json, "url").flatMap(ConnectionJson::url),
                StoredJson.texts(json, "teams")));
    }

    private static Optional<URI> url(String text) {
        try {
            return Optional.of(URI.create(text));
        } catch (IllegalArgumentException broken) {
            return Optional.empty();
        }
    }
}
