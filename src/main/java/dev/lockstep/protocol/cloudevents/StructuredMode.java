package dev.lockstep.protocol.cloudevents;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.RejectedRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads and writes a CloudEvent whose attributes and data stand together in one JSON document (CloudEvents 1.0, JSON
 * event format). Only then does a signature over the body cover the attributes too.
 *
 * <p>Strict: what the specification forbids is refused and not repaired, wrong attribute names included. The sender
 * learns of it at once, instead of losing the attribute for ever. Only what an event can do without is read as senders
 * write it: a time that cannot be read and a subject that is empty count as missing, and a sequence may be any integer.
 * Decimals in the data stay as they are written.
 */
public final class StructuredMode {
    public static final String CONTENT_TYPE = "application/cloudevents+json";

    private static final Set<String> KNOWN = Set.of(
            "specversion",
            "id",
            "source",
            "type",
            "subject",
            "time",
            "datacontenttype",
            "dataschema",
            "data",
            "data_base64");

    /** The extension that orders a source's events; as a number it is often a time in milliseconds. */
    private static final String SEQUENCE = "sequence";

    private static final Pattern NAME = Pattern.compile("[a-z0-9]+");
    private static final Pattern TIME =
            Pattern.compile("(?<date>\\d{4}-\\d{2}-\\d{2})[T ](?<time>\\d{2}:\\d{2}(:\\d{2}([.,]\\d{1,9})?)?)"
                    + " ?(Z|GMT|UTC|(?<hours>[+-]\\d{2})(:?(?<minutes>\\d{2}))?)(\\[[^\\]]*])?");
    private static final int MAX_DEPTH = 50;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private StructuredMode() {}

    /** @throws RejectedRequest as malformed, whatever is wrong with it */
    public static CloudEvent read(Body body) {
        JsonNode event = parsed(body.bytes(), "the body is not one JSON document");
        if (!event.isObject()) {
            throw RejectedRequest.malformed("the body is not a JSON object");
        }
        if (!required(event, "specversion").equals("1.0")) {
            throw RejectedRequest.malformed("specversion must be 1.0");
        }
        Optional<String> contentType = optional(event, "datacontenttype");
        Optional<Instant> time = time(event.path("time").asText());
        return new CloudEvent(
                required(event, "id"),
                reference(required(event, "source"), "source"),
                required(event, "type"),
                isBlank(event.path("subject")) ? Optional.empty() : optional(event, "subject"),
                time,
                contentType,
                optional(event, "dataschema").map(schema -> reference(schema, "dataschema")),
                data(event, contentType),
                extensions(event),
                event.hasNonNull("time") && time.isEmpty());
    }

    public static Body write(CloudEvent event) {
        ObjectNode json = JSON.createObjectNode();
        json.put("specversion", "1.0");
        json.put("id", event.id());
        json.put("source", event.source());
        json.put("type", event.type());
        event.subject().ifPresent(subject -> json.put("subject", subject));
        event.time().ifPresent(time -> json.put("time", time.toString()));
        event.dataContentType().ifPresent(type -> json.put("datacontenttype", type));
        event.dataSchema().ifPresent(schema -> json.put("dataschema", schema));
        event.extensions().forEach(json::put);
        if (event.data() instanceof BinaryNode binary) {
            json.set("data_base64", binary);
        } else if (!event.data().isMissingNode()) {
            json.set("data", event.data());
        }
        return Body.of(json.toString());
    }

    private static JsonNode parsed(byte[] bytes, String complaint) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            throw RejectedRequest.malformed(complaint);
        }
    }

    private static String required(JsonNode event, String name) {
        return optional(event, name).orElseThrow(() -> RejectedRequest.malformed(name + " is missing"));
    }

    private static Optional<String> optional(JsonNode event, String name) {
        JsonNode value = event.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual() || isBlank(value)) {
            throw RejectedRequest.malformed(name + " must be a text that is not empty");
        }
        return Optional.of(value.textValue());
    }

    private static boolean isBlank(JsonNode value) {
        return value.isTextual() && value.textValue().isBlank();
    }

    private static String reference(String text, String name) {
        try {
            return new URI(text).toString();
        } catch (URISyntaxException e) {
            throw RejectedRequest.malformed(name + " must be a URI reference");
        }
    }

    /**
     * As RFC 3339 wants it, and as libraries write it: {@code 2026-11-22 08:00:00GMT}, {@code …+0000}, without seconds on
     * the minute, or with its zone's name behind it.
     */
    private static Optional<Instant> time(String text) {
        Matcher written = TIME.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!written.matches()) {
            return Optional.empty();
        }
        String hours = written.group("hours");
        String minutes = Objects.requireNonNullElse(written.group("minutes"), "00");
        String clock = written.group("time").replace(',', '.');
        String offset = hours == null ? "Z" : hours + ":" + minutes;
        try {
            return Optional.of(OffsetDateTime.parse(written.group("date") + "T" + clock + offset)
                    .toInstant());
        } catch (DateTimeException noSuchTime) {
            return Optional.empty();
        }
    }

    private static JsonNode data(JsonNode event, Optional<String> contentType) {
        JsonNode data = event.path("data");
        if (!event.has("data_base64")) {
            return textUnlessJson(data, contentType);
        }
        if (!data.isMissingNode()) {
            throw RejectedRequest.malformed("either data or data_base64");
        }
        byte[] bytes = decoded(event.path("data_base64"));
        return contentType.map(StructuredMode::isJson).orElse(false)
                ? parsed(bytes, "data_base64 is not JSON, as datacontenttype says")
                : BinaryNode.valueOf(bytes);
    }

    private static JsonNode textUnlessJson(JsonNode data, Optional<String> contentType) {
        boolean mustBeText = contentType.map(type -> !isJson(type)).orElse(false);
        if (mustBeText && !data.isTextual() && !data.isMissingNode()) {
            throw RejectedRequest.malformed("data is not the text that datacontenttype says");
        }
        return data;
    }

    private static byte[] decoded(JsonNode value) {
        try {
            return Base64.getDecoder().decode(value.isTextual() ? value.textValue() : "?");
        } catch (IllegalArgumentException e) {
            throw RejectedRequest.malformed("data_base64 is not base64");
        }
    }

    private static boolean isJson(String contentType) {
        String type = mediaType(contentType);
        return type.endsWith("/json") || type.endsWith("+json");
    }

    /** A content type without its parameters, in lower case. */
    public static String mediaType(String contentType) {
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> extensions(JsonNode event) {
        Map<String, String> extensions = new HashMap<>();
        event.properties().forEach(attribute -> {
            String name = named(attribute.getKey());
            if (!KNOWN.contains(name) && !attribute.getValue().isNull()) {
                extensions.put(name, scalar(name, attribute.getValue()));
            }
        });
        return extensions;
    }

    private static String named(String name) {
        if (!KNOWN.contains(name) && !NAME.matcher(name).matches()) {
            throw RejectedRequest.malformed("names of attributes consist of lower-case letters and digits");
        }
        return name;
    }

    /** An attribute is a text, a boolean or an integer of 32 bits (CloudEvents 1.0, type system). */
    private static String scalar(String name, JsonNode value) {
        boolean integer = value.isIntegralNumber() && (value.canConvertToInt() || name.equals(SEQUENCE));
        if (!value.isTextual() && !value.isBoolean() && !integer) {
            throw RejectedRequest.malformed("an attribute is a text, a boolean or an integer of 32 bits");
        }
        return value.asText();
    }
}
