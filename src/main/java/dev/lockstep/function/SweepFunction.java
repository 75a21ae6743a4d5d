package dev.lockstep.function;

import dev.lockstep.dynamics.Snapshot;
import dev.lockstep.sync.Census;
import dev.lockstep.sync.Sweep;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;

/** Whoever is due, and whatever Dynamics' webhook did not tell. */
public class SweepFunction {
    @Inject
    Sweep sweep;

    @Inject
    Snapshot snapshot;

    @Inject
    Census census;

    @Inject
    Metrics metrics;

    @Funq("sweep")
    public Done run(Tick tick) {
        Done done = new Done(sweep.run() + snapshot.take());
        metrics.counted(census.take());
        return done;
    }
}
