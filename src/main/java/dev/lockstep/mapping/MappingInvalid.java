package dev.lockstep.mapping;

import dev.lockstep.document.Diagnostic;
import java.util.List;
import java.util.stream.Collectors;

/** A mapping document cannot be used; it carries every mistake that is in it. */
public final class MappingInvalid extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient List<Diagnostic> mistakes;

    public MappingInvalid(List<Diagnostic> mistakes) {
        super(mistakes.stream().map(Diagnostic::toString).collect(Collectors.joining("\n")));
        this.mistakes = List.copyOf(mistakes);
    }

    public List<Diagnostic> mistakes() {
        return mistakes;
    }
}
