package dev.lockstep.local.dynamics.table;

import java.util.List;

/** A value of a multi-select choice column. */
public record Choices(List<Choice> selected) {
    public Choices {
        selected = List.copyOf(selected);
    }
}
