package dev.lockstep.administration;

import dev.lockstep.document.Diagnostics;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.DocumentReader;
import dev.lockstep.document.KeyPath;
import dev.lockstep.document.SourceLocation;
import dev.lockstep.document.Suggestions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an administrator asks for.
 *
 * @param mappings by scope
 */
record ConfigRequest(
        Action action,
        List<EntryReader> connections,
        List<EntryReader> lines,
        List<DocumentNode.Field> mappings,
        List<EntryReader> agents,
        List<EntryReader> supervisors) {
    /** About ten thousand lines. */
    static final int MAX_BYTES = 1024 * 1024;

    private static final String DOCUMENT = "document";
    private static final List<String> PARTS = List.of("connections", "lines", "mappings", "agents", "supervisors");
    private static final List<String> FIELDS =
            List.of("action", DOCUMENT, "connections", "lines", "mappings", "agents", "supervisors");

    /** What is to be done. */
    enum Action {
        VALIDATE("validate"),
        DRY_RUN("dry-run"),
        APPLY("apply"),
        EXPORT("export"),
        HISTORY("history");

        private final String label;

        Action(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }

        /** Whether it only tells what there is. */
        boolean reads() {
            return this == EXPORT || this == HISTORY;
        }

        static List<String> labels() {
            return Arrays.stream(values()).map(action -> action.label).toList();
        }

        static Optional<Action> of(String text) {
            String wanted = text.strip().toLowerCase(Locale.ROOT);
            return Arrays.stream(values())
                    .filter(action -> action.label.equals(wanted))
                    .findFirst();
        }
    }

    /** Whether there is anything to configure in it. */
    boolean configures() {
        return !connections.isEmpty()
                || !lines.isEmpty()
                || !mappings.isEmpty()
                || !agents.isEmpty()
                || !supervisors.isEmpty();
    }

    /** Empty if nobody even says what is to be done; a mistake says so. */
    static Optional<ConfigRequest> read(DocumentNode tree, Asking asking, Diagnostics mistakes) {
        if (!(tree instanceof DocumentNode.Fields outer)) {
            mistakes.add(tree.place(), "", "a request holds action and what to configure, not " + tree.kind());
            return Optional.empty();
        }
        new EntryReader(outer, KeyPath.ROOT, mistakes).only(FIELDS);
        DocumentNode.Fields content = outer.get(DOCUMENT)
                .map(document -> document(outer, document, mistakes))
                .orElse(outer);
        Optional<Action> action =
                action(outer, content, asking.usual(), mistakes).map(asking::of);
        return action.map(what -> new ConfigRequest(
                what,
                EntryReader.entries(content, "connections", mistakes),
                EntryReader.entries(content, "lines", mistakes),
                mappings(content, mistakes),
                EntryReader.entries(content, "agents", mistakes),
                EntryReader.entries(content, "supervisors", mistakes)));
    }

    private static DocumentNode.Fields document(
            DocumentNode.Fields outer, DocumentNode document, Diagnostics mistakes) {
        for (String part : PARTS) {
            outer.field(part)
                    .ifPresent(field -> mistakes.add(
                            field.place(),
                            part,
                            part + " stands beside document; put it inside, or leave document out"));
        }
        DocumentNode.Fields nothing = new DocumentNode.Fields(List.of(), SourceLocation.in(DOCUMENT));
        if (!(document instanceof DocumentNode.Scalar text)) {
            mistakes.add(
                    document.place(), DOCUMENT, "document is a text in YAML; give one instead of " + document.kind());
            return nothing;
        }
        Optional<DocumentNode> inner = DocumentReader.read(DOCUMENT, text.text(), MAX_BYTES, mistakes);
        if (inner.isPresent() && inner.get() instanceof DocumentNode.Fields branch) {
            new EntryReader(branch, KeyPath.ROOT, mistakes)
                    .only(FIELDS.stream()
                            .filter(field -> !field.equals(DOCUMENT))
                            .toList());
            return branch;
        }
        inner.filter(other -> !(other instanceof DocumentNode.Empty))
                .ifPresent(other -> mistakes.add(
                        other.place(),
                        "",
                        "a document holds connections, lines, mappings, agents and supervisors, not " + other.kind()));
        return nothing;
    }

    /** A document may say it too; the request itself is asked first. */
    private static Optional<Action> action(
            DocumentNode.Fields outer, DocumentNode.Fields content, Optional<Action> usual, Diagnostics mistakes) {
        if (usual.isPresent()
                && outer.field("action").isEmpty()
                && content.field("action").isEmpty()) {
            return usual;
        }
        DocumentNode.Fields says = outer.get("action").isPresent() ? outer : content;
        Optional<LocatedText> text = new EntryReader(says, KeyPath.ROOT, mistakes)
                .required("action", "say what to do: action is validate, dry-run, apply, export or history");
        Optional<Action> action = text.flatMap(given -> Action.of(given.text()));
        if (action.isEmpty()) {
            text.ifPresent(given -> given.tell(
                    mistakes,
                    "\"" + given.text() + "\" is no action; " + Suggestions.hint(given.text(), Action.labels())));
        }
        return action;
    }

    private static List<DocumentNode.Field> mappings(DocumentNode.Fields content, Diagnostics mistakes) {
        Optional<DocumentNode> mappings = content.get("mappings");
        if (mappings.isPresent() && mappings.get() instanceof DocumentNode.Fields branch) {
            return branch.fields();
        }
        mappings.ifPresent(other -> mistakes.add(
                other.place(), "mappings", "mappings holds documents by scope; give them instead of " + other.kind()));
        return List.of();
    }
}
