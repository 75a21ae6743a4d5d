package dev.lockstep.configured;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.DocumentNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JSON without reflection: what is stored, and what is answered. */
public final class StoredJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private StoredJson() {}

    public static ObjectNode object() {
        return NODES.objectNode();
    }

    public static ArrayNode array() {
        return NODES.arrayNode();
    }

    public static ArrayNode array(List<String> texts) {
        ArrayNode array = array();
        texts.forEach(array::add);
        return array;
    }

    public static ObjectNode map(Map<String, String> map) {
        ObjectNode object = object();
        map.forEach(object::put);
        return object;
    }

    public static String text(JsonNode node) {
        return node.toPrettyString();
    }

    /** Empty if it is no JSON. */
    public static Optional<JsonNode> parse(String text) {
        try {
            return Optional.ofNullable(MAPPER.readTree(text)).filter(node -> !node.isMissingNode());
        } catch (JsonProcessingException broken) {
            return Optional.empty();
        }
    }

    public static Optional<String> text(JsonNode node, String field) {
        return Optional.ofNullable(node.get(field)).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    public static List<String> texts(JsonNode node, String field) {
        return node.path(field)
                .valueStream()
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .toList();
    }

    public static JsonNode of(DocumentNode tree) {
        return switch (tree) {
            case DocumentNode.Empty nothing -> NODES.nullNode();
            case DocumentNode.Scalar text -> NODES.textNode(text.text());
            case DocumentNode.Sequence items -> {
                ArrayNode array = array();
                items.items().forEach(item -> array.add(of(item)));
                yield array;
            }
            case DocumentNode.Fields branch -> {
                ObjectNode object = object();
                branch.fields().forEach(field -> object.set(field.name(), of(field.value())));
                yield object;
            }
        };
    }
}
