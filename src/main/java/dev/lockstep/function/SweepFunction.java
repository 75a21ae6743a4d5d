package dev.lockstep.function;

import dev.lockstep.agent.Pulse;
import dev.lockstep.concurrent.Countdown;
import dev.lockstep.concurrent.ParallelRunner;
import dev.lockstep.dynamics.DynamicsPoll;
import dev.lockstep.intake.RollCall;
import dev.lockstep.intake.RollUpkeep;
import dev.lockstep.sync.Sweep;
import dev.lockstep.sync.SyncHealth;
import dev.lockstep.sync.queue.BulkLane;
import dev.lockstep.sync.queue.BulkProgress;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Counts how everybody stands and how far bulk work is, visits whoever is due, and reads whatever Dynamics' webhook did
 * not tell: each apart, with one clock for all of them.
 *
 * <p>The count comes first and is published at once. It is what alarms look at, and least of all may be missing when
 * something hangs.
 */
@Invocation
public class SweepFunction {
    private static final Logger LOG = Logger.getLogger(SweepFunction.class);

    /** Of the minute that the function has. */
    Duration limit = Duration.ofSeconds(50);

    /** A part that keeps to its time must have told what it left before it is given up. */
    Duration grace = Duration.ofSeconds(2);

    @Inject
    Sweep sweep;

    @Inject
    DynamicsPoll snapshot;

    @Inject
    RollCall roll;

    @Inject
    RollUpkeep upkeep;

    @Inject
    SyncHealth census;

    @Inject
    BulkLane lane;

    @Inject
    Metrics metrics;

    @Inject
    ParallelRunner threads;

    @Inject
    InstantSource clock;

    /** @throws RuntimeException what a part failed with, or that it did not end, once all of them had their turn */
    @Funq("sweep")
    public ScheduleResult run(ScheduleEvent tick) {
        Countdown time = Countdown.of(clock, limit);
        RunParts parts = new RunParts("sweep", threads, grace);
        parts.run("the census", time.half(), part -> count());
        metrics.publish();
        AtomicReference<List<Pulse>> everybody = new AtomicReference<>(List.of());
        parts.run("the roll call", time.half(), part -> call(everybody));
        int agents = parts.run("who is due", time.half(), part -> sweep.run(everybody.get(), part));
        agents += parts.run("Dynamics' rows", time, part -> snapshot.poll(everybody.get(), part));
        parts.run("who is listed", time, upkeep::run);
        parts.end();
        return new ScheduleResult(agents);
    }

    /** Once for all parts. */
    private int call(AtomicReference<List<Pulse>> everybody) {
        everybody.set(roll.everybody());
        return 0;
    }

    private int count() {
        metrics.counted(census.count());
        Optional<BulkProgress> bulk = lane.progress();
        bulk.ifPresent(progress -> LOG.infof(
                "bulk lane: %d of %d agents had their turn, the last one's is at %s",
                progress.done(), progress.all(), progress.end()));
        metrics.waiting(bulk.map(BulkProgress::waiting).orElse(0L));
        return 0;
    }
}
