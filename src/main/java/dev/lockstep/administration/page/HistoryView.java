package dev.lockstep.administration.page;

import java.util.List;

/**
 * What was applied last.
 *
 * <p>Public with all its parts: templates see nothing else.
 */
public record HistoryView(List<Entry> entries) {
    public HistoryView {
        entries = List.copyOf(entries);
    }

    /**
     * @param by whose token or session asked for it, in words
     * @param more how many changes are not among those that are named
     */
    public record Entry(String at, String absolute, String by, List<String> changes, int more, List<Former> former) {}

    /** A mapping as it was before. */
    public record Former(String what, String href) {}
}
