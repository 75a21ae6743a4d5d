package dev.lockstep.teams.graph;

/** Counts whom a read of Teams left out. */
public interface RefusalMeter {
    /** @param ids that were left out of a list, because Graph refuses them */
    void leftOut(int ids);
}
