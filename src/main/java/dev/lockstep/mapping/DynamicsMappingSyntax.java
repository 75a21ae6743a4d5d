package dev.lockstep.mapping;

import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.KeyPath;
import dev.lockstep.document.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Dynamics shows a presence, by name; there is one place for it. */
record DynamicsMappingSyntax(MappingReader rules) implements MappingReader.PlatformForm {
    /** msdyn_presencestatustext holds so many characters, msdyn_name fewer. */
    private static final int LONGEST_NAME = 500;

    /** More alternatives than this are a mistake of another kind. */
    private static final int MOST_NAMES = 10;

    @Override
    public void checkName(String name, SourceLocation place, KeyPath path) {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            rules.mistake(place, path, "a presence's name has 1 to " + LONGEST_NAME + " characters; correct it");
        }
    }

    @Override
    public Optional<OutboundRule> writing(DocumentNode tree, KeyPath path) {
        List<String> names = names(tree, path);
        return names.isEmpty() ? Optional.empty() : Optional.of(new OutboundRule("", names, Optional.empty()));
    }

    private List<String> names(DocumentNode tree, KeyPath path) {
        String wanted = "a presence's name, or a list of them of which the first that exists is taken,";
        if (!(tree instanceof DocumentNode.Sequence list)) {
            return rules.text(tree, path, wanted).map(text -> name(text, path)).stream()
                    .toList();
        }
        if (list.items().isEmpty() || list.items().size() > MOST_NAMES) {
            rules.mistake(tree.place(), path, "give 1 to " + MOST_NAMES + " presence names");
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            KeyPath at = path.item(i);
            rules.text(list.items().get(i), at, "a presence's name")
                    .map(text -> name(text, at))
                    .ifPresent(names::add);
        }
        return names;
    }

    private String name(DocumentNode.Scalar text, KeyPath path) {
        checkName(text.text(), text.place(), path);
        return text.text().strip();
    }
}
