package dev.lockstep.configured;

import java.util.List;

/** The configured lines of phone connections. */
public interface ConfiguredLines {
    /**
     * Under which keys what a line tells stands, by any of its names: what is new under the first, what ends under all.
     *
     * @param name as {@link LineName#of} writes it
     * @return the name itself if no line has it
     */
    List<String> keysOf(String connection, String name);
}
