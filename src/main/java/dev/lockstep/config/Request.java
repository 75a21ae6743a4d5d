package dev.lockstep.config;

import dev.lockstep.document.DocumentReader;
import dev.lockstep.document.Mistakes;
import dev.lockstep.document.Nearest;
import dev.lockstep.document.Path;
import dev.lockstep.document.Place;
import dev.lockstep.document.Tree;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an administrator asks for.
 *
 * @param mappings by scope
 */
record Request(Action action, List<Form> connections, List<Form> lines, List<Tree.Field> mappings, List<Form> agents) {
    /** The longest request, in bytes: about ten thousand lines. */
    static final int LONGEST = 1024 * 1024;

    private static final String DOCUMENT = "document";
    private static final List<String> PARTS = List.of("connections", "lines", "mappings", "agents");
    private static final List<String> FIELDS =
            List.of("action", DOCUMENT, "connections", "lines", "mappings", "agents");

    /** What is to be done. */
    enum Action {
        VALIDATE("validate"),
        DRY_RUN("dry-run"),
        APPLY("apply"),
        EXPORT("export");

        private final String label;

        Action(String label) {
            this.label = label;
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

    /** Empty if it does not even say what is to be done; a mistake says so. */
    static Optional<Request> read(Tree tree, Mistakes mistakes) {
        if (!(tree instanceof Tree.Branch outer)) {
            mistakes.add(tree.place(), "", "a request holds action and what to configure, not " + tree.kind());
            return Optional.empty();
        }
        new Form(outer, Path.ROOT, mistakes).only(FIELDS);
        Tree.Branch content = outer.get(DOCUMENT)
                .map(document -> document(outer, document, mistakes))
                .orElse(outer);
        Optional<Action> action = action(outer, content, mistakes);
        return action.map(what -> new Request(
                what,
                Form.entries(content, "connections", mistakes),
                Form.entries(content, "lines", mistakes),
                mappings(content, mistakes),
                Form.entries(content, "agents", mistakes)));
    }

    private static Tree.Branch document(Tree.Branch outer, Tree document, Mistakes mistakes) {
        for (String part : PARTS) {
            outer.field(part)
                    .ifPresent(field -> mistakes.add(
                            field.place(),
                            part,
                            part + " stands beside document; put it inside, or leave document out"));
        }
        Tree.Branch nothing = new Tree.Branch(List.of(), Place.in(DOCUMENT));
        if (!(document instanceof Tree.Text text)) {
            mistakes.add(
                    document.place(), DOCUMENT, "document is a text in YAML; give one instead of " + document.kind());
            return nothing;
        }
        Optional<Tree> inner = DocumentReader.read(DOCUMENT, text.text(), LONGEST, mistakes);
        if (inner.isPresent() && inner.get() instanceof Tree.Branch branch) {
            new Form(branch, Path.ROOT, mistakes)
                    .only(FIELDS.stream()
                            .filter(field -> !field.equals(DOCUMENT))
                            .toList());
            return branch;
        }
        inner.filter(other -> !(other instanceof Tree.Nothing))
                .ifPresent(other -> mistakes.add(
                        other.place(),
                        "",
                        "a document holds connections, lines, mappings and agents, not " + other.kind()));
        return nothing;
    }

    /** A document may say it too; the request itself is asked first. */
    private static Optional<Action> action(Tree.Branch outer, Tree.Branch content, Mistakes mistakes) {
        Tree.Branch says = outer.get("action").isPresent() ? outer : content;
        Optional<Given> text = new Form(says, Path.ROOT, mistakes)
                .required("action", "say what to do: action is validate, dry-run, apply or export");
        Optional<Action> action = text.flatMap(given -> Action.of(given.text()));
        if (action.isEmpty()) {
            text.ifPresent(given -> given.tell(
                    mistakes, "\"" + given.text() + "\" is no action; " + Nearest.hint(given.text(), Action.labels())));
        }
        return action;
    }

    private static List<Tree.Field> mappings(Tree.Branch content, Mistakes mistakes) {
        Optional<Tree> mappings = content.get("mappings");
        if (mappings.isPresent() && mappings.get() instanceof Tree.Branch branch) {
            return branch.fields();
        }
        mappings.ifPresent(other -> mistakes.add(
                other.place(), "mappings", "mappings holds documents by scope; give them instead of " + other.kind()));
        return List.of();
    }
}
