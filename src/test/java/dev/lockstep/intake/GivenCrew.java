package dev.lockstep.intake;

import dev.lockstep.Defaults;
import dev.lockstep.concurrent.ParallelRunner;
import dev.lockstep.concurrent.SequentialRunner;

/** Those who work for many agents, in tests. */
public final class GivenCrew {
    private GivenCrew() {}

    /** One agent after the other. */
    public static Crew alone() {
        return with(new SequentialRunner());
    }

    public static Crew with(ParallelRunner threads) {
        return new Crew(threads, Defaults.of(CrewSettings.class), (run, late, failed) -> {});
    }
}
