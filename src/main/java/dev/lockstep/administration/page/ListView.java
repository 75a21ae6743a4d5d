package dev.lockstep.administration.page;

import java.util.List;

/**
 * A list with its forms.
 *
 * <p>Public with all its parts: templates see nothing else.
 *
 * @param found how many fit what is sought; not all of them need be shown
 * @param all how many there are
 * @param inputs what is typed of one entry
 * @param known as what a line was told of that somebody is being given; blank where nobody is
 * @param text what is typed as CSV
 * @param waiting what somebody should be given
 */
public record ListView(
        String part,
        String title,
        List<String> columns,
        List<Row> rows,
        int found,
        int all,
        String sought,
        List<Input> inputs,
        String known,
        String text,
        List<Waiting> waiting,
        Outcome outcome) {
    public ListView {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        inputs = List.copyOf(inputs);
        waiting = List.copyOf(waiting);
    }

    public String header() {
        return String.join(",", columns);
    }

    /** @param href where it can be changed */
    public record Row(List<String> cells, String href) {}

    /** A field of the form. */
    public record Input(String name, String value) {}

    /** A line that was told of and nobody has. */
    public record Waiting(String connection, String name, long count, String last, String href) {}
}
