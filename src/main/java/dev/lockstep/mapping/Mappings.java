package dev.lockstep.mapping;

import java.time.Duration;
import java.util.Set;

/** The mappings in force, at most a minute old. */
public interface Mappings {
    /** After a change, the last decision by the mapping from before has been made and written by then. */
    Duration KNOWN_TO_ALL = Duration.ofSeconds(90);

    /** The mapping for a team's agents; for a team without its own, and for a blank name, the installation's. */
    Mapping forTeam(String team);

    /** The teams that have a mapping of their own, as it is stored at present; where none is stored, nobody. */
    default Set<String> teams() {
        return Set.of();
    }
}
