package dev.lockstep.mapping;

import dev.lockstep.document.Path;
import dev.lockstep.document.Place;
import dev.lockstep.document.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Dynamics shows a presence, by name; there is one place for it. */
record DynamicsForm(MappingRules rules) implements MappingRules.PlatformForm {
    /** msdyn_presencestatustext holds so many characters, msdyn_name fewer. */
    private static final int LONGEST_NAME = 500;

    /** More alternatives than this are a mistake of another kind. */
    private static final int MOST_NAMES = 10;

    @Override
    public void checkName(String name, Place place, Path path) {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            rules.mistake(place, path, "a presence's name has 1 to " + LONGEST_NAME + " characters; correct it");
        }
    }

    @Override
    public Optional<Writing> writing(Tree tree, Path path) {
        List<String> names = names(tree, path);
        return names.isEmpty() ? Optional.empty() : Optional.of(new Writing("", names, Optional.empty()));
    }

    private List<String> names(Tree tree, Path path) {
        String wanted = "a presence's name, or a list of them of which the first that exists is taken,";
        if (!(tree instanceof Tree.Items list)) {
            return rules.text(tree, path, wanted).map(text -> name(text, path)).stream()
                    .toList();
        }
        if (list.items().isEmpty() || list.items().size() > MOST_NAMES) {
            rules.mistake(tree.place(), path, "give 1 to " + MOST_NAMES + " presence names");
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            Path at = path.item(i);
            rules.text(list.items().get(i), at, "a presence's name")
                    .map(text -> name(text, at))
                    .ifPresent(names::add);
        }
        return names;
    }

    private String name(Tree.Text text, Path path) {
        checkName(text.text(), text.place(), path);
        return text.text().strip();
    }
}
