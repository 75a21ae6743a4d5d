package dev.lockstep.mapping;

import dev.lockstep.document.Diagnostic;
import dev.lockstep.document.Diagnostics;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.DocumentReader;
import dev.lockstep.document.SourceLocation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * The document of one scope: a part of a mapping, to be laid over a wider one.
 *
 * @param scope {@code default} or {@code team#…}
 * @param tree what it says
 * @param mistakes what was found wrong while reading it
 */
public record MappingDocument(String scope, DocumentNode tree, List<Diagnostic> mistakes) {
    /** The longest document, in bytes: well under what one item of the store holds. */
    public static final int LONGEST = 256 * 1024;

    public static final String DEFAULT = "default";
    private static final String TEAM = "team#";
    private static final String RESOURCE = "/mapping-default.yaml";

    public MappingDocument {
        mistakes = List.copyOf(mistakes);
    }

    public MappingDocument(String scope, DocumentNode tree) {
        this(scope, tree, List.of());
    }

    /** The scope of a team's document. Teams are told apart without regard to case. */
    public static String scopeOf(String team) {
        return team.isBlank() ? DEFAULT : TEAM + team.strip().toLowerCase(Locale.ROOT);
    }

    /** Whether a stored document of that scope is a mapping. */
    public static boolean isScope(String scope) {
        return scope.equals(DEFAULT) || (scope.startsWith(TEAM) && scope.length() > TEAM.length());
    }

    /** Reads a document's text, YAML or JSON. It never fails: what is wrong is told by {@link #mapping}. */
    public static MappingDocument read(String scope, String text) {
        Diagnostics mistakes = new Diagnostics();
        DocumentNode tree = DocumentReader.read(scope, text, LONGEST, mistakes)
                .orElseGet(() -> new DocumentNode.Empty(SourceLocation.in(scope)));
        return new MappingDocument(scope, tree, mistakes.list());
    }

    /** The mapping that ships. */
    public static Mapping shipped() {
        return Shipped.MAPPING;
    }

    /**
     * The mapping that documents make, laid over the one that ships.
     *
     * @param layers the widest first
     * @throws MappingInvalid with every mistake in any of them
     */
    public static Mapping mapping(List<MappingDocument> layers) throws MappingInvalid {
        Checked checked = check(layers);
        if (!checked.mistakes().isEmpty()) {
            throw new MappingInvalid(checked.mistakes());
        }
        return checked.mapping();
    }

    /** The same, with what is wrong and what is merely odd beside what could be made of them. */
    public static Checked check(List<MappingDocument> layers) {
        Diagnostics mistakes = new Diagnostics();
        DocumentNode.Fields merged = Shipped.TREE;
        for (MappingDocument layer : layers) {
            mistakes.addAll(layer.mistakes());
            merged = new DocumentOverlay(mistakes).over(merged, layer.tree());
        }
        String narrowest = layers.isEmpty() ? DEFAULT : layers.getLast().scope();
        return new MappingReader(narrowest, mistakes).check(merged);
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

    /** Read when first needed: not every function maps. */
    private static final class Shipped {
        private static final DocumentNode.Fields TREE = load();
        private static final Mapping MAPPING = make();

        private static DocumentNode.Fields load() {
            MappingDocument document = read("shipped", text());
            return new DocumentOverlay(new Diagnostics())
                    .over(new DocumentNode.Fields(List.of(), SourceLocation.in("shipped")), document.tree());
        }

        private static Mapping make() {
            try {
                return mapping(List.of());
            } catch (MappingInvalid broken) {
                throw new IllegalStateException("the mapping that ships is broken", broken);
            }
        }

        private static String text() {
            try (InputStream in = MappingDocument.class.getResourceAsStream(RESOURCE)) {
                if (in == null) {
                    throw new IllegalStateException(RESOURCE + " is not in the package");
                }
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }
}
