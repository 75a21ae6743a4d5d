package dev.lockstep.mapping;

import dev.lockstep.document.Diagnostics;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.KeyPath;
import dev.lockstep.document.SourceLocation;
import dev.lockstep.document.Suggestions;
import dev.lockstep.presence.Status;
import dev.lockstep.presence.Strictness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns a whole document, all layers joined, into a mapping, and gathers all that is wrong with it. */
final class MappingReader {
    private static final List<String> STATUSES =
            Arrays.stream(Status.values()).map(Status::label).toList();

    private final MappingSchema schema;
    private final String scope;
    private final MappingProblems problems;
    private final Map<String, SourceLocation> places = new HashMap<>();

    /** @param scope the narrowest layer: mistakes that several layers make together are told there */
    MappingReader(MappingSchema schema, String scope, Diagnostics mistakes) {
        this.schema = schema;
        this.scope = scope;
        this.problems = new MappingProblems(mistakes, new Diagnostics());
    }

    MappingSchema.Checked check(DocumentNode.Fields root) {
        problems.refuseUnknown(root, schema.names(), KeyPath.ROOT);
        Strictness strictness =
                root.get(MappingSchema.ORDER).flatMap(this::strictness).orElse(Strictness.USUAL);
        Map<String, Mapping.PlatformMapping> platforms = new LinkedHashMap<>();
        schema.parts().forEach(part -> platforms.put(part.platform(), platform(root, part)));
        Mapping mapping = new Mapping(strictness, platforms);
        new FeedbackRule(mapping, schema, places, scope).check(problems.mistakes());
        return new MappingSchema.Checked(
                mapping, problems.mistakes().list(), problems.warnings().list());
    }

    private void mistake(SourceLocation place, KeyPath path, String message) {
        problems.mistake(place, path, message);
    }

    /** Empty if it is mistaken. */
    private Optional<Strictness> strictness(DocumentNode tree) {
        KeyPath path = KeyPath.ROOT.key(MappingSchema.ORDER);
        if (!(tree instanceof DocumentNode.Sequence items)) {
            mistake(tree.place(), path, "order is a list of every status; give one instead of " + tree.kind());
            return Optional.empty();
        }
        List<Status> order = new ArrayList<>();
        for (int i = 0; i < items.items().size(); i++) {
            DocumentNode item = items.items().get(i);
            KeyPath at = path.item(i);
            status(item, at).ifPresent(status -> addOnce(order, status, item.place(), at));
        }
        List<String> missing = Arrays.stream(Status.values())
                .filter(status -> !order.contains(status))
                .map(Status::label)
                .toList();
        if (!missing.isEmpty()) {
            mistake(tree.place(), path, "order must name every status once; add " + String.join(", ", missing));
            return Optional.empty();
        }
        if (order.getFirst() != Status.AVAILABLE) {
            String message = "order goes from least to most restrictive, so available comes first: as it stands, "
                    + order.getFirst().label() + " gives way to available, and work gets in; "
                    + "turn it round, or move available";
            mistake(tree.place(), path, message);
            return Optional.empty();
        }
        if (order.indexOf(Status.BUSY) > order.indexOf(Status.ON_A_CALL)) {
            String message = "busy outweighs onACall: who is busy on a call is shown Busy, and Dynamics may offer work "
                    + "to that";
            problems.warning(tree.place(), path, message);
        }
        return Optional.of(new Strictness(order));
    }

    private void addOnce(List<Status> order, Status status, SourceLocation place, KeyPath path) {
        if (order.contains(status)) {
            mistake(place, path, status.label() + " is named twice; keep one");
        } else {
            order.add(status);
        }
    }

    private Optional<Status> status(DocumentNode tree, KeyPath path) {
        return problems.text(tree, path, "a status").flatMap(text -> status(text.text(), text.place(), path));
    }

    private Optional<Status> status(String text, SourceLocation place, KeyPath path) {
        Optional<Status> status = Status.of(text);
        if (status.isEmpty()) {
            mistake(place, path, "\"" + text + "\" is no status; " + Suggestions.hint(text, STATUSES));
        }
        return status;
    }

    private Mapping.PlatformMapping platform(DocumentNode.Fields root, MappingPart mapped) {
        String name = mapped.platform();
        MappingSyntax form = mapped.syntax();
        KeyPath path = KeyPath.ROOT.key(name);
        DocumentNode.Fields part = branch(root, name, KeyPath.ROOT);
        problems.refuseUnknown(part, List.of("read", "write"), path);
        Map<String, InboundRule> read = read(branch(part, "read", path), name, path.key("read"), form);
        Map<Status, OutboundRule> write = write(branch(part, "write", path), name, path.key("write"), form);
        Mapping.PlatformMapping mapping = new Mapping.PlatformMapping(read, write);
        write.forEach((status, writing) -> warn(mapping, status, writing, places.get(key(name, status)), path));
        return mapping;
    }

