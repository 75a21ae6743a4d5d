package dev.lockstep.dynamics.dataverse;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A query of the Web API.
 *
 * @param resource the table's set, or one row of it
 * @param options {@code $select} and the like, encoded
 */
record ODataQuery(String resource, String options) {
    static ODataQuery of(String resource) {
        return new ODataQuery(resource, "");
    }

    ODataQuery select(String columns) {
        return with("$select", columns);
    }

    ODataQuery expand(String lookups) {
        return with("$expand", lookups);
    }

    ODataQuery filter(String condition) {
        return with("$filter", condition);
    }

    ODataQuery orderBy(String columns) {
        return with("$orderby", columns);
    }

    String path() {
        return DataverseClient.ROOT + "/" + resource + (options.isEmpty() ? "" : "?" + options);
    }

    /** A space is %20: a plus sign means one only where forms are read. */
    private ODataQuery with(String option, String value) {
        String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2C", ",")
                .replace("%24", "$")
                .replace("%28", "(")
                .replace("%29", ")");
        return new ODataQuery(resource, (options.isEmpty() ? "" : options + "&") + option + "=" + encoded);
    }
}
