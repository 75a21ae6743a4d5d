package dev.lockstep.document;

/**
 * Where something stands in a document.
 *
 * @param scope which document
 * @param line from 1; 0 where the document came without its text
 * @param column from 1; 0 likewise
 */
public record SourceLocation(String scope, int line, int column) {
    /** Somewhere in a document whose text is not known. */
    public static SourceLocation in(String scope) {
        return new SourceLocation(scope, 0, 0);
    }
}
