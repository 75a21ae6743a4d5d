package dev.lockstep.mapping;

import dev.lockstep.document.Mistakes;
import dev.lockstep.document.Nearest;
import dev.lockstep.document.Path;
import dev.lockstep.document.Place;
import dev.lockstep.document.Tree;
import dev.lockstep.presence.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns a whole document, all layers joined, into a mapping, and gathers all that is wrong with it. */
final class MappingRules {
    private static final List<String> PARTS = List.of("order", "dynamics", "teams");
    private static final List<String> STATUSES =
            Arrays.stream(Status.values()).map(Status::label).toList();

    private final String scope;
    private final Mistakes mistakes;
    private final Mistakes warnings = new Mistakes();
    private final Map<String, Place> places = new HashMap<>();

    /** @param scope the narrowest layer: mistakes that several layers make together are told there */
    MappingRules(String scope, Mistakes mistakes) {
        this.scope = scope;
        this.mistakes = mistakes;
    }

    MappingDocument.Checked check(Tree.Branch root) {
        refuseUnknown(root, PARTS, Path.ROOT);
        List<Status> order = root.get("order").map(this::order).orElse(List.of());
        Map<String, Mapping.PlatformMapping> platforms = new LinkedHashMap<>();
        platforms.put("dynamics", platform(root, "dynamics", new DynamicsForm(this)));
        platforms.put("teams", platform(root, "teams", new TeamsForm(this)));
        Mapping mapping = new Mapping(order, platforms);
        new FeedbackRule(mapping, places, scope).check(mistakes);
        return new MappingDocument.Checked(mapping, mistakes.list(), warnings.list());
    }

    void mistake(Place place, Path path, String message) {
        mistakes.add(place, path.text(), message);
    }

    void warning(Place place, Path path, String message) {
        warnings.add(place, path.text(), message);
    }

    /** Every name that is not among the known is a mistake. */
    void refuseUnknown(Tree.Branch branch, List<String> known, Path path) {
        for (Tree.Field field : branch.fields()) {
            if (!known.contains(field.name())) {
                String message = "\"" + field.name() + "\" is not known here; " + Nearest.hint(field.name(), known);
                mistake(field.place(), path.key(field.name()), message);
            }
        }
    }

    /** The text that stands here, or a mistake that says what should. */
    Optional<Tree.Text> text(Tree tree, Path path, String wanted) {
        if (tree instanceof Tree.Text text && !text.text().isBlank()) {
            return Optional.of(text);
        }
        mistake(tree.place(), path, "give " + wanted + " instead of " + tree.kind());
        return Optional.empty();
    }

    private List<Status> order(Tree tree) {
        Path path = Path.ROOT.key("order");
        if (!(tree instanceof Tree.Items items)) {
            mistake(tree.place(), path, "order is a list of every status; give one instead of " + tree.kind());
            return List.of();
        }
        List<Status> order = new ArrayList<>();
        for (int i = 0; i < items.items().size(); i++) {
            Tree item = items.items().get(i);
            Path at = path.item(i);
            status(item, at).ifPresent(status -> addOnce(order, status, item.place(), at));
        }
        List<String> missing = Arrays.stream(Status.values())
                .filter(status -> !order.contains(status))
                .map(Status::label)
                .toList();
        if (!missing.isEmpty()) {
            mistake(tree.place(), path, "order must name every status once; add " + String.join(", ", missing));
        }
        return order;
    }

    private void addOnce(List<Status> order, Status status, Place place, Path path) {
        if (order.contains(status)) {
            mistake(place, path, status.label() + " is named twice; keep one");
        } else {
            order.add(status);
        }
    }

    private Optional<Status> status(Tree tree, Path path) {
        return text(tree, path, "a status").flatMap(text -> status(text.text(), text.place(), path));
    }

    private Optional<Status> status(String text, Place place, Path path) {
        Optional<Status> status = Status.of(text);
        if (status.isEmpty()) {
            mistake(place, path, "\"" + text + "\" is no status; " + Nearest.hint(text, STATUSES));
        }
        return status;
    }

    private Mapping.PlatformMapping platform(Tree.Branch root, String name, PlatformForm form) {
        Path path = Path.ROOT.key(name);
        Tree.Branch part = branch(root, name, Path.ROOT);
        refuseUnknown(part, List.of("read", "write"), path);
        Map<String, Reading> read = read(branch(part, "read", path), name, path.key("read"), form);
        Map<Status, Writing> write = write(branch(part, "write", path), name, path.key("write"), form);
        Mapping.PlatformMapping mapping = new Mapping.PlatformMapping(read, write);
        write.forEach((status, writing) ->
                warnIfUnread(mapping, writing, places.get(key(name, status)), path.key("write"), status));
        return mapping;
    }

