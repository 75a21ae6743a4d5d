package dev.lockstep.local.dynamics.table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Which columns of a row and which rows that it leads to: {@code $select} and {@code $expand}.
 *
 * @param columns what is shown; the key is always among it
 */
public record Selection(List<Column> columns, List<Expansion> expansions) {

    /** A single-valued navigation and what is shown of the row at its end. */
    record Expansion(Column lookup, Selection of) {}

    /** @throws ODataError 400 when a name does not exist */
    static Selection of(Table table, Schema schema, Optional<String> select, Optional<String> expand) {
        return new Selection(columns(table, select), expansions(table, schema, expand));
    }

    private static List<Column> columns(Table table, Optional<String> select) {
        Collection<Column> all = table.columns().values();
        if (select.isEmpty() || select.get().isBlank() || select.get().equals("*")) {
            return List.copyOf(all);
        }
        List<Column> chosen = new ArrayList<>();
        table.property(table.key()).ifPresent(chosen::add);
        for (String name : select.get().split(",")) {
            Column column =
                    table.property(name.strip()).orElseThrow(() -> ODataError.noSuchProperty(name.strip(), table));
            if (!chosen.contains(column)) {
                chosen.add(column);
            }
        }
        return List.copyOf(chosen);
    }

    private static List<Expansion> expansions(Table table, Schema schema, Optional<String> expand) {
        List<Expansion> expansions = new ArrayList<>();
        for (String part : split(expand.orElse(""), ',')) {
            int open = part.indexOf('(');
            String name = open < 0 ? part : part.substring(0, open);
            String options = open < 0 ? "" : inside(part, open);
            Column lookup = table.navigation(name).orElseThrow(() -> ODataError.noSuchProperty(name, table));
            Table target = schema.target(lookup);
            Selection selection = of(target, schema, option(options, "$select"), option(options, "$expand"));
            expansions.add(new Expansion(lookup, selection));
        }
        return List.copyOf(expansions);
    }

    private static String inside(String part, int open) {
        if (!part.endsWith(")")) {
            throw ODataError.badRequest("Syntax error in $expand: '" + part + "'.");
        }
        return part.substring(open + 1, part.length() - 1);
    }

    private static Optional<String> option(String options, String name) {
        Optional<String> found = Optional.empty();
        for (String option : split(options, ';')) {
            if (!option.startsWith("$select=") && !option.startsWith("$expand=")) {
                throw ODataError.badRequest("The expand option '" + option + "' is not supported.");
            }
            if (option.startsWith(name + "=")) {
                found = Optional.of(option.substring(name.length() + 1));
            }
        }
        return found;
    }

    /** Splits outside parentheses. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            char at = i < text.length() ? text.charAt(i) : separator;
            depth += at == '(' ? 1 : at == ')' ? -1 : 0;
            if ((at == separator && depth == 0) || i == text.length()) {
                parts.add(text.substring(from, i).strip());
                from = i + 1;
            }
        }
        parts.removeIf(String::isEmpty);
        return parts;
    }
}
