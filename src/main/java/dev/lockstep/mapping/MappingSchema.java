package dev.lockstep.mapping;

import dev.lockstep.document.Diagnostic;
import dev.lockstep.document.Diagnostics;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.SourceLocation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a mapping document may hold: the order of statuses and one part for each platform. Makes mappings of documents. */
public final class MappingSchema {
    static final String ORDER = "order";

    private static final String SHIPPED = "shipped";
    private static final String RESOURCE = "/mapping-default.yaml";

    private final List<MappingPart> parts;
    private Optional<DocumentNode.Fields> tree = Optional.empty();
    private Optional<Mapping> shipped = Optional.empty();

    public MappingSchema(List<MappingPart> parts) {
        this.parts = parts.stream()
                .sorted(Comparator.comparing(MappingPart::platform))
                .toList();
    }

    /** The platforms that have a part, by name. */
    public List<String> platforms() {
        return parts.stream().map(MappingPart::platform).toList();
    }

    /** Every name that may stand at the top of a document. */
    List<String> names() {
        List<String> names = new ArrayList<>(List.of(ORDER));
        names.addAll(platforms());
        return names;
    }

    List<MappingPart> parts() {
        return parts;
    }

    String displayName(String platform) {
        return parts.stream()
                .filter(part -> part.platform().equals(platform))
                .map(MappingPart::displayName)
                .findFirst()
                .orElse(platform);
    }

    /** The mapping that ships. */
    public synchronized Mapping shipped() {
        if (shipped.isEmpty()) {
            shipped = Optional.of(made());
        }
        return shipped.get();
    }

    private Mapping made() {
        try {
            return mapping(List.of());
        } catch (MappingInvalid broken) {
            throw new IllegalStateException("the mapping that ships is broken", broken);
        }
    }

    /**
     * The mapping that documents make, laid over the one that ships.
     *
     * @param layers the widest first
     * @throws MappingInvalid with every mistake in any of them
     */
    public Mapping mapping(List<MappingDocument> layers) throws MappingInvalid {
        Checked checked = check(layers);
        if (!checked.mistakes().isEmpty()) {
            throw new MappingInvalid(checked.mistakes());
        }
        return checked.mapping();
    }

    /** The same, with what is wrong and what is merely odd beside what could be made of them. */
    public Checked check(List<MappingDocument> layers) {
        Diagnostics mistakes = new Diagnostics();
        DocumentNode.Fields merged = tree();
        for (MappingDocument layer : layers) {
            mistakes.addAll(layer.mistakes());
            merged = overlay(mistakes).over(merged, layer.tree());
        }
        String narrowest =
                layers.isEmpty() ? MappingDocument.DEFAULT : layers.getLast().scope();
        return new MappingReader(this, narrowest, mistakes).check(merged);
    }

    /**
     * What became of documents.
     *
     * @param mapping of use only if there is no mistake
     * @param mistakes what must be put right
     * @param warnings what may be meant so
     */
    public record Checked(Mapping mapping, List<Diagnostic> mistakes, List<Diagnostic> warnings) {
        public Checked {
            mistakes = List.copyOf(mistakes);
            warnings = List.copyOf(warnings);
        }
    }

    private DocumentOverlay overlay(Diagnostics mistakes) {
        return new DocumentOverlay(names(), mistakes);
    }

    /** What ships, read when first needed: not every function maps. */
    private synchronized DocumentNode.Fields tree() {
        if (tree.isEmpty()) {
            tree = Optional.of(loaded());
        }
        return tree.get();
    }

    private DocumentNode.Fields loaded() {
        Diagnostics mistakes = new Diagnostics();
        DocumentNode.Fields all = overlay(mistakes)
                .over(
                        new DocumentNode.Fields(List.of(), SourceLocation.in(SHIPPED)),
                        document(MappingPart.text(MappingSchema.class, RESOURCE), mistakes));
        for (MappingPart part : parts) {
            DocumentNode content = document(part.shipped().get(), mistakes);
            DocumentNode.Field field = new DocumentNode.Field(part.platform(), content, content.place());
            all = overlay(mistakes).over(all, new DocumentNode.Fields(List.of(field), content.place()));
        }
        if (!mistakes.isEmpty()) {
            throw new IllegalStateException(
                    "the mapping that ships cannot be read: " + mistakes.list().getFirst());
        }
        return all;
    }

    private static DocumentNode document(String text, Diagnostics mistakes) {
        MappingDocument document = MappingDocument.read(SHIPPED, text);
        mistakes.addAll(document.mistakes());
        return document.tree();
    }
}
