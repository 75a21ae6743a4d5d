package dev.lockstep.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * One thing that is wrong in a document.
 *
 * @param scope which document: {@code request}, {@code document}, {@code default}, {@code team#priority} …
 * @param line from 1; 0 where the document came without its text
 * @param column from 1; 0 likewise
 * @param path the keys that lead to it, such as {@code teams.write.busy.expires}; blank for the whole document
 * @param message what is wrong and what to do
 */
@RegisterForReflection
public record Diagnostic(
        String scope,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int line,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int column,
        String path,
        String message) {
    public Diagnostic(SourceLocation place, String path, String message) {
        this(place.scope(), place.line(), place.column(), path, message);
    }

    /** In one line, for people: {@code team#priority, line 3, column 5, dynamics.read.Busy: …}. */
    @Override
    public String toString() {
        String where = line == 0 ? "" : ", line " + line + ", column " + column;
        return scope + where + (path.isBlank() ? "" : ", " + path) + ": " + message;
    }
}
