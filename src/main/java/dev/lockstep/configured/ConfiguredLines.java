package dev.lockstep.configured;

import java.util.Optional;

/** The configured lines of phone connections. */
public interface ConfiguredLines {
    /**
     * What tells a line from the connection's others, by any of its names.
     *
     * @param name as {@link LineName#of} writes it
     */
    Optional<String> keyOf(String connection, String name);
}
