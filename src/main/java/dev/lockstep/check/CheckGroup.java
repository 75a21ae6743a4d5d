package dev.lockstep.check;

import java.util.List;

/** The checks of one part of the installation; each adapter knows its own. */
@FunctionalInterface
public interface CheckGroup {
    List<Check> checks();
}
