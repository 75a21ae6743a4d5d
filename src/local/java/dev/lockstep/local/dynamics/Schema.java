package dev.lockstep.local.dynamics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The organisation's tables, and how their lookups lead from row to row. */
final class Schema {
    private final Map<String, Table> bySet = new LinkedHashMap<>();
    private final Map<String, Table> byLogicalName = new LinkedHashMap<>();

    Schema add(Table table) {
        bySet.put(table.set(), table);
        byLogicalName.put(table.logicalName(), table);
        return this;
    }

    Optional<Table> set(String name) {
        return Optional.ofNullable(bySet.get(name));
    }

    Optional<Table> table(String logicalName) {
        return Optional.ofNullable(byLogicalName.get(logicalName));
    }

    Table target(Column lookup) {
        return table(lookup.target()).orElseThrow(() -> ODataError.badRequest("No table " + lookup.target()));
    }

    /** The row that a lookup points to, if it points to one that is there. */
    Optional<Map<String, Object>> follow(Map<String, Object> row, Column lookup) {
        return row.get(lookup.name()) instanceof Lookup to ? target(lookup).row(to.id()) : Optional.empty();
    }
}
