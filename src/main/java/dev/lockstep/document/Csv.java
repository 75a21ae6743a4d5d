package dev.lockstep.document;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Lists as spreadsheets write and read them (RFC 4180): a line of names, then one line for each entry. Between cells
 * stands a comma, or a semicolon where the names are told apart by that.
 *
 * <p>A cell that a spreadsheet would take for a formula is written with an apostrophe before it, and read without
 * (owasp.org/www-community/attacks/CSV_Injection).
 */
public final class Csv {
    private static final Pattern FORMULA = Pattern.compile("'*[=+@\\t\\r-]");

    private final String scope;
    private final String text;
    private final char separator;
    private final Diagnostics mistakes;
    private int at;
    private int line = 1;
    private int lineStart;

    private Csv(String scope, String text, Diagnostics mistakes) {
        this.scope = scope;
        this.text = text;
        this.mistakes = mistakes;
        String names = text.lines().findFirst().orElse("");
        this.separator = names.indexOf(';') >= 0 && names.indexOf(',') < 0 ? ';' : ',';
    }

    /**
     * The entries, each cell that is not empty under its column's name, with the place where it stands.
     *
     * @param scope what mistakes call the text
     */
    public static List<DocumentNode.Fields> read(String scope, String text, Diagnostics mistakes) {
        String plain = text.startsWith("\ufeff") ? text.substring(1) : text;
        return new Csv(scope, plain.replace("\r\n", "\n").replace('\r', '\n'), mistakes).entries();
    }

    /** @param rows each with as many cells as there are columns */
    public static String write(List<String> columns, List<List<String>> rows) {
        StringBuilder all = new StringBuilder(written(columns));
        rows.forEach(row -> all.append(written(row)));
        return all.toString();
    }

    private static String written(List<String> cells) {
        return cells.stream().map(Csv::written).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String written(String cell) {
        String safe = isFormula(cell) ? "'" + cell : cell;
        boolean plain = safe.chars().noneMatch(sign -> "\",;\n\r".indexOf(sign) >= 0) && safe.equals(safe.strip());
        return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }

    /** Or would be one without the apostrophes before it. */
    private static boolean isFormula(String cell) {
        return FORMULA.matcher(cell).lookingAt();
    }

    private List<DocumentNode.Fields> entries() {
        List<DocumentNode.Scalar> names = atEnd() ? List.of() : row();
        refuse(names);
        List<DocumentNode.Fields> entries = new ArrayList<>();
        while (!atEnd()) {
            SourceLocation place = place();
            List<DocumentNode.Scalar> cells = row();
            if (cells.stream().anyMatch(cell -> !cell.text().isEmpty())) {
                entries.add(entry(names, cells, place));
            }
        }
        return entries;
    }

    private void refuse(List<DocumentNode.Scalar> names) {
        if (names.isEmpty()) {
            mistakes.add(place(), "", "there is nothing here; the first line holds the names of the columns");
        }
        Set<String> seen = new HashSet<>();
        names.stream()
                .filter(name -> !name.text().isEmpty() && !seen.add(name.text()))
                .forEach(name -> mistakes.add(
                        name.place(), name.text(), "the column " + name.kind() + " stands here twice; keep one"));
    }

    private DocumentNode.Fields entry(
            List<DocumentNode.Scalar> names, List<DocumentNode.Scalar> cells, SourceLocation place) {
        List<DocumentNode.Field> fields = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            DocumentNode.Scalar cell = cells.get(i);
            String name = i < names.size() ? names.get(i).text() : "";
            if (!cell.text().isEmpty() && name.isEmpty()) {
                mistakes.add(
                        cell.place(),
                        "",
                        cell.kind() + " stands in a column without a name; take it out, or name the column");
            } else if (!cell.text().isEmpty()) {
                fields.add(new DocumentNode.Field(name, cell, cell.place()));
            }
        }
        return new DocumentNode.Fields(fields, place);
    }

    private boolean atEnd() {
        return at >= text.length();
    }

    private SourceLocation place() {
        return new SourceLocation(scope, line, at - lineStart + 1);
    }

    /** Up to and with the line's end. */
    private List<DocumentNode.Scalar> row() {
        List<DocumentNode.Scalar> cells = new ArrayList<>();
        while (true) {
            SourceLocation place = place();
            String cell = (!atEnd() && text.charAt(at) == '"' ? quoted(place) : plain()).strip();
            String shown = cell.startsWith("'") && isFormula(cell) ? cell.substring(1) : cell;
            cells.add(new DocumentNode.Scalar(shown, place));
            if (atEnd()) {
                return cells;
            }
            if (text.charAt(at++) == '\n') {
                newLine();
                return cells;
            }
        }
    }

    private void newLine() {
        line++;
        lineStart = at;
    }

    private String plain() {
        int start = at;
        while (!atEnd() && text.charAt(at) != separator && text.charAt(at) != '\n') {
            at++;
        }
        return text.substring(start, at);
    }

    private String quoted(SourceLocation place) {
        StringBuilder cell = new StringBuilder();
        at++;
        while (!atEnd()) {
            char sign = text.charAt(at++);
            if (sign == '\n') {
                newLine();
            }
            if (sign != '"') {
                cell.append(sign);
            } else if (!atEnd() && text.charAt(at) == '"') {
                cell.append(text.charAt(at++));
            } else {
                return cell + plain();
            }
        }
        mistakes.add(place, "", "this begins with a quotation mark and has none at its end; add it");
        return cell.toString();
    }
}
