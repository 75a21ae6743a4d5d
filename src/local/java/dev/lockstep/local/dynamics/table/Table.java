package dev.lockstep.local.dynamics.table;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A table as the Web API shows it: its names, its columns, and where its rows come from.
 *
 * @param set the entity set, the plural in URLs
 * @param rows the rows as they are now, each a map from logical column names to values
 */
public record Table(
        String set,
        String logicalName,
        String key,
        Map<String, Column> columns,
        Supplier<Collection<Map<String, Object>>> rows) {

    static Builder named(String set, String logicalName, String key) {
        return new Builder(set, logicalName, key);
    }

    Optional<Column> property(String property) {
        return columns.values().stream()
                .filter(one -> one.property().equals(property))
                .findFirst();
    }

    Optional<Column> navigation(String name) {
        return columns.values().stream()
                .filter(one -> one.isLookup() && one.navigation().equals(name))
                .findFirst();
    }

    public Optional<Map<String, Object>> row(UUID id) {
        return rows.get().stream().filter(row -> id.equals(row.get(key))).findFirst();
    }

    /** The name shown for a row in other tables' formatted lookups. */
    String nameOf(Map<String, Object> row) {
        for (String candidate : List.of("fullname", "msdyn_name", "name")) {
            if (row.get(candidate) instanceof String name) {
                return name;
            }
        }
        return Objects.toString(row.get(key));
    }

    static final class Builder {
        private final String set;
        private final String logicalName;
        private final String key;
        private final Map<String, Column> columns = new LinkedHashMap<>();

        private Builder(String set, String logicalName, String key) {
            this.set = set;
            this.logicalName = logicalName;
            this.key = key;
            with(Column.Kind.KEY, key);
        }

        Builder with(Column.Kind kind, String... names) {
            for (String name : names) {
                columns.put(name, Column.of(name, kind));
            }
            return this;
        }

        Builder lookup(String name, String navigation, String target) {
            columns.put(name, Column.lookup(name, navigation, target));
            return this;
        }

        Table rows(Supplier<Collection<Map<String, Object>>> source) {
            return new Table(set, logicalName, key, columns, source);
        }
    }
}
