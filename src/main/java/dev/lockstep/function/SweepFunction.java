package dev.lockstep.function;

import dev.lockstep.dynamics.Snapshot;
import dev.lockstep.sync.Sweep;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;

/** Whoever is due, and whatever Dynamics' webhook did not tell. */
public class SweepFunction {
    @Inject
    Sweep sweep;

    @Inject
    Snapshot snapshot;

    @Funq("sweep")
    public Done run(Tick tick) {
        return new Done(sweep.run() + snapshot.take());
    }
}
