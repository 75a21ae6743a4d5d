package dev.lockstep.document;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** Gathers mistakes, each once, so that all of them can be told together. For one reading, by one thread. */
public final class Diagnostics {
    /** A document that is wrong from end to end is not told about line by line. */
    private static final int MOST = 500;

    private final SequencedSet<Diagnostic> all = new LinkedHashSet<>();

    public void add(SourceLocation place, String path, String message) {
        add(new Diagnostic(place, path, message));
    }

    public void add(Diagnostic mistake) {
        if (all.size() < MOST) {
            all.add(mistake);
        }
    }

    public void addAll(Collection<Diagnostic> mistakes) {
        mistakes.forEach(this::add);
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** In the order in which they were found. */
    public List<Diagnostic> list() {
        return List.copyOf(all);
    }
}
