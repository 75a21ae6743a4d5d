package dev.lockstep.config;

import dev.lockstep.document.Mistakes;
import dev.lockstep.document.Nearest;
import dev.lockstep.document.Path;
import dev.lockstep.document.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One entry of a request, read field by field; what is wrong with its form is gathered. */
record Form(Tree.Branch branch, Path path, Mistakes mistakes) {
    /** The entries of a list; a request without that list has none. */
    static List<Form> entries(Tree.Branch request, String list, Mistakes mistakes) {
        Path path = Path.ROOT.key(list);
        Optional<Tree> tree = request.get(list);
        if (tree.isPresent() && !(tree.get() instanceof Tree.Items)) {
            mistakes.add(
                    tree.get().place(),
                    path.text(),
                    list + " is a list; give one instead of " + tree.get().kind());
        }
        List<Form> forms = new ArrayList<>();
        if (tree.isPresent() && tree.get() instanceof Tree.Items items) {
            for (int i = 0; i < items.items().size(); i++) {
                of(items.items().get(i), path.item(i), mistakes).ifPresent(forms::add);
            }
        }
        return forms;
    }

    private static Optional<Form> of(Tree tree, Path path, Mistakes mistakes) {
        if (tree instanceof Tree.Branch branch) {
            return Optional.of(new Form(branch, path, mistakes));
        }
        mistakes.add(tree.place(), path.text(), "give names with values instead of " + tree.kind());
        return Optional.empty();
    }

    /** Every field that is not among these is a mistake. */
    void only(List<String> known) {
        for (Tree.Field field : branch.fields()) {
            if (!known.contains(field.name())) {
                String message = "\"" + field.name() + "\" is not known here; " + Nearest.hint(field.name(), known);
                mistakes.add(field.place(), path.key(field.name()).text(), message);
            }
        }
    }

    /** Whether the field is named at all, be it with nothing. */
    boolean names(String field) {
        return branch.field(field).isPresent();
    }

    Optional<Given> text(String field) {
        return branch.get(field).flatMap(tree -> text(tree, path.key(field)));
    }

    /** A text that has to be there. */
    Optional<Given> required(String field, String what) {
        Optional<Given> text = text(field).filter(given -> !given.text().isBlank());
        if (text.isEmpty()) {
            mistake(field, what);
        }
        return text;
    }

    /** A list of texts, or one text alone. */
    List<Given> texts(String field) {
        Path at = path.key(field);
        Optional<Tree> tree = branch.get(field);
        if (tree.isPresent() && tree.get() instanceof Tree.Items items) {
            List<Given> texts = new ArrayList<>();
            for (int i = 0; i < items.items().size(); i++) {
                text(items.items().get(i), at.item(i)).ifPresent(texts::add);
            }
            return texts;
        }
        return tree.flatMap(one -> text(one, at)).stream().toList();
    }

    private Optional<Given> text(Tree tree, Path at) {
        if (tree instanceof Tree.Text text) {
            return Optional.of(new Given(text.text().strip(), text.place(), at));
        }
        mistakes.add(tree.place(), at.text(), "give a text instead of " + tree.kind());
        return Optional.empty();
    }

    /** Whether the entry asks to be removed. */
    boolean removes() {
        Optional<Given> remove = text("remove");
        boolean yes =
                remove.filter(given -> given.text().equalsIgnoreCase("true")).isPresent();
        remove.filter(given -> !yes && !given.text().equalsIgnoreCase("false"))
                .ifPresent(given -> given.tell(mistakes, "remove is true or left out"));
        return yes;
    }

    void mistake(String message) {
        mistakes.add(branch.place(), path.text(), message);
    }

    void mistake(String field, String message) {
        Tree.Field named = branch.field(field).orElse(new Tree.Field(field, branch, branch.place()));
        mistakes.add(named.place(), path.key(field).text(), message);
    }
}
