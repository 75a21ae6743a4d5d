package dev.lockstep.administration;

import dev.lockstep.configured.MappingSet;
import dev.lockstep.configured.StoredJson;
import dev.lockstep.document.Diagnostic;
import dev.lockstep.document.Diagnostics;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.KeyPath;
import dev.lockstep.document.SourceLocation;
import dev.lockstep.document.Suggestions;
import dev.lockstep.mapping.MappingDocument;
import dev.lockstep.mapping.MappingSchema;
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
final class MappingSection {
    private final MappingSchema schema;
    private final StoredConfiguration world;
    private final Draft draft;
    private final SortedMap<String, MappingDocument> documents = new TreeMap<>();
    private final Map<String, SourceLocation> requested = new TreeMap<>();

    MappingSection(MappingSchema schema, StoredConfiguration world, Draft draft) {
        this.schema = schema;
        this.world = world;
        this.draft = draft;
    }

    void read(List<DocumentNode.Field> mappings) {
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

    private void read(DocumentNode.Field field) {
        KeyPath path = KeyPath.ROOT.key("mappings").key(field.name());
        scope(field, path).ifPresent(scope -> {
            if (requested.putIfAbsent(scope, field.place()) != null) {
                draft.mistakes.add(field.place(), path.text(), "the scope " + scope + " stands here twice; keep one");
            } else if (removes(field.value())) {
                remove(scope, field.place(), path);
            } else {
                documents.put(scope, new MappingDocument(scope, in(scope, field.value())));
                team(field).ifPresent(team -> draft.teams.add(new LocatedText(team, field.place(), path)));
                put(scope, field.value(), path);
            }
        });
    }

    private Optional<String> scope(DocumentNode.Field field, KeyPath path) {
        String name = field.name().strip();
        String lower = name.toLowerCase(Locale.ROOT);
        String scope = lower.startsWith("team#") ? MappingDocument.scopeOf(name.substring(5)) : lower;
        boolean known = MappingDocument.isScope(scope) && (lower.startsWith("team#") == scope.startsWith("team#"));
        if (!known) {
            String message = "\"" + name + "\" is no scope; "
                    + Suggestions.to(name, List.of("default"))
                            .map(near -> "did you mean \"" + near + "\"?")
                            .orElse("give default, or team#<team>");
            draft.mistakes.add(field.place(), path.text(), message);
        }
        return Optional.of(scope).filter(one -> known);
    }

    private static Optional<String> team(DocumentNode.Field field) {
        String name = field.name().strip();
        return Optional.of(name).filter(text -> text.contains("#")).map(text -> text.substring(text.indexOf('#') + 1));
    }

    private static boolean removes(DocumentNode tree) {
        return tree instanceof DocumentNode.Fields branch
                && branch.names().equals(List.of("remove"))
                && branch.get("remove").orElse(tree) instanceof DocumentNode.Scalar text
                && text.isTrue();
    }

    private void remove(String scope, SourceLocation place, KeyPath path) {
        if (documents.remove(scope) == null) {
            draft.warnings.add(place, path.text(), "there is no such mapping; nothing to remove");
        }
        if (draft.put(scope, "", world.documents())) {
            draft.change("mapping " + scope, "removed");
        }
    }

    private void put(String scope, DocumentNode tree, KeyPath path) {
        String text = tree instanceof DocumentNode.Empty ? "{}" : StoredJson.prettyText(StoredJson.of(tree));
        if (text.getBytes(StandardCharsets.UTF_8).length > MappingDocument.LONGEST) {
            String message = "a mapping holds at most " + MappingDocument.LONGEST / 1024 + " KB; make it smaller";
            draft.mistakes.add(tree.place(), path.text(), message);
        }
        if (draft.put(scope, text, world.documents())) {
            draft.change("mapping " + scope, world.documents().containsKey(scope) ? "changed" : "added");
        }
    }

    /** The same tree as a part of its scope's document, so that its mistakes are told from another scope's. */
    private static DocumentNode in(String scope, DocumentNode tree) {
        SourceLocation place =
                new SourceLocation(scope, tree.place().line(), tree.place().column());
        return switch (tree) {
            case DocumentNode.Empty nothing -> new DocumentNode.Empty(place);
            case DocumentNode.Scalar text -> new DocumentNode.Scalar(text.text(), place);
            case DocumentNode.Sequence items ->
                new DocumentNode.Sequence(
                        items.items().stream().map(item -> in(scope, item)).toList(), place);
            case DocumentNode.Fields branch ->
                new DocumentNode.Fields(
                        branch.fields().stream().map(field -> in(scope, field)).toList(), place);
        };
    }

    private static DocumentNode.Field in(String scope, DocumentNode.Field field) {
        SourceLocation place =
                new SourceLocation(scope, field.place().line(), field.place().column());
        return new DocumentNode.Field(field.name(), in(scope, field.value()), place);
    }

    private void check() {
        boolean wide = requested.containsKey(MappingDocument.DEFAULT);
        Diagnostics before = new Diagnostics();
        MappingSet stored = new MappingSet(schema, (scope, mistakes) -> before.addAll(mistakes));
        for (String scope : documents.keySet()) {
            if (wide || requested.containsKey(scope)) {
                stored.of(scope, world.documents(), Optional.empty());
                tell(schema.check(layers(scope)), scope, before);
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
    private void tell(MappingSchema.Checked checked, String scope, Diagnostics before) {
        for (Diagnostic mistake : checked.mistakes()) {
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
    private Diagnostic placed(Diagnostic mistake) {
        SourceLocation place = requested.get(mistake.scope());
        if (place == null) {
            return mistake;
        }
        String path = KeyPath.ROOT.key("mappings").key(mistake.scope()).text();
        String whole = mistake.path().isBlank() ? path : path + "." + mistake.path();
        return new Diagnostic(place.scope(), mistake.line(), mistake.column(), whole, mistake.message());
    }
}
