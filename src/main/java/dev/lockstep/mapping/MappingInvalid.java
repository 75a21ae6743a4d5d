package dev.lockstep.mapping;

import dev.lockstep.document.Mistake;
import java.util.List;
import java.util.stream.Collectors;

/** A mapping document cannot be used; it carries every mistake that is in it. */
public final class MappingInvalid extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient List<Mistake> mistakes;

    public MappingInvalid(List<Mistake> mistakes) {
        super(mistakes.stream().map(Mistake::toString).collect(Collectors.joining("\n")));
        this.mistakes = List.copyOf(mistakes);
    }

    public List<Mistake> mistakes() {
        return mistakes;
    }
}
