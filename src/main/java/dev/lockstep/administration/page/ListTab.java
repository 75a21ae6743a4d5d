package dev.lockstep.administration.page;

import dev.lockstep.administration.Asking;
import dev.lockstep.administration.Configuration;
import dev.lockstep.document.Csv;
import dev.lockstep.document.Diagnostics;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.SourceLocation;
import dev.lockstep.platform.PlatformCatalogue;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectedRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A list of entries: looked through, one added, changed or removed by a form, many by CSV, all or none of them. */
abstract class ListTab implements Tab {
    /** Of more, people look for what they want. */
    static final int MOST = 200;

    /** In a cell: what is there is taken away, where an empty cell leaves it. */
    static final String NONE = "(none)";

    private static final SourceLocation FORM = SourceLocation.in("form");
    private static final String CSV = "csv";

    final Configuration configuration;
    final PlatformCatalogue catalogue;

    ListTab(Configuration configuration, PlatformCatalogue catalogue) {
        this.configuration = configuration;
        this.catalogue = catalogue;
    }

    /** What an entry has, by the names that a request has for it, or CSV. */
    abstract List<String> columns();

    /** How many of the first columns tell which entry it is. */
    abstract int keys();

    /** Every entry, cell by cell. */
    abstract List<List<String>> entries();

    /** An entry of a request, from one that has only cells. */
    abstract DocumentNode.Fields entry(DocumentNode.Fields cells);

    /** What somebody should be given, where these entries are all. */
    List<ListView.Waiting> waiting(List<List<String>> entries) {
        return List.of();
    }

    /** Why what is typed is not what it is said to be; empty if it is. */
    Optional<String> notMeant(HttpCall call) {
        return Optional.empty();
    }

    @Override
    public Shown read(HttpCall call) {
        List<String> known = new ArrayList<>(List.of("part", "q", "as", "known"));
        known.addAll(columns());
        call.allowParameters(known);
        if (call.formParameter("as").equals(CSV)) {
            return Shown.file(name() + ".csv", Csv.write(columns(), entries()));
        }
        List<String> typed = columns().stream().map(call::formParameter).toList();
        return shown(200, call, typed, "", Outcome.NOTHING);
    }

    @Override
    public Shown done(HttpCall call) {
        call.allowParameters(List.of("part"));
        List<String> typed =
                columns().stream().map(call::formField).map(String::strip).toList();
        String text = call.formField("text").replace("\r\n", "\n");
        String by = call.caller().label();
        Diagnostics mistakes = new Diagnostics();
        Outcome outcome = switch (call.formField("act")) {
            case "show" -> one(call, typed, Asking.toShow(), "Nothing is saved yet.");
            case "save" -> one(call, typed, Asking.toApply(by), "It is saved.");
            case "remove" -> asked(removal(typed), Asking.toApply(by), mistakes, "", "It is removed.");
            case "check" -> asked(many(text, mistakes), Asking.toCheck(), mistakes, text, "There is no mistake.");
            case "show-all" ->
                asked(
                        many(text, mistakes),
                        Asking.toShow(),
                        mistakes,
                        text,
                        "There is no mistake. Nothing is saved yet.");
            case "save-all" -> asked(many(text, mistakes), Asking.toApply(by), mistakes, text, "All of it is saved.");
            default -> throw RejectedRequest.malformed("act must be one of the form's buttons");
        };
        boolean kept = outcome.refused() || !call.formField("act").startsWith("save");
        return shown(outcome.refused() ? 422 : 200, call, typed, kept ? text : "", outcome);
    }

    private Outcome one(HttpCall call, List<String> typed, Asking asking, String said) {
        return notMeant(call)
                .map(Outcome::refusal)
                .orElseGet(() -> asked(List.of(cells(typed, typed.size())), asking, new Diagnostics(), "", said));
    }

    private List<DocumentNode.Fields> removal(List<String> typed) {
        List<DocumentNode.Field> cells = new ArrayList<>(cells(typed, keys()).fields());
        cells.add(field("remove", "true"));
        return List.of(new DocumentNode.Fields(cells, FORM));
    }

    private DocumentNode.Fields cells(List<String> typed, int count) {
        return new DocumentNode.Fields(
                IntStream.range(0, count)
                        .filter(i -> !typed.get(i).isEmpty())
                        .mapToObj(i -> field(columns().get(i), typed.get(i)))
                        .toList(),
                FORM);
    }

    private static DocumentNode.Field field(String name, String value) {
        return new DocumentNode.Field(name, new DocumentNode.Scalar(value, FORM), FORM);
    }

    private List<DocumentNode.Fields> many(String text, Diagnostics mistakes) {
        return Csv.read(CSV, text, mistakes);
    }

    private Outcome asked(
            List<DocumentNode.Fields> cells, Asking asking, Diagnostics mistakes, String text, String said) {
        List<DocumentNode> entries =
                cells.stream().<DocumentNode>map(this::entry).toList();
        DocumentNode.Sequence all = new DocumentNode.Sequence(entries, FORM);
        DocumentNode.Fields request = new DocumentNode.Fields(List.of(new DocumentNode.Field(name(), all, FORM)), FORM);
        return Outcome.of(configuration.answer(request, asking, mistakes), said, text, catalogue);
    }

    /** {@link #NONE} stands for nothing. */
    static DocumentNode.Field orNone(DocumentNode.Field cell) {
        return cell.value() instanceof DocumentNode.Scalar text && text.text().equals(NONE)
                ? new DocumentNode.Field(cell.name(), new DocumentNode.Empty(cell.place()), cell.place())
                : cell;
    }

    private Shown shown(int status, HttpCall call, List<String> typed, String text, Outcome outcome) {
        String sought = call.formParameter("q").strip();
        List<List<String>> all = entries();
        List<List<String>> found = all.stream().filter(row -> fits(row, sought)).toList();
        List<ListView.Row> rows = found.stream()
                .limit(MOST)
                .map(row -> new ListView.Row(row, href(row)))
                .toList();
        List<ListView.Input> inputs = IntStream.range(0, typed.size())
                .mapToObj(i -> new ListView.Input(columns().get(i), typed.get(i)))
                .toList();
        ListView view = new ListView(
                name(),
                title(),
                columns(),
                rows,
                found.size(),
                all.size(),
                sought,
                inputs,
                shownName(call),
                text,
                waiting(all),
                outcome);
        return new Shown(status, ConfigurationPage.Content.of(view));
    }

    private static String shownName(HttpCall call) {
        String typed = call.formField("known");
        return typed.isEmpty() ? call.formParameter("known") : typed;
    }

    private static boolean fits(List<String> row, String sought) {
        String lower = sought.toLowerCase(Locale.ROOT);
        return row.stream().anyMatch(cell -> cell.toLowerCase(Locale.ROOT).contains(lower));
    }

    private String href(List<String> row) {
        return ConfigurationPages.PATH + "?part=" + name()
                + IntStream.range(0, row.size())
                        .filter(i -> !row.get(i).isEmpty())
                        .mapToObj(i -> parameter(columns().get(i), row.get(i)))
                        .collect(Collectors.joining());
    }

    static String parameter(String name, String value) {
        return "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    static Optional<String> text(DocumentNode node) {
        return node instanceof DocumentNode.Scalar scalar ? Optional.of(scalar.text()) : Optional.empty();
    }
}
