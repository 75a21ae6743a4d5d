package dev.lockstep.administration;

import dev.lockstep.document.Diagnostics;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.KeyPath;
import dev.lockstep.document.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One entry of a request, read field by field; what is wrong with its form is gathered. */
record EntryReader(DocumentNode.Fields branch, KeyPath path, Diagnostics mistakes) {
    /** The entries of a list; a request without that list has none. */
    static List<EntryReader> entries(DocumentNode.Fields request, String list, Diagnostics mistakes) {
        KeyPath path = KeyPath.ROOT.key(list);
        Optional<DocumentNode> tree = request.get(list);
        if (tree.isPresent() && !(tree.get() instanceof DocumentNode.Sequence)) {
            mistakes.add(
                    tree.get().place(),
                    path.text(),
                    list + " is a list; give one instead of " + tree.get().kind());
        }
        List<EntryReader> forms = new ArrayList<>();
        if (tree.isPresent() && tree.get() instanceof DocumentNode.Sequence items) {
            for (int i = 0; i < items.items().size(); i++) {
                of(items.items().get(i), path.item(i), mistakes).ifPresent(forms::add);
            }
        }
        return forms;
    }

    private static Optional<EntryReader> of(DocumentNode tree, KeyPath path, Diagnostics mistakes) {
        if (tree instanceof DocumentNode.Fields branch) {
            return Optional.of(new EntryReader(branch, path, mistakes));
        }
        mistakes.add(tree.place(), path.text(), "give names with values instead of " + tree.kind());
        return Optional.empty();
    }

    /** Every field that is not among these is a mistake. */
    void only(List<String> known) {
        for (DocumentNode.Field field : branch.fields()) {
            if (!known.contains(field.name())) {
                String message = "\"" + field.name() + "\" is not known here; " + Suggestions.hint(field.name(), known);
                mistakes.add(field.place(), path.key(field.name()).text(), message);
            }
        }
    }

    /** Whether the field is named at all, be it with nothing. */
    boolean names(String field) {
        return branch.field(field).isPresent();
    }

    Optional<LocatedText> text(String field) {
        return branch.get(field).flatMap(tree -> text(tree, path.key(field)));
    }

    /** A text that has to be there. */
    Optional<LocatedText> required(String field, String what) {
        Optional<LocatedText> text = text(field).filter(given -> !given.text().isBlank());
        if (text.isEmpty()) {
            mistake(field, what);
        }
        return text;
    }

    /** A list of texts, or one text alone. */
    List<LocatedText> texts(String field) {
        KeyPath at = path.key(field);
        Optional<DocumentNode> tree = branch.get(field);
        if (tree.isPresent() && tree.get() instanceof DocumentNode.Sequence items) {
            List<LocatedText> texts = new ArrayList<>();
            for (int i = 0; i < items.items().size(); i++) {
                text(items.items().get(i), at.item(i)).ifPresent(texts::add);
            }
            return texts;
        }
        return tree.flatMap(one -> text(one, at)).stream().toList();
    }

    private Optional<LocatedText> text(DocumentNode tree, KeyPath at) {
        if (tree instanceof DocumentNode.Scalar text) {
            return Optional.of(new LocatedText(text.text().strip(), text.place(), at));
        }
        mistakes.add(tree.place(), at.text(), "give a text instead of " + tree.kind());
        return Optional.empty();
    }

    /** Whether the entry asks to be removed. */
    boolean removes() {
        Optional<LocatedText> remove = text("remove");
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
        DocumentNode.Field named = branch.field(field).orElse(new DocumentNode.Field(field, branch, branch.place()));
        mistakes.add(named.place(), path.key(field).text(), message);
    }
}
