package dev.lockstep.intake;

/** Counts what a run over many agents left undone. */
public interface CrewMeter {
    /**
     * @param run that ended
     * @param late how many agents it did not get done in its time
     * @param failed for how many something went wrong
     */
    void worked(String run, int late, int failed);
}
