package dev.lockstep.mapping;

import dev.lockstep.document.Diagnostics;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.KeyPath;
import dev.lockstep.document.SourceLocation;
import dev.lockstep.document.Suggestions;
import java.util.List;
import java.util.Optional;

/**
 * What is found wrong in a mapping while it is read.
 *
 * @param mistakes what must be put right
 * @param warnings what may be meant so
 */
public record MappingProblems(Diagnostics mistakes, Diagnostics warnings) {
    public void mistake(SourceLocation place, KeyPath path, String message) {
        mistakes.add(place, path.text(), message);
    }

    public void warning(SourceLocation place, KeyPath path, String message) {
        warnings.add(place, path.text(), message);
    }

    /** Every name that is not among the known is a mistake. */
    public void refuseUnknown(DocumentNode.Fields branch, List<String> known, KeyPath path) {
        for (DocumentNode.Field field : branch.fields()) {
            if (!known.contains(field.name())) {
                String message = "\"" + field.name() + "\" is not known here; " + Suggestions.hint(field.name(), known);
                mistake(field.place(), path.key(field.name()), message);
            }
        }
    }

    /** The text that stands here, or a mistake that says what should. */
    public Optional<DocumentNode.Scalar> text(DocumentNode tree, KeyPath path, String wanted) {
        if (tree instanceof DocumentNode.Scalar text && !text.text().isBlank()) {
            return Optional.of(text);
        }
        mistake(tree.place(), path, "give " + wanted + " instead of " + tree.kind());
        return Optional.empty();
    }
}
