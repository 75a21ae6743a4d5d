package dev.lockstep.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The JSON Schemas of a served document, which may refer to its components. What the document leaves open for later
 * versions is closed here: what it does not name is not answered.
 */
public final class JsonSchemas {
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    private final JsonNode components;
    private final Map<JsonNode, Schema> known = new ConcurrentHashMap<>();

    public JsonSchemas(JsonNode document) {
        components = closed(document.path("components").deepCopy());
    }

    /** What is wrong with it, in words; nothing if it fits. */
    public List<String> mistakes(JsonNode schema, String json) {
        return known.computeIfAbsent(schema, this::compiled).validate(json, InputFormat.JSON).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }

    /** What is wrong with the schemas themselves. */
    public static List<String> mistakesOf(JsonNode schema) {
        return REGISTRY
                .getSchema(com.networknt.schema.SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()))
                .validate(schema.toString(), InputFormat.JSON)
                .stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }

    private Schema compiled(JsonNode schema) {
        ObjectNode root = closed(schema.deepCopy());
        root.set("components", components);
        return REGISTRY.getSchema(root.toString(), InputFormat.JSON);
    }

    private static <T extends JsonNode> T closed(T node) {
        if (node instanceof ObjectNode object
                && object.path("properties").isObject()
                && object.path("type").asText().equals("object")
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(JsonSchemas::closed);
        return node;
    }
}