    private void warnIfUnread(Mapping.PlatformMapping mapping, Writing writing, Place place, Path path, Status status) {
        for (String value : writing.values()) {
            if (mapping.reading(Mapping.folded(value)).isEmpty()) {
                String message = "\"" + value + "\" is written but not read; say under read what it means when it is "
                        + "seen, usually ignore";
                warning(place, path.key(status.label()), message);
            }
        }
    }

    private Tree.Branch branch(Tree.Branch parent, String name, Path path) {
        Optional<Tree.Field> field = parent.field(name);
        if (field.isPresent() && field.get().value() instanceof Tree.Branch branch) {
            return branch;
        }
        field.filter(given -> !(given.value() instanceof Tree.Nothing))
                .ifPresent(given -> mistake(
                        given.value().place(),
                        path.key(name),
                        name + " holds names with values; give them instead of "
                                + given.value().kind()));
        return new Tree.Branch(List.of(), parent.place());
    }

    private Map<String, Reading> read(Tree.Branch branch, String platform, Path path, PlatformForm form) {
        Map<String, Reading> read = new LinkedHashMap<>();
        for (Tree.Field field : branch.fields()) {
            Path at = path.key(field.name());
            form.checkName(field.name(), field.place(), at);
            places.put(key(platform, field.name()), field.place());
            reading(field.value(), at).ifPresent(reading -> read.put(Mapping.folded(field.name()), reading));
        }
        return read;
    }

    private Optional<Reading> reading(Tree tree, Path path) {
        return switch (tree) {
            case Tree.Text text when text.text().strip().equalsIgnoreCase("ignore") -> Optional.of(Reading.IGNORED);
            case Tree.Branch branch -> reading(branch, path);
            case Tree.Text text -> refuseReading(text, path);
            case Tree.Items items -> refuseReading(items, path);
            case Tree.Nothing nothing -> refuseReading(nothing, path);
        };
    }

    private Optional<Reading> refuseReading(Tree tree, Path path) {
        mistake(tree.place(), path, "say ignore, or {means: <status>, as: choice or fact}, instead of " + tree.kind());
        return Optional.empty();
    }

    private Optional<Reading> reading(Tree.Branch branch, Path path) {
        refuseUnknown(branch, List.of("means", "as"), path);
        Optional<Use> use = branch.get("as").flatMap(tree -> use(tree, path.key("as")));
        if (branch.get("as").isEmpty()) {
            mistake(branch.place(), path, "say what it is evidence of: as: choice, fact or ignore");
        }
        Optional<Status> status = branch.get("means").flatMap(tree -> status(tree, path.key("means")));
        if (use.filter(Use.IGNORE::equals).isPresent()) {
            return Optional.of(Reading.IGNORED);
        }
        if (branch.get("means").isEmpty()) {
            mistake(branch.place(), path, "say which status it means: means: <status>");
        }
        return status.flatMap(means -> use.map(as -> new Reading(means, as)));
    }

    private Optional<Use> use(Tree tree, Path path) {
        List<String> known = List.of("choice", "fact", "ignore");
        Optional<Tree.Text> text = text(tree, path, "choice, fact or ignore");
        Optional<Use> use = text.flatMap(given -> Arrays.stream(Use.values())
                .filter(one -> one.name().equalsIgnoreCase(given.text().strip()))
                .findFirst());
        if (text.isPresent() && use.isEmpty()) {
            String written = text.get().text();
            mistake(tree.place(), path, "\"" + written + "\" is no use; " + Nearest.hint(written, known));
        }
        return use;
    }

    private Map<Status, Writing> write(Tree.Branch branch, String platform, Path path, PlatformForm form) {
        Map<Status, Writing> write = new EnumMap<>(Status.class);
        for (Tree.Field field : branch.fields()) {
            Path at = path.key(field.name());
            Optional<Status> status = status(field.name(), field.place(), at);
            if (field.value() instanceof Tree.Nothing) {
                String message = "every status needs a way to be shown; name one, or take the line out to keep the "
                        + "one that ships";
                mistake(field.place(), at, message);
            } else if (status.isPresent()) {
                places.put(key(platform, status.get()), field.place());
                form.writing(field.value(), at).ifPresent(writing -> write.put(status.get(), writing));
            }
        }
        return write;
    }

    /** The key of the place where a platform's name is read. */
    static String key(String platform, String shown) {
        return platform + "|read|" + Mapping.folded(shown);
    }

    /** The key of the place where a status is written. */
    static String key(String platform, Status status) {
        return platform + "|write|" + status.label();
    }

    /** What differs between platforms. */
    sealed interface PlatformForm permits DynamicsForm, TeamsForm {
        /** Checks the platform's name of a status. */
        void checkName(String name, Place place, Path path);

        /** How a status is written there. */
        Optional<Writing> writing(Tree tree, Path path);
    }
}
