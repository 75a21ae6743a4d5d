package dev.lockstep.local.dynamics.table;

import java.util.List;

/** A value of a multi-select choice column. */
public record SelectedChoices(List<Choice> selected) {
    public SelectedChoices {
        selected = List.copyOf(selected);
    }
}
