package dev.lockstep.config;

import dev.lockstep.document.Mistake;
import dev.lockstep.document.Mistakes;
import dev.lockstep.document.Nearest;
import dev.lockstep.document.Path;
import dev.lockstep.document.Place;
import dev.lockstep.document.Tree;
import dev.lockstep.mapping.MappingDocument;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The mappings of a request. A scope's document is replaced as a whole. When the installation's document changes,
 * every team's stored document is checked over it again: the two together may feed back into themselves.
 */
final class MappingPart {
    private final World world;
    private final Draft draft;
    private final SortedMap<String, MappingDocument> documents = new TreeMap<>();
    private final Map<String, Place> requested = new TreeMap<>();

    MappingPart(World world, Draft draft) {
        this.world = world;
        this.draft = draft;
    }

    void read(List<Tree.Field> mappings) {
        world.documents().forEach((scope, text) -> {
            if (MappingDocument.isScope(scope)) {
                documents.put(scope, MappingDocument.read(scope, text));
            }
        });
        mappings.forEach(this::read);
        if (!requested.isEmpty()) {
            check();
        }
    }

    private void read(Tree.Field field) {
        Path path = Path.ROOT.key("mappings").key(field.name());
        scope(field, path).ifPresent(scope -> {
            if (requested.putIfAbsent(scope, field.place()) != null) {
                draft.mistakes.add(field.place(), path.text(), "the scope " + scope + " stands here twice; keep one");
            } else if (removes(field.value())) {
                remove(scope, field.place(), path);
            } else {
                documents.put(scope, new MappingDocument(scope, in(scope, field.value())));
                put(scope, field.value(), path);
            }
        });
    }

    private Optional<String> scope(Tree.Field field, Path path) {
        String name = field.name().strip();
        String lower = name.toLowerCase(Locale.ROOT);
        String scope = lower.startsWith("team#") ? MappingDocument.scopeOf(name.substring(5)) : lower;
        boolean known = MappingDocument.isScope(scope) && (lower.startsWith("team#") == scope.startsWith("team#"));
        if (!known) {
            String message = "\"" + name + "\" is no scope; "
                    + Nearest.to(name, List.of("default"))
                            .map(near -> "did you mean \"" + near + "\"?")
                            .orElse("give default, or team#<team>");
            draft.mistakes.add(field.place(), path.text(), message);
        }
        return Optional.of(scope).filter(one -> known);
    }

    private static boolean removes(Tree tree) {
        return tree instanceof Tree.Branch branch
                && branch.names().equals(List.of("remove"))
                && branch.get("remove").orElse(tree) instanceof Tree.Text text
                && text.isTrue();
    }

    private void remove(String scope, Place place, Path path) {
        if (documents.remove(scope) == null) {
            draft.warnings.add(place, path.text(), "there is no such mapping; nothing to remove");
        }
        if (draft.put(scope, "", world.documents())) {
            draft.change("mapping " + scope, "removed");
        }
    }

    private void put(String scope, Tree tree, Path path) {
        String text = tree instanceof Tree.Nothing ? "{}" : Json.text(Json.of(tree));
        if (text.getBytes(StandardCharsets.UTF_8).length > MappingDocument.LONGEST) {
            String message = "a mapping holds at most " + MappingDocument.LONGEST / 1024 + " KB; make it smaller";
            draft.mistakes.add(tree.place(), path.text(), message);
        }
        if (draft.put(scope, text, world.documents())) {
            draft.change("mapping " + scope, world.documents().containsKey(scope) ? "changed" : "added");
        }
    }

    /** The same tree as a part of its scope's document, so that its mistakes are told from another scope's. */
    private static Tree in(String scope, Tree tree) {
        Place place = new Place(scope, tree.place().line(), tree.place().column());
        return switch (tree) {
            case Tree.Nothing nothing -> new Tree.Nothing(place);
            case Tree.Text text -> new Tree.Text(text.text(), place);
            case Tree.Items items ->
                new Tree.Items(
                        items.items().stream().map(item -> in(scope, item)).toList(), place);
            case Tree.Branch branch ->
                new Tree.Branch(
                        branch.fields().stream().map(field -> in(scope, field)).toList(), place);
        };
    }

    private static Tree.Field in(String scope, Tree.Field field) {
        Place place = new Place(scope, field.place().line(), field.place().column());
        return new Tree.Field(field.name(), in(scope, field.value()), place);
    }

    private void check() {
        boolean wide = requested.containsKey(MappingDocument.DEFAULT);
        Mistakes before = new Mistakes();
        MappingSet stored = new MappingSet((scope, mistakes) -> before.addAll(mistakes));
        for (String scope : documents.keySet()) {
            if (wide || requested.containsKey(scope)) {
                stored.of(scope, world.documents(), Optional.empty());
                tell(MappingDocument.check(layers(scope)), scope, before);
            }
        }
    }

    private List<MappingDocument> layers(String scope) {
        List<MappingDocument> layers = new ArrayList<>();
        Optional.ofNullable(documents.get(MappingDocument.DEFAULT)).ifPresent(layers::add);
        if (!scope.equals(MappingDocument.DEFAULT)) {
            layers.add(documents.get(scope));
        }
        return layers;
    }

    /** What was wrong before this request is told too, but does not stand in its way. */
    private void tell(MappingDocument.Checked checked, String scope, Mistakes before) {
        for (Mistake mistake : checked.mistakes()) {
            boolean old =
                    !requested.containsKey(mistake.scope()) && before.list().contains(mistake);
            (old ? draft.warnings : draft.mistakes).add(placed(mistake));
        }
        checked.warnings().stream()
                .filter(warning -> requested.containsKey(warning.scope()))
                .map(this::placed)
                .forEach(draft.warnings::add);
    }

    /** A mistake in the request's own text is told as a part of the request. */
    private Mistake placed(Mistake mistake) {
        Place place = requested.get(mistake.scope());
        if (place == null) {
            return mistake;
        }
        String path = Path.ROOT.key("mappings").key(mistake.scope()).text();
        String whole = mistake.path().isBlank() ? path : path + "." + mistake.path();
        return new Mistake(place.scope(), mistake.line(), mistake.column(), whole, mistake.message());
    }
}
