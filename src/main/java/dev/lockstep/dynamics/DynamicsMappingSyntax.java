package dev.lockstep.dynamics;

import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.KeyPath;
import dev.lockstep.document.SourceLocation;
import dev.lockstep.mapping.MappingProblems;
import dev.lockstep.mapping.MappingSyntax;
import dev.lockstep.mapping.OutboundRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Dynamics shows a presence, by name; there is one place for it. */
record DynamicsMappingSyntax() implements MappingSyntax {
    /** msdyn_presencestatustext holds so many characters, msdyn_name fewer. */
    private static final int LONGEST_NAME = 500;

    /** More alternatives than this are a mistake of another kind. */
    private static final int MOST_NAMES = 10;

    @Override
    public void checkName(String name, SourceLocation place, KeyPath path, MappingProblems problems) {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            problems.mistake(place, path, "a presence's name has 1 to " + LONGEST_NAME + " characters; correct it");
        }
    }

    @Override
    public Optional<OutboundRule> writing(DocumentNode tree, KeyPath path, MappingProblems problems) {
        List<String> names = names(tree, path, problems);
        return names.isEmpty() ? Optional.empty() : Optional.of(new OutboundRule("", names, Optional.empty()));
    }

    private List<String> names(DocumentNode tree, KeyPath path, MappingProblems problems) {
        String wanted = "a presence's name, or a list of them of which the first that exists is taken,";
        if (!(tree instanceof DocumentNode.Sequence list)) {
            return problems.text(tree, path, wanted).map(text -> name(text, path, problems)).stream()
                    .toList();
        }
        if (list.items().isEmpty() || list.items().size() > MOST_NAMES) {
            problems.mistake(tree.place(), path, "give 1 to " + MOST_NAMES + " presence names");
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            KeyPath at = path.item(i);
            problems.text(list.items().get(i), at, "a presence's name")
                    .map(text -> name(text, at, problems))
                    .ifPresent(names::add);
        }
        return names;
    }

    private String name(DocumentNode.Scalar text, KeyPath path, MappingProblems problems) {
        checkName(text.text(), text.place(), path, problems);
        return text.text().strip();
    }
}
