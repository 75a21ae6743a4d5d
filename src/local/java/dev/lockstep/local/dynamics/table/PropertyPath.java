package dev.lockstep.local.dynamics.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A property, possibly of a row that lookups lead to: {@code BookingStatus/status}. */
record PropertyPath(List<Column> lookups, Column column) {
    PropertyPath {
        lookups = List.copyOf(lookups);
    }

    /** @throws ODataError 400 when a step does not exist */
    static PropertyPath resolve(String text, Table table, Schema schema) {
        String[] steps = text.split("/");
        List<Column> lookups = new ArrayList<>();
        Table at = table;
        for (int i = 0; i < steps.length - 1; i++) {
            Table here = at;
            String step = steps[i];
            Column lookup = here.navigation(step).orElseThrow(() -> ODataError.noSuchProperty(step, here));
            lookups.add(lookup);
            at = schema.target(lookup);
        }
        Table last = at;
        String property = steps[steps.length - 1];
        Column column = last.property(property).orElseThrow(() -> ODataError.noSuchProperty(property, last));
        return new PropertyPath(lookups, column);
    }

    /** The value; empty where it, or a row on the way to it, is not there. */
    Optional<Object> value(Map<String, Object> row, Schema schema) {
        Map<String, Object> at = row;
        for (Column lookup : lookups) {
            Optional<Map<String, Object>> next = schema.follow(at, lookup);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            at = next.get();
        }
        return Optional.ofNullable(at.get(column.name())).map(PropertyPath::plain);
    }

    private static Object plain(Object value) {
        return switch (value) {
            case Lookup lookup -> lookup.id();
            case Choice choice -> (long) choice.value();
            case Integer number -> number.longValue();
            default -> value;
        };
    }
}
