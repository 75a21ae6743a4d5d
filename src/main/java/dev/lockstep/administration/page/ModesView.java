package dev.lockstep.administration.page;

import java.util.List;

/**
 * Where something is held back, and a form to do so.
 *
 * <p>Public with all its parts: templates see nothing else.
 *
 * @param kinds what a mode can be for
 * @param lasting for how long
 */
public record ModesView(
        List<Row> rows,
        List<Choice> kinds,
        List<Choice> lasting,
        String kind,
        String name,
        String mode,
        String reason,
        String lasts,
        Outcome outcome) {
    public ModesView {
        rows = List.copyOf(rows);
        kinds = List.copyOf(kinds);
        lasting = List.copyOf(lasting);
    }

    /**
     * One that is stored.
     *
     * @param mode what holds, in words
     * @param until blank if it holds until somebody ends it
     */
    public record Row(String key, String where, String mode, String by, String at, String reason, String until) {}

    /** Something to choose. */
    public record Choice(String value, String text) {}
}
