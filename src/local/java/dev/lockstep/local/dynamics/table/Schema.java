package dev.lockstep.local.dynamics.table;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The organisation's tables, and how their lookups lead from row to row. */
public final class Schema {
    private final Map<String, Table> bySet = new LinkedHashMap<>();
    private final Map<String, Table> byLogicalName = new LinkedHashMap<>();
    private final Map<String, Map<UUID, Map<String, Object>>> read = new LinkedHashMap<>();

    Schema add(Table table) {
        bySet.put(table.set(), table);
        byLogicalName.put(table.logicalName(), table);
        return this;
    }

    /** For one request, in one thread: each table that lookups lead to is read once. */
    public Schema forOneRequest() {
        Schema copy = new Schema();
        bySet.values().forEach(copy::add);
        return copy;
    }

    public Optional<Table> set(String name) {
        return Optional.ofNullable(bySet.get(name));
    }

    public Optional<Table> table(String logicalName) {
        return Optional.ofNullable(byLogicalName.get(logicalName));
    }

    Table target(Column lookup) {
        return table(lookup.target()).orElseThrow(() -> ODataError.badRequest("No table " + lookup.target()));
    }

    /** The row that a lookup points to, if it points to one that is there. */
    Optional<Map<String, Object>> follow(Map<String, Object> row, Column lookup) {
        return row.get(lookup.name()) instanceof Lookup to
                ? Optional.ofNullable(rowsOf(target(lookup)).get(to.id()))
                : Optional.empty();
    }

    private Map<UUID, Map<String, Object>> rowsOf(Table table) {
        return read.computeIfAbsent(table.logicalName(), name -> {
            Map<UUID, Map<String, Object>> rows = new LinkedHashMap<>();
            table.rows().get().forEach(row -> rows.put((UUID) row.get(table.key()), row));
            return rows;
        });
    }
}
