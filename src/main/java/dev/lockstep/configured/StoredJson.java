package dev.lockstep.configured;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.lockstep.document.DocumentNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * How configuration is stored as JSON, and read again. The records say what is written of them; each must be registered
 * for reflection. What another version wrote besides is left out; a missing list or map counts as empty, any other
 * missing part that is not optional makes the text unreadable.
 */
public final class StoredJson {
    private static final ObjectMapper MAPPER = mapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private StoredJson() {}

    private static ObjectMapper mapper() {
        JsonMapper.Builder builder = JsonMapper.builder()
                .addModules(new Jdk8Module(), new JavaTimeModule())
                .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .withCoercionConfig(LogicalType.Textual, StoredJson::onlyFromText);
        for (Class<?> type : List.of(List.class, Map.class, SortedMap.class)) {
            builder.withConfigOverride(
                    type, override -> override.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)));
        }
        return builder.build();
    }

    private static void onlyFromText(MutableCoercionConfig text) {
        List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)
                .forEach(other -> text.setCoercion(other, CoercionAction.Fail));
    }

    /** In one line. */
    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException unwritable) {
            throw unwritable(value, unwritable);
        }
    }

    /** In lines, for whoever reads it in the store. */
    public static String prettyText(Object value) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (JsonProcessingException unwritable) {
            throw unwritable(value, unwritable);
        }
    }

    /** Jackson's own message may quote what is to be written, and secrets may be among it. */
    private static IllegalStateException unwritable(Object value, JsonProcessingException failure) {
        return new IllegalStateException("cannot write a " + value.getClass().getSimpleName() + ": "
                + failure.getClass().getSimpleName());
    }

    /** Empty if the text is no such thing: somebody changed it by hand. */
    public static <T> Optional<T> read(String text, Class<T> type) {
        try {
            return Optional.ofNullable(MAPPER.readValue(text, type));
        } catch (JsonProcessingException broken) {
            return Optional.empty();
        }
    }

    /** Those elements of a list that can be read. */
    static <T> List<T> readEach(String text, Class<T> type) {
        return read(text, JsonNode.class).stream()
                .flatMap(JsonNode::valueStream)
                .flatMap(node -> read(node, type).stream())
                .toList();
    }

    /** All elements of a list; empty if one of them cannot be read. */
    static <T> Optional<List<T>> readAll(String text, Class<T> type) {
        return read(text, JsonNode.class)
                .filter(JsonNode::isArray)
                .flatMap(list -> Optional.of(readEach(text, type)).filter(elements -> elements.size() == list.size()));
    }

    private static <T> Optional<T> read(JsonNode node, Class<T> type) {
        try {
            return Optional.ofNullable(MAPPER.treeToValue(node, type));
        } catch (JsonProcessingException broken) {
            return Optional.empty();
        }
    }

    /** A document of an administrator's, every scalar as text. */
    public static JsonNode of(DocumentNode tree) {
        return switch (tree) {
            case DocumentNode.Empty nothing -> NODES.nullNode();
            case DocumentNode.Scalar text -> NODES.textNode(text.text());
            case DocumentNode.Sequence items -> {
                ArrayNode array = NODES.arrayNode();
                items.items().forEach(item -> array.add(of(item)));
                yield array;
            }
            case DocumentNode.Fields branch -> {
                ObjectNode object = NODES.objectNode();
                branch.fields().forEach(field -> object.set(field.name(), of(field.value())));
                yield object;
            }
        };
    }
}
