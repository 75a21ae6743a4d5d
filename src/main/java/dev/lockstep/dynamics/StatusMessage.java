package dev.lockstep.dynamics;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.lockstep.dynamics.dataverse.DataverseTime;
import dev.lockstep.dynamics.dataverse.StatusFields;
import dev.lockstep.dynamics.dataverse.StatusRowFields;
import dev.lockstep.protocol.entra.Guid;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a Dataverse webhook says of a representative's status row: the JSON of a RemoteExecutionContext
 * (learn.microsoft.com/power-apps/developer/data-platform/use-webhooks), read field by field. Nothing in it chooses a
 * class: {@code __type} is data and is not even looked at.
 *
 * <p>Over 256 KB Dataverse leaves out the row itself; then only table and id remain, and {@link #mustBeRead()} says so.
 *
 * @param table logical name of the row's table; anything, if the step is registered wrongly
 * @param message Create, Update, Delete; blank if it is missing
 * @param statusRowId of msdyn_agentstatus
 * @param systemUserId whose status it is
 * @param fields as {@link StatusFields} names them; only what the message carries
 * @param operationAt when Dataverse did it: OperationCreatedOn
 * @param operationId the same in a repeated delivery
 */
public record StatusMessage(
        String table,
        String message,
        Optional<String> statusRowId,
        Optional<String> systemUserId,
        Map<String, String> fields,
        Optional<Instant> operationAt,
        Optional<String> operationId,
        Optional<String> correlationId) {
    /** The table whose changes we ask for. */
    public static final String TABLE = "msdyn_agentstatus";

    /** Dataverse's own limit for a body (use-webhooks, size limit). */
    static final int LARGEST = 256 * 1024;

    /** Every asynchronous step carries it; it holds the row's name only. */
    private static final String PLATFORM_IMAGE = "AsynchronousStepPrimaryName";

    private static final int DEEPEST = 100;

    public StatusMessage {
        fields = Map.copyOf(fields);
    }

    boolean isAboutStatus() {
        return TABLE.equals(table);
    }

    /** Whether the row has to be read, because the message does not say whose it is or what it shows. */
    boolean mustBeRead() {
        return systemUserId.isEmpty() || !fields.containsKey(StatusFields.PRESENCE_ID);
    }

    /**
     * @param body as it came
     * @throws Malformed if it is no JSON object that names a table, or over {@link #LARGEST} bytes
     */
    static StatusMessage parse(byte[] body) throws Malformed {
        if (body.length > LARGEST) {
            throw new Malformed("over 256 KB");
        }
        try {
            return of(Reader.JSON.readTree(body));
        } catch (IOException e) {
            // Jackson's own message quotes the body.
            throw new Malformed("no JSON");
        }
    }

    private static StatusMessage of(JsonNode context) throws Malformed {
        JsonNode target = pairs(context.path("InputParameters")).getOrDefault("Target", Reader.NOTHING);
        String table = text(context, "PrimaryEntityName")
                .or(() -> text(target, "LogicalName"))
                .orElseThrow(() -> new Malformed("no table is named"));
        Map<String, JsonNode> row = row(context, target);
        Optional<Instant> operationAt = text(context, "OperationCreatedOn").flatMap(DataverseTime::parse);
        return new StatusMessage(
                table,
                text(context, "MessageName").orElse(""),
                id(context, "PrimaryEntityId").or(() -> id(target, "Id")),
                TypedValue.of(row.get("msdyn_agentid")).flatMap(Guid::of),
                fields(row, operationAt),
                operationAt,
                id(context, "OperationId").or(() -> id(context, "RequestId")),
                id(context, "CorrelationId"));
    }

    /** Our images hold the whole row as it became; the target only what was written. */
    private static Map<String, JsonNode> row(JsonNode context, JsonNode target) {
        List<JsonNode> parts = new ArrayList<>();
        pairs(context.path("PostEntityImages")).forEach((alias, image) -> {
            if (!alias.equals(PLATFORM_IMAGE)) {
                parts.add(image);
            }
        });
        parts.add(target);
        Map<String, JsonNode> row = new LinkedHashMap<>();
        for (JsonNode part : parts) {
            pairs(part.path("Attributes")).forEach((name, value) -> {
                if (!value.isNull()) {
                    row.putIfAbsent(name, value);
                }
            });
        }
        return row;
    }

    private static Map<String, String> fields(Map<String, JsonNode> row, Optional<Instant> operationAt) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(StatusFields.BY, "webhook");
        operationAt.ifPresent(at -> fields.put(StatusFields.CHANGED_ON, at.toString()));
        Function<String, Optional<String>> column = name -> TypedValue.of(row.get(name));
        StatusRowFields.read(column, fields);
        operationAt
                .filter(at -> fields.containsKey(StatusFields.WHOLE_SECONDS))
                .flatMap(at -> exactly(at, fields))
                .ifPresent(at -> fields.put(StatusFields.PRESENCE_MODIFIED_ON, at.toString()));
        return fields;
    }

    /**
     * Where a presence's time has whole seconds only, the operation that set it tells more: it lies in that second, or
     * just after it, and then the presence is of the second's end.
     */
    private static Optional<Instant> exactly(Instant operationAt, Map<String, String> fields) {
        return Optional.ofNullable(fields.get(StatusFields.PRESENCE_MODIFIED_ON))
                .map(Instant::parse)
                .filter(second -> second.getNano() == 0)
                .filter(second -> !operationAt.isBefore(second)
                        && Duration.between(second, operationAt).toSeconds() <= 1)
                .map(second -> Collections.min(List.of(operationAt, second.plusMillis(999))));
    }

    /** Parameters, images and attributes are lists of {@code {key, value}}; what is not is passed over. */
    private static Map<String, JsonNode> pairs(JsonNode list) {
        Map<String, JsonNode> pairs = new LinkedHashMap<>();
        for (JsonNode pair : list.isArray() ? list : List.<JsonNode>of()) {
            if (pair.path("key").isTextual() && pair.has("value")) {
                pairs.put(pair.path("key").textValue(), pair.path("value"));
            }
        }
        return pairs;
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.ofNullable(node.path(name).textValue()).filter(text -> !text.isBlank());
    }

    private static Optional<String> id(JsonNode node, String name) {
        return text(node, name).flatMap(Guid::of);
    }

    /** The body cannot be a webhook's of Dataverse. It changes nothing; answer 400. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String why) {
            super("not a RemoteExecutionContext: " + why);
        }
    }

    /** Made when the first message comes. */
    private static final class Reader {
        static final ObjectReader JSON = new ObjectMapper(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(DEEPEST)
                                .maxStringLength(LARGEST)
                                .maxDocumentLength(LARGEST)
                                .build())
                        .build())
                .reader()
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        static final JsonNode NOTHING = JSON.createObjectNode();
    }
}
