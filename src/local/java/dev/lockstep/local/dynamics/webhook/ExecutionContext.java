package dev.lockstep.local.dynamics.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.local.dynamics.model.Office;
import dev.lockstep.local.dynamics.model.RowChange;
import dev.lockstep.local.dynamics.table.Choice;
import dev.lockstep.local.dynamics.table.Lookup;
import dev.lockstep.local.dynamics.table.SelectedChoices;
import dev.lockstep.local.server.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Writes a change as the JSON of {@code RemoteExecutionContext} that a webhook gets ("Use webhooks to create external
 * handlers", learn.microsoft.com; the sample payloads of "Synchronize presence status").
 */
final class ExecutionContext {
    /** A body above this comes without its parents, parameters and images. */
    static final int LARGEST_BODY = 256 * 1024;

    private static final String CONTRACTS = ":http://schemas.microsoft.com/xrm/2011/Contracts";
    private static final UUID BUSINESS_UNIT = UUID.nameUUIDFromBytes("business unit".getBytes());
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    /** The organisation that events say they come from. */
    public record Organisation(UUID id, String uniqueName, String domain) {}

    /** A body and whether it had to be cut. */
    record Body(byte[] bytes, boolean cut) {}

    private final Organisation organisation;
    private final int padding;

    /** @param padding bytes of shared variables beside the usual ones */
    ExecutionContext(Organisation organisation, int padding) {
        this.organisation = organisation;
        this.padding = padding;
    }

    Body body(RowChange change, Registrations.Step step, List<Registrations.Image> images, UUID operation) {
        ObjectNode context = context(change, step, images, operation);
        ObjectNode parent = context(change, step, List.of(), operation);
        parent.set("ParentContext", null);
        parent.put("Stage", 30);
        context.set("ParentContext", parent);
        byte[] bytes = escaped(context);
        if (bytes.length <= LARGEST_BODY) {
            return new Body(bytes, false);
        }
        context.set("ParentContext", null);
        for (String list : List.of("InputParameters", "PreEntityImages", "PostEntityImages", "SharedVariables")) {
            context.putArray(list);
        }
        return new Body(escaped(context), true);
    }

    /** The platform escapes every slash, in dates and types alike. */
    private static byte[] escaped(ObjectNode context) {
        return context.toString().replace("/", "\\/").getBytes(StandardCharsets.UTF_8);
    }

    private ObjectNode context(
            RowChange change, Registrations.Step step, List<Registrations.Image> images, UUID operation) {
        ObjectNode context = Json.object();
        context.put("BusinessUnitId", BUSINESS_UNIT.toString());
        context.put("CorrelationId", operation.toString()).put("Depth", 1);
        context.put("InitiatingUserAgent", "Microsoft.CCaaS.AssignmentEngineVNext/1.0.0");
        context.put("InitiatingUserAzureActiveDirectoryObjectId", NOBODY);
        context.put("InitiatingUserId", Office.PLATFORM_USER.toString());
        parameters(context.putArray("InputParameters"), change);
        context.put("IsExecutingOffline", false).put("IsInTransaction", step.mode() == 0);
        context.put("IsOfflinePlayback", false).put("IsolationMode", 1);
        context.put("MessageName", change.message()).put("Mode", step.mode());
        context.put("OperationCreatedOn", date(change.at(), "+0000")).put("OperationId", operation.toString());
        context.put("OrganizationId", organisation.id().toString()).put("OrganizationName", organisation.uniqueName());
        context.putArray("OutputParameters");
        context.set("OwningExtension", reference("sdkmessageprocessingstep", step.id(), step.name(), false));
        context.putNull("ParentContext");
        images(context.putArray("PostEntityImages"), change, change.after(), images, step, true);
        images(context.putArray("PreEntityImages"), change, change.before(), images, step, false);
        context.put("PrimaryEntityId", change.id().toString()).put("PrimaryEntityName", change.logicalName());
        context.put("RequestId", operation.toString()).put("SecondaryEntityName", "none");
        sharedVariables(context.putArray("SharedVariables"));
        context.put("Stage", 40);
        context.put("UserAzureActiveDirectoryObjectId", NOBODY).put("UserId", Office.PLATFORM_USER.toString());
        return context;
    }

    private void sharedVariables(ArrayNode variables) {
        variables.addObject().put("key", "IsAutoTransact").put("value", true);
        if (padding > 0) {
            variables.addObject().put("key", "Padding").put("value", "x".repeat(padding));
        }
    }

    private static void parameters(ArrayNode parameters, RowChange change) {
        ObjectNode target = parameters.addObject().put("key", "Target");
        if (change.message().equals("Delete")) {
            target.set("value", reference(change.logicalName(), change.id(), null, true));
            return;
        }
        ObjectNode entity = Json.object().put("__type", "Entity" + CONTRACTS);
        fill(entity, change, change.target(), true);
        entity.put("RowVersion", String.valueOf(change.after().get("versionnumber")));
        target.set("value", entity);
    }

    /** The platform puts an image of its own into asynchronous operations, beside those that were registered. */
    private static void images(
            ArrayNode list,
            RowChange change,
            Map<String, Object> columns,
            List<Registrations.Image> images,
            Registrations.Step step,
            boolean after) {
        if (columns.isEmpty()) {
            return;
        }
        if (after && step.mode() == 1) {
            ObjectNode entity =
                    list.addObject().put("key", "AsynchronousStepPrimaryName").putObject("value");
            fill(entity, change, Map.of(), false);
            attribute(
                    entity.withArray("Attributes"), columns.keySet().iterator().next(), change.id());
        }
        for (Registrations.Image image : images) {
            if (image.type() == 2 || image.type() == (after ? 1 : 0)) {
                ObjectNode entity = list.addObject().put("key", image.alias()).putObject("value");
                fill(entity, change, chosen(columns, image.attributes()), false);
            }
        }
    }

    /** Columns without a value are no attributes of an image. */
    private static Map<String, Object> chosen(Map<String, Object> columns, Set<String> attributes) {
        Map<String, Object> chosen = new LinkedHashMap<>();
        columns.forEach((name, value) -> {
            if (value != null && (attributes.isEmpty() || attributes.contains(name))) {
                chosen.put(name, value);
            }
        });
        return chosen;
    }

    private static void fill(ObjectNode entity, RowChange change, Map<String, Object> columns, boolean target) {
        ArrayNode attributes = entity.putArray("Attributes");
        columns.forEach((name, value) -> attribute(attributes, name, value));
        ArrayNode formatted = Json.array();
        if (target) {
            attributes.addObject().put("key", "modifiedonbehalfby").putNull("value");
        } else {
            columns.forEach((name, value) -> {
                if (value instanceof Choice choice) {
                    formatted.addObject().put("key", name).put("value", choice.label());
                }
            });
        }
        entity.putNull("EntityState");
        entity.set("FormattedValues", formatted);
        entity.put("Id", change.id().toString());
        entity.putArray("KeyAttributes");
        entity.put("LogicalName", change.logicalName());
        entity.putArray("RelatedEntities");
        entity.putNull("RowVersion");
    }

    private static void attribute(ArrayNode attributes, String name, Object value) {
        attributes.addObject().put("key", name).set("value", value(value));
    }

    private static JsonNode value(Object value) {
        return switch (value) {
            case null -> Json.MAPPER.nullNode();
            case Lookup lookup -> reference(lookup.logicalName(), lookup.id(), null, true);
            case Choice choice -> option(choice);
            case SelectedChoices choices -> {
                ArrayNode options = Json.array();
                choices.selected().forEach(one -> options.add(option(one)));
                yield options;
            }
            case Instant instant -> Json.MAPPER.getNodeFactory().textNode(date(instant, ""));
            case UUID id -> Json.object().put("__type", "Guid:#System").put("__value", id.toString());
            default -> Json.MAPPER.valueToTree(value);
        };
    }

    private static ObjectNode option(Choice choice) {
        return Json.object().put("__type", "OptionSetValue" + CONTRACTS).put("Value", choice.value());
    }

    private static ObjectNode reference(String logicalName, UUID id, String name, boolean typed) {
        ObjectNode reference = Json.object();
        if (typed) {
            reference.put("__type", "EntityReference" + CONTRACTS);
        }
        reference.put("Id", id.toString());
        reference.putArray("KeyAttributes");
        return reference.put("LogicalName", logicalName).put("Name", name).putNull("RowVersion");
    }

    private static String date(Instant at, String offset) {
        return "/Date(" + at.toEpochMilli() + offset + ")/";
    }
}
