package dev.lockstep.local.dynamics.table;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code $filter} against a table: {@code not} binds tighter than {@code and}, and that tighter than {@code or}.
 * Types are checked as Dataverse does: a quoted GUID against a GUID column is refused.
 */
final class FilterParser {
    private static final Pattern TOKEN = Pattern.compile("\\s*(?:"
            + "(?<string>'(?:[^']|'')*')"
            + "|(?<guid>[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})(?![\\w-])"
            + "|(?<date>\\d{4}-\\d{2}-\\d{2}(?:T[\\d:.]+(?:Z|[+-]\\d{2}:\\d{2}))?)(?![\\w-])"
            + "|(?<number>-?\\d+(?:\\.\\d+)?)(?![\\w-])"
            + "|(?<word>[A-Za-z_][\\w.]*(?:/[A-Za-z_]\\w*)*)"
            + "|(?<mark>[()\\[\\],=:])"
            + ")");
    private static final Set<String> OPERATORS = Set.of("eq", "ne", "gt", "ge", "lt", "le");
    private static final Set<String> TEXT_FUNCTIONS = Set.of("contains", "startswith", "endswith");
    private static final String CONTAIN_VALUES = "Microsoft.Dynamics.CRM.ContainValues";

    private static final String ANY = "/any";

    private record Token(String kind, String text) {}

    private final List<Token> tokens;
    private final Table table;
    private final Schema schema;
    private final Map<String, String> aliases = new HashMap<>();
    private int at;

    private FilterParser(String text, Table table, Schema schema) {
        this.tokens = tokens(text);
        this.table = table;
        this.schema = schema;
    }

    /** @throws ODataError 400 */
    static Filter parse(String text, Table table, Schema schema) {
        FilterParser parser = new FilterParser(text, table, schema);
        Filter filter = parser.or();
        if (parser.at < parser.tokens.size()) {
            throw wrong("Syntax error at '" + parser.tokens.get(parser.at).text() + "' in '" + text + "'.");
        }
        return filter;
    }

    private Filter or() {
        Filter left = and();
        while (accept("word", "or")) {
            left = new Filter.Or(left, and());
        }
        return left;
    }

    private Filter and() {
        Filter left = not();
        while (accept("word", "and")) {
            left = new Filter.And(left, not());
        }
        return left;
    }

    private Filter not() {
        if (accept("word", "not")) {
            return new Filter.Not(not());
        }
        if (accept("mark", "(")) {
            Filter inner = or();
            expect(")");
            return inner;
        }
        return condition();
    }

    private Filter condition() {
        String word = next("word").text();
        if (TEXT_FUNCTIONS.contains(word)) {
            return text(word);
        }
        if (word.equals(CONTAIN_VALUES)) {
            return containValues();
        }
        if (word.endsWith(ANY)) {
            return any(word.substring(0, word.length() - ANY.length()));
        }
        PropertyPath path = PropertyPath.resolve(aliases.getOrDefault(word, word), table, schema);
        String operator = next("word").text();
        if (!OPERATORS.contains(operator)) {
            throw wrong("Unrecognised operator '" + operator + "'.");
        }
        return new Filter.Compare(path, operator, literal(path.column()));
    }

    /** {@code relation/any(r:r/name eq 'x')}: the related rows are a column here that holds the one related row's name. */
    private Filter any(String relation) {
        expect("(");
        aliases.put(next("word").text() + "/name", relation);
        expect(":");
        Filter inner = or();
        expect(")");
        return inner;
    }

    private Filter text(String function) {
        expect("(");
        PropertyPath path = PropertyPath.resolve(next("word").text(), table, schema);
        if (path.column().kind() != Column.Kind.TEXT) {
            throw wrong("No function signature for the function with name '" + function + "' matches.");
        }
        expect(",");
        String part = unquoted(next("string").text());
        expect(")");
        return new Filter.Text(function, path, part);
    }

    private Filter containValues() {
        expect("(");
        name("PropertyName");
        PropertyPath path = PropertyPath.resolve(unquoted(next("string").text()), table, schema);
        expect(",");
        name("PropertyValues");
        expect("[");
        List<String> values = new ArrayList<>();
        do {
            values.add(unquoted(next("string").text()));
        } while (accept("mark", ","));
        expect("]");
        expect(")");
        return new Filter.ContainValues(path, List.copyOf(values));
    }

    private void name(String parameter) {
        if (!accept("word", parameter)) {
            throw wrong("Expected parameter '" + parameter + "'.");
        }
        expect("=");
    }

    private Optional<Object> literal(Column column) {
        Token token = take();
        if (token.kind().equals("word") && token.text().equals("null")) {
            return Optional.empty();
        }
        Object value = value(token);
        if (!fits(column.kind(), value)) {
            throw wrong("A binary operator with incompatible types was detected: column '" + column.name() + "' is "
                    + column.kind().attributeType() + ", the literal is " + token.text() + ".");
        }
        return Optional.of(value);
    }

    private static Object value(Token token) {
        return switch (token.kind()) {
            case "string" -> unquoted(token.text());
            case "guid" -> UUID.fromString(token.text());
            case "date" -> instant(token.text());
            case "number" ->
                token.text().contains(".") ? (Object) Double.valueOf(token.text()) : Long.valueOf(token.text());
            default -> yesOrNo(token);
        };
    }

    private static Boolean yesOrNo(Token token) {
        if (!token.text().equals("true") && !token.text().equals("false")) {
            throw wrong("'" + token.text() + "' is not a literal.");
        }
        return Boolean.valueOf(token.text());
    }

    private static boolean fits(Column.Kind kind, Object literal) {
        return switch (kind) {
            case KEY, GUID, LOOKUP -> literal instanceof UUID;
            case TEXT -> literal instanceof String;
            case NUMBER, BIG_NUMBER, CHOICE -> literal instanceof Number;
            case YES_NO -> literal instanceof Boolean;
            case INSTANT -> literal instanceof Instant;
            case CHOICES -> false;
        };
    }

    private static Instant instant(String text) {
        try {
            return text.contains("T")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw wrong("'" + text + "' is not a date.");
        }
    }

    private boolean accept(String kind, String text) {
        boolean found = at < tokens.size() && tokens.get(at).equals(new Token(kind, text));
        at += found ? 1 : 0;
        return found;
    }

    private void expect(String mark) {
        if (!accept("mark", mark)) {
            throw wrong("'" + mark + "' expected.");
        }
    }

    private Token next(String kind) {
        Token token = take();
        if (!token.kind().equals(kind)) {
            throw wrong("Unexpected '" + token.text() + "'.");
        }
        return token;
    }

    private Token take() {
        if (at >= tokens.size()) {
            throw wrong("Unexpected end of the expression.");
        }
        return tokens.get(at++);
    }

    private static String unquoted(String text) {
        return text.substring(1, text.length() - 1).replace("''", "'");
    }

    private static List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        int from = 0;
        while (from < text.length() && !text.substring(from).isBlank()) {
            if (!matcher.find(from) || matcher.start() != from) {
                throw wrong("Syntax error at position " + from + " in '" + text + "'.");
            }
            tokens.add(token(matcher));
            from = matcher.end();
        }
        return List.copyOf(tokens);
    }

    private static Token token(Matcher matcher) {
        for (String kind : List.of("string", "guid", "date", "number", "word", "mark")) {
            if (matcher.group(kind) != null) {
                return new Token(kind, matcher.group(kind));
            }
        }
        throw new IllegalStateException();
    }

    private static ODataError wrong(String message) {
        return ODataError.badRequest(message);
    }
}
