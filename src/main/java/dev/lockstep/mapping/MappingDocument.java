package dev.lockstep.mapping;

import dev.lockstep.document.Diagnostic;
import dev.lockstep.document.Diagnostics;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.DocumentReader;
import dev.lockstep.document.SourceLocation;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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

    /** The team whose document that scope is, in small letters; empty for every other scope. */
    public static Optional<String> teamOf(String scope) {
        return isScope(scope) && !scope.equals(DEFAULT)
                ? Optional.of(scope.substring(TEAM.length()))
                : Optional.empty();
    }

    /** Whether a stored document of that scope is a mapping. */
    public static boolean isScope(String scope) {
        return scope.equals(DEFAULT) || (scope.startsWith(TEAM) && scope.length() > TEAM.length());
    }

    /** Reads a document's text, YAML or JSON. It never fails: what is wrong is told by {@link MappingSchema#check}. */
    public static MappingDocument read(String scope, String text) {
        Diagnostics mistakes = new Diagnostics();
        DocumentNode tree = DocumentReader.read(scope, text, LONGEST, mistakes)
                .orElseGet(() -> new DocumentNode.Empty(SourceLocation.in(scope)));
        return new MappingDocument(scope, tree, mistakes.list());
    }
}
