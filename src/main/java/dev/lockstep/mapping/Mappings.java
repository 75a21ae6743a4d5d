package dev.lockstep.mapping;

/** The mappings in force, at most a minute old. */
public interface Mappings {
    /** The mapping for a team's agents; for a team without its own, and for a blank name, the installation's. */
    Mapping forTeam(String team);
}
