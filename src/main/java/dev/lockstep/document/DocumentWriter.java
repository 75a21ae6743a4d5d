package dev.lockstep.document;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes a document as YAML that {@link DocumentReader} reads as the same again; its comments are gone. */
public final class DocumentWriter {
    /** What means nothing else in YAML, wherever it stands; anything else is put in quotes. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}]([\\p{L}\\p{N} ._/*+-]*[\\p{L}\\p{N}._/*+])?");

    private static final Set<String> NOTHING = Set.of("null", "Null", "NULL");
    /** Line ends and other signs that YAML would not take as they are. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\x7f-\\x9f\\u200e\\u200f\\u2028\\u2029\\ufeff]");

    private static final String STEP = "  ";

    /** From here on a rule's own values stand. */
    private static final int DEEP = 2 * STEP.length();

    private DocumentWriter() {}

    /** @return text that ends with a line end; empty for a document that holds nothing */
    public static String yaml(DocumentNode document) {
        return switch (document) {
            case DocumentNode.Fields branch when !branch.fields().isEmpty() -> lines(branch, "");
            case DocumentNode.Empty nothing -> "";
            default -> inOneLine(document) + "\n";
        };
    }

    private static String lines(DocumentNode.Fields branch, String indent) {
        return branch.fields().stream().map(field -> line(field, indent)).collect(Collectors.joining());
    }

    private static String line(DocumentNode.Field field, String indent) {
        String name = indent + quoted(field.name()) + ":";
        return switch (field.value()) {
            case DocumentNode.Empty nothing -> name + "\n";
            case DocumentNode.Fields branch when !isShort(branch, indent) -> name + "\n" + lines(branch, indent + STEP);
            case DocumentNode other -> name + " " + inOneLine(other) + "\n";
        };
    }

    /** What lies deep, such as {@code {means: busy, as: choice}}, is read best in one line. */
    private static boolean isShort(DocumentNode.Fields branch, String indent) {
        return branch.fields().isEmpty()
                || (indent.length() >= DEEP
                        && branch.fields().stream().allMatch(field -> field.value() instanceof DocumentNode.Scalar));
    }

    private static String inOneLine(DocumentNode node) {
        return switch (node) {
            case DocumentNode.Empty nothing -> "null";
            case DocumentNode.Scalar text -> quoted(text.text());
            case DocumentNode.Sequence items ->
                items.items().stream().map(DocumentWriter::inOneLine).collect(Collectors.joining(", ", "[", "]"));
            case DocumentNode.Fields branch ->
                branch.fields().stream()
                        .map(field -> quoted(field.name()) + ": " + inOneLine(field.value()))
                        .collect(Collectors.joining(", ", "{", "}"));
        };
    }

    private static String quoted(String text) {
        if (PLAIN.matcher(text).matches() && !NOTHING.contains(text)) {
            return text;
        }
        String escaped = String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text));
        return '"'
                + INVISIBLE
                        .matcher(escaped)
                        .replaceAll(
                                sign -> "\\\\u%04x".formatted((int) sign.group().charAt(0)))
                + '"';
    }
}
