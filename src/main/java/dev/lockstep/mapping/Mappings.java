package dev.lockstep.mapping;

import java.util.Set;

/** The mappings in force, at most a minute old. */
public interface Mappings {
    /** The mapping for a team's agents; for a team without its own, and for a blank name, the installation's. */
    Mapping forTeam(String team);

    /** The teams that have a mapping of their own, as it is stored at present; where none is stored, nobody. */
    default Set<String> teams() {
        return Set.of();
    }
}
