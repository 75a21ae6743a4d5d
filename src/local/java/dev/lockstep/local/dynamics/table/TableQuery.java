package dev.lockstep.local.dynamics.table;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query on one table.
 *
 * @param page the page asked for, from 1
 * @param counted whether {@code $count=true} was asked
 */
public record TableQuery(
        Table table,
        Selection selection,
        Optional<Filter> filter,
        Comparator<Map<String, Object>> order,
        OptionalInt top,
        boolean counted,
        int page) {
    private static final Set<String> KNOWN =
            Set.of("$select", "$filter", "$expand", "$orderby", "$top", "$count", "$skiptoken");
    private static final Pattern PAGE = Pattern.compile("pagenumber=\"(\\d+)\"");

    /** @throws ODataError 400 */
    public static TableQuery parse(Table table, Schema schema, Map<String, String> options) {
        options.keySet().stream()
                .filter(name -> name.startsWith("$") && !KNOWN.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw ODataError.badRequest("The query parameter " + name + " is not supported.");
                });
        return new TableQuery(
                table,
                selection(table, schema, options),
                Optional.ofNullable(options.get("$filter")).map(text -> FilterParser.parse(text, table, schema)),
                order(table, schema, options.getOrDefault("$orderby", "")),
                top(options.get("$top")),
                "true".equals(options.get("$count")),
                page(options.get("$skiptoken")));
    }

    public static Selection selection(Table table, Schema schema, Map<String, String> options) {
        Optional<String> select = Optional.ofNullable(options.get("$select"));
        return Selection.of(table, schema, select, Optional.ofNullable(options.get("$expand")));
    }

    /** All rows that the filter lets through, in order, at most {@code $top}. */
    public List<Map<String, Object>> run(Schema schema) {
        var rows = table.rows().get().stream()
                .filter(row -> filter.isEmpty() || filter.get().holds(row, schema))
                .sorted(order);
        return top.isPresent() ? rows.limit(top.getAsInt()).toList() : rows.toList();
    }

    private static Comparator<Map<String, Object>> order(Table table, Schema schema, String text) {
        Comparator<Map<String, Object>> order = (left, right) -> 0;
        for (String part : text.isBlank() ? new String[0] : text.split(",")) {
            String[] words = part.strip().split("\\s+");
            PropertyPath path = PropertyPath.resolve(words[0], table, schema);
            boolean descending = words.length > 1 && words[1].equals("desc");
            if (words.length > 2 || (words.length == 2 && !descending && !words[1].equals("asc"))) {
                throw ODataError.badRequest("Syntax error in $orderby: '" + part.strip() + "'.");
            }
            Comparator<Map<String, Object>> next =
                    (left, right) -> nullsFirst(path.value(left, schema), path.value(right, schema));
            order = order.thenComparing(descending ? next.reversed() : next);
        }
        return order;
    }

    private static int nullsFirst(Optional<Object> left, Optional<Object> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return Boolean.compare(left.isPresent(), right.isPresent());
        }
        return Filter.order(left.get(), right.get());
    }

    private static OptionalInt top(String text) {
        if (text == null) {
            return OptionalInt.empty();
        }
        if (!text.matches("[1-9]\\d{0,3}") || Integer.parseInt(text) > 5000) {
            throw ODataError.badRequest("Invalid value '" + text + "' for $top query option found.");
        }
        return OptionalInt.of(Integer.parseInt(text));
    }

    private static int page(String token) {
        if (token == null) {
            return 1;
        }
        Matcher page = PAGE.matcher(token);
        if (!page.find()) {
            throw new ODataError(400, "0x80040203", "Malformed XML in the Paging Cookie");
        }
        return Integer.parseInt(page.group(1));
    }
}
