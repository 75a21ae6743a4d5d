package dev.lockstep.configured;

import java.util.List;
import java.util.Optional;

/** The configured connections, at most a minute old. */
public interface Connections {
    Optional<Connection> named(String name);

    List<Connection> all();
}
