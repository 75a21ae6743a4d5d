package dev.lockstep.local.teams.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code $filter} on shifts and times off: comparisons joined by "and", each property once,
 * learn.microsoft.com/graph/api/schedule-list-shifts.
 */
final class ShiftFilter {
    private static final Pattern COMPARISON = Pattern.compile(
            "((?:shared|draft)(?:Shift|TimeOff)/(?:start|end)DateTime)\\s+(ge|gt|le|lt|eq)\\s+'?([^'\\s]+)'?");

    private ShiftFilter() {}

    /** @throws GraphError 400 for anything else, as for a property that stands twice */
    static Predicate<JsonNode> read(String filter) {
        Set<String> properties = new HashSet<>();
        Predicate<JsonNode> all = shift -> true;
        for (String part : List.of(filter.strip().split("\\s+and\\s+"))) {
            Matcher comparison = COMPARISON.matcher(part.strip());
            if (!comparison.matches()) {
                throw GraphError.badRequest("Invalid filter clause: " + part);
            }
            if (!properties.add(comparison.group(1))) {
                throw GraphError.badRequest("The property " + comparison.group(1) + " may be used only once.");
            }
            all = all.and(test(comparison.group(1), comparison.group(2), instant(comparison.group(3))));
        }
        return all;
    }

    private static Predicate<JsonNode> test(String property, String operator, Instant limit) {
        String pointer = "/" + property;
        return shift -> {
            JsonNode value = shift.at(pointer);
            if (!value.isTextual()) {
                return false;
            }
            int order = instant(value.asText()).compareTo(limit);
            return switch (operator) {
                case "ge" -> order >= 0;
                case "gt" -> order > 0;
                case "le" -> order <= 0;
                case "lt" -> order < 0;
                default -> order == 0;
            };
        };
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw GraphError.badRequest("'" + text + "' is not a date and time.");
        }
    }
}