    private void warn(
            Mapping.PlatformMapping mapping, Status status, OutboundRule writing, SourceLocation place, KeyPath path) {
        KeyPath at = path.key("write").key(status.label());
        for (String value : writing.values()) {
            Optional<InboundRule> reading = mapping.reading(Mapping.folded(value));
            if (reading.isEmpty()) {
                String message = "\"" + value + "\" is written but not read; say under read what it means when it is "
                        + "seen, usually ignore";
                problems.warning(place, at, message);
            } else if (status != Status.AVAILABLE && letsWorkIn(reading.get())) {
                String message = "\"" + value + "\" means available there, and " + status.label()
                        + " keeps work away: under that name work gets in";
                problems.warning(place, at, message);
            }
        }
    }

    private static boolean letsWorkIn(InboundRule reading) {
        return !reading.is(EvidenceKind.IGNORE) && reading.status() == Status.AVAILABLE;
    }

    private DocumentNode.Fields branch(DocumentNode.Fields parent, String name, KeyPath path) {
        Optional<DocumentNode.Field> field = parent.field(name);
        if (field.isPresent() && field.get().value() instanceof DocumentNode.Fields branch) {
            return branch;
        }
        field.filter(given -> !(given.value() instanceof DocumentNode.Empty))
                .ifPresent(given -> mistake(
                        given.value().place(),
                        path.key(name),
                        name + " holds names with values; give them instead of "
                                + given.value().kind()));
        return new DocumentNode.Fields(List.of(), parent.place());
    }

    private Map<String, InboundRule> read(
            DocumentNode.Fields branch, String platform, KeyPath path, MappingSyntax form) {
        Map<String, InboundRule> read = new LinkedHashMap<>();
        for (DocumentNode.Field field : branch.fields()) {
            KeyPath at = path.key(field.name());
            form.checkName(field.name(), field.place(), at, problems);
            places.put(key(platform, field.name()), field.place());
            reading(field.value(), at).ifPresent(reading -> {
                read.put(Mapping.folded(field.name()), reading);
                if (reading.is(EvidenceKind.FACT) && letsWorkIn(reading)) {
                    String message = "a fact that means available keeps nobody from work, whatever \"" + field.name()
                            + "\" stands for; name the status that it is, or say ignore";
                    problems.warning(field.place(), at, message);
                }
            });
        }
        return read;
    }

    private Optional<InboundRule> reading(DocumentNode tree, KeyPath path) {
        return switch (tree) {
            case DocumentNode.Scalar text
            when text.text().strip().equalsIgnoreCase("ignore") -> Optional.of(InboundRule.IGNORED);
            case DocumentNode.Fields branch -> reading(branch, path);
            case DocumentNode.Scalar text -> refuseReading(text, path);
            case DocumentNode.Sequence items -> refuseReading(items, path);
            case DocumentNode.Empty nothing -> refuseReading(nothing, path);
        };
    }

    private Optional<InboundRule> refuseReading(DocumentNode tree, KeyPath path) {
        mistake(tree.place(), path, "say ignore, or {means: <status>, as: choice or fact}, instead of " + tree.kind());
        return Optional.empty();
    }

    private Optional<InboundRule> reading(DocumentNode.Fields branch, KeyPath path) {
        problems.refuseUnknown(branch, List.of("means", "as"), path);
        Optional<EvidenceKind> use = branch.get("as").flatMap(tree -> use(tree, path.key("as")));
        if (branch.get("as").isEmpty()) {
            mistake(branch.place(), path, "say what it is evidence of: as: choice, fact or ignore");
        }
        Optional<Status> status = branch.get("means").flatMap(tree -> status(tree, path.key("means")));
        if (use.filter(EvidenceKind.IGNORE::equals).isPresent()) {
            return Optional.of(InboundRule.IGNORED);
        }
        if (branch.get("means").isEmpty()) {
            mistake(branch.place(), path, "say which status it means: means: <status>");
        }
        return status.flatMap(means -> use.map(as -> new InboundRule(means, as)));
    }

    private Optional<EvidenceKind> use(DocumentNode tree, KeyPath path) {
        List<String> known = List.of("choice", "fact", "ignore");
        Optional<DocumentNode.Scalar> text = problems.text(tree, path, "choice, fact or ignore");
        Optional<EvidenceKind> use = text.flatMap(given -> Arrays.stream(EvidenceKind.values())
                .filter(one -> one.name().equalsIgnoreCase(given.text().strip()))
                .findFirst());
        if (text.isPresent() && use.isEmpty()) {
            String written = text.get().text();
            mistake(tree.place(), path, "\"" + written + "\" is no use; " + Suggestions.hint(written, known));
        }
        return use;
    }

    private Map<Status, OutboundRule> write(
            DocumentNode.Fields branch, String platform, KeyPath path, MappingSyntax form) {
        Map<Status, OutboundRule> write = new EnumMap<>(Status.class);
        for (DocumentNode.Field field : branch.fields()) {
            KeyPath at = path.key(field.name());
            Optional<Status> status = status(field.name(), field.place(), at);
            if (field.value() instanceof DocumentNode.Empty) {
                String message = "every status needs a way to be shown; name one, or take the line out to keep the "
                        + "one that ships";
                mistake(field.place(), at, message);
            } else if (status.isPresent()) {
                places.put(key(platform, status.get()), field.place());
                form.writing(field.value(), at, problems).ifPresent(writing -> write.put(status.get(), writing));
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
}
