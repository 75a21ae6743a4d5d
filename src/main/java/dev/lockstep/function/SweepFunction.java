package dev.lockstep.function;

import dev.lockstep.dynamics.DynamicsPoll;
import dev.lockstep.sync.Sweep;
import dev.lockstep.sync.SyncHealth;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;

/** Whoever is due, and whatever Dynamics' webhook did not tell. */
@Invocation
public class SweepFunction {
    @Inject
    Sweep sweep;

    @Inject
    DynamicsPoll snapshot;

    @Inject
    SyncHealth census;

    @Inject
    Metrics metrics;

    @Funq("sweep")
    public ScheduleResult run(ScheduleEvent tick) {
        ScheduleResult done = new ScheduleResult(sweep.run() + snapshot.poll());
        metrics.counted(census.count());
        return done;
    }
}
