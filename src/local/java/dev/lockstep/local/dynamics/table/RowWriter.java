package dev.lockstep.local.dynamics.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.local.server.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Writes rows as the Web API does. */
public final class RowWriter {
    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("M/d/uuuu h:mm a", Locale.US).withZone(ZoneOffset.UTC);
    private static final String FORMATTED = "@OData.Community.Display.V1.FormattedValue";

    private final Schema schema;
    private final Preferences preferences;

    public RowWriter(Schema schema, Preferences preferences) {
        this.schema = schema;
        this.preferences = preferences;
    }

    public static String etag(Map<String, Object> row) {
        return "W/\"" + row.getOrDefault("versionnumber", 1L) + "\"";
    }

    public ObjectNode write(Map<String, Object> row, Selection selection) {
        ObjectNode json = Json.object().put("@odata.etag", etag(row));
        for (Column column : selection.columns()) {
            Object value = row.get(column.name());
            put(json, column.property(), value);
            annotate(json, column, value);
        }
        for (Selection.Expansion expansion : selection.expansions()) {
            Optional<ObjectNode> target = schema.follow(row, expansion.lookup()).map(it -> write(it, expansion.of()));
            json.set(expansion.lookup().navigation(), target.orElse(null));
        }
        return json;
    }

    private static void put(ObjectNode json, String name, Object value) {
        switch (value) {
            case null -> json.putNull(name);
            case Lookup lookup -> json.put(name, lookup.id().toString());
            case Choice choice -> json.put(name, choice.value());
            case SelectedChoices choices -> json.put(name, values(choices));
            case Instant instant ->
                json.put(name, instant.truncatedTo(ChronoUnit.SECONDS).toString());
            case UUID id -> json.put(name, id.toString());
            case Boolean flag -> json.put(name, flag);
            case Integer number -> json.put(name, number);
            case Long number -> json.put(name, number);
            case String text -> json.put(name, text);
            default -> throw new IllegalArgumentException("no column holds a " + value.getClass());
        }
    }

    private void annotate(ObjectNode json, Column column, Object value) {
        if (preferences.formatted()) {
            formatted(value).ifPresent(text -> json.put(column.property() + FORMATTED, text));
        }
        if (preferences.allAnnotations() && value instanceof Lookup lookup) {
            json.put(column.property() + "@Microsoft.Dynamics.CRM.associatednavigationproperty", column.navigation());
            json.put(column.property() + "@Microsoft.Dynamics.CRM.lookuplogicalname", lookup.logicalName());
        }
    }

    private static Optional<String> formatted(Object value) {
        return switch (value) {
            case null -> Optional.empty();
            case Lookup lookup -> Optional.ofNullable(lookup.name());
            case Choice choice -> Optional.of(choice.label());
            case SelectedChoices choices ->
                Optional.of(choices.selected().stream().map(Choice::label).collect(Collectors.joining("; ")));
            case Instant instant -> Optional.of(SHOWN.format(instant));
            case Boolean flag -> Optional.of(flag ? "Yes" : "No");
            case Integer number -> Optional.of(String.format(Locale.US, "%,d", number));
            case Long number -> Optional.of(String.format(Locale.US, "%,d", number));
            default -> Optional.empty();
        };
    }

    private static String values(SelectedChoices choices) {
        return choices.selected().stream()
                .map(one -> String.valueOf(one.value()))
                .collect(Collectors.joining(","));
    }
}
