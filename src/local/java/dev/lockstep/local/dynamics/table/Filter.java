package dev.lockstep.local.dynamics.table;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A condition on a row. Null compares as in Dataverse: {@code ne} a value holds for it, an order never does. */
sealed interface Filter {
    boolean holds(Map<String, Object> row, Schema schema);

    record And(Filter left, Filter right) implements Filter {
        @Override
        public boolean holds(Map<String, Object> row, Schema schema) {
            return left.holds(row, schema) && right.holds(row, schema);
        }
    }

    record Or(Filter left, Filter right) implements Filter {
        @Override
        public boolean holds(Map<String, Object> row, Schema schema) {
            return left.holds(row, schema) || right.holds(row, schema);
        }
    }

    record Not(Filter inner) implements Filter {
        @Override
        public boolean holds(Map<String, Object> row, Schema schema) {
            return !inner.holds(row, schema);
        }
    }

    /** @param literal empty for {@code null} */
    record Compare(PropertyPath path, String operator, Optional<Object> literal) implements Filter {
        @Override
        public boolean holds(Map<String, Object> row, Schema schema) {
            Optional<Object> value = path.value(row, schema);
            if (value.isEmpty() || literal.isEmpty()) {
                boolean equal = value.isEmpty() && literal.isEmpty();
                return operator.equals("eq") ? equal : operator.equals("ne") && !equal;
            }
            int order = order(value.get(), literal.get());
            return switch (operator) {
                case "eq" -> order == 0;
                case "ne" -> order != 0;
                case "gt" -> order > 0;
                case "ge" -> order >= 0;
                case "lt" -> order < 0;
                case "le" -> order <= 0;
                default -> throw new IllegalStateException(operator);
            };
        }
    }

    /** {@code contains}, {@code startswith}, {@code endswith}; case does not count. */
    record Text(String function, PropertyPath path, String part) implements Filter {
        @Override
        public boolean holds(Map<String, Object> row, Schema schema) {
            String part = this.part.toLowerCase(Locale.ROOT);
            String value =
                    path.value(row, schema).map(Object::toString).orElse("").toLowerCase(Locale.ROOT);
            return switch (function) {
                case "contains" -> value.contains(part);
                case "startswith" -> value.startsWith(part);
                case "endswith" -> value.endsWith(part);
                default -> throw new IllegalStateException(function);
            };
        }
    }

    /** Microsoft.Dynamics.CRM.ContainValues: any of the values is selected. */
    record ContainValues(PropertyPath path, List<String> values) implements Filter {
        @Override
        public boolean holds(Map<String, Object> row, Schema schema) {
            return path.value(row, schema).orElse(null) instanceof SelectedChoices choices
                    && choices.selected().stream().anyMatch(one -> values.contains(String.valueOf(one.value())));
        }
    }

    /** Total order of two values of one kind; text compares without case, as the database does. */
    static int order(Object left, Object right) {
        if (left instanceof String one && right instanceof String other) {
            return String.CASE_INSENSITIVE_ORDER.compare(one, other);
        }
        if (left instanceof Number one && right instanceof Number other) {
            return Double.compare(one.doubleValue(), other.doubleValue());
        }
        if (left instanceof Instant one && right instanceof Instant other) {
            return one.compareTo(other);
        }
        if (left instanceof UUID one && right instanceof UUID other) {
            return one.toString().compareTo(other.toString());
        }
        if (left instanceof Boolean one && right instanceof Boolean other) {
            return one.compareTo(other);
        }
        throw new IllegalStateException("cannot compare " + left.getClass() + " with " + right.getClass());
    }
}
