package dev.lockstep.dynamics;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A query of the Web API.
 *
 * @param resource the table's set, or one row of it
 * @param options {@code $select} and the like, encoded
 */
record Query(String resource, String options) {
    static Query of(String resource) {
        return new Query(resource, "");
    }

    Query select(String columns) {
        return with("$select", columns);
    }

    Query expand(String lookups) {
        return with("$expand", lookups);
    }

    Query filter(String condition) {
        return with("$filter", condition);
    }

    Query orderBy(String columns) {
        return with("$orderby", columns);
    }

    String path() {
        return DataverseClient.ROOT + "/" + resource + (options.isEmpty() ? "" : "?" + options);
    }

    /** A space is %20: a plus sign means one only where forms are read. */
    private Query with(String option, String value) {
        String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2C", ",")
                .replace("%24", "$")
                .replace("%28", "(")
                .replace("%29", ")");
        return new Query(resource, (options.isEmpty() ? "" : options + "&") + option + "=" + encoded);
    }
}
