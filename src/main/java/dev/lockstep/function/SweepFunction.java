package dev.lockstep.function;

import dev.lockstep.agent.Pulse;
import dev.lockstep.concurrent.Countdown;
import dev.lockstep.concurrent.ParallelRunner;
import dev.lockstep.dynamics.DynamicsPoll;
import dev.lockstep.intake.RollCall;
import dev.lockstep.intake.RollUpkeep;
import dev.lockstep.shift.ShiftPoll;
import dev.lockstep.sync.MappingChanges;
import dev.lockstep.sync.ModeChanges;
import dev.lockstep.sync.Sweep;
import dev.lockstep.sync.SyncHealth;
import dev.lockstep.sync.queue.BulkLane;
import dev.lockstep.sync.queue.BulkProgress;
import dev.lockstep.teams.TeamsPoll;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jboss.logging.Logger;

/**
 * Counts how everybody stands and how far bulk work is, visits whoever is due, and reads whatever Dynamics' webhook did
 * not tell: each apart, with one clock for all of them.
 *
 * <p>The count comes first and is published at once. It is what alarms look at, and least of all may be missing when
 * something hangs.
 *
 * <p>What passes over everybody each minute does so in one pass: where its event says for how many seconds, the run reads
 * the schedules and watches Teams as well, with the pulses that it has read anyway, each side by side with the rest.
 */
@Invocation
public class SweepFunction {
    private static final Logger LOG = Logger.getLogger(SweepFunction.class);

    /** Of the minute that the function has. */
    Duration limit = Duration.ofSeconds(50);

    /** The last poll of Teams may begin just before the watch's end. */
    Duration lastRound = Duration.ofSeconds(20);

    /** A part that keeps to its time must have told what it left before it is given up. */
    Duration grace = Duration.ofSeconds(2);

    @Inject
    Sweep sweep;

    @Inject
    DynamicsPoll snapshot;

    @Inject
    ShiftPoll shifts;

    @Inject
    TeamsPoll teams;

    @Inject
    TeamsWatch watch;

    @Inject
    ModeChanges modes;

    @Inject
    MappingChanges mappings;

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
        Duration watched = Duration.ofSeconds(tick.secondsOr(0));
        Instant end = clock.instant().plus(watched);
        Countdown time = Countdown.of(clock, limit);
        RunParts parts = new RunParts("sweep", threads, grace);
        parts.run("the census", time.half(), part -> count());
        metrics.publish();
        parts.run("whom a mode held back", time.half(), modes::run);
        parts.run("whom a change of the mapping missed", time.half(), mappings::run);
        List<Pulse> everybody = parts.read("the roll call", time.half(), part -> roll.everybody())
                .orElse(List.of());
        List<Callable<Integer>> sides = new ArrayList<>();
        sides.add(() -> sweep(parts, everybody, time));
        if (watched.isPositive()) {
            Countdown watching =
                    Countdown.of(clock, Duration.between(clock.instant(), end).plus(lastRound));
            sides.add(() -> parts.run("the schedules", time, part -> shifts.run(everybody, part)));
            sides.add(() -> parts.run("the watch of Teams", watching, part -> watch(everybody, end)));
        }
        // Each part has its own time; this only has to be more than all of theirs.
        int agents = threads.runAll(sides, limit.plus(watched).plus(lastRound).plus(grace.multipliedBy(4))).stream()
                .mapToInt(side -> side.orElse(0))
                .sum();
        parts.end();
        return new ScheduleResult(agents);
    }

    private int watch(List<Pulse> everybody, Instant end) {
        try {
            return watch.until(end, teams.watched(everybody));
        } catch (InterruptedException givenUp) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private int sweep(RunParts parts, List<Pulse> everybody, Countdown time) {
        int agents = parts.run("who is due", time.half(), part -> sweep.run(everybody, part));
        agents += parts.run("Dynamics' rows", time, part -> snapshot.poll(everybody, part));
        parts.run("who is listed", time, upkeep::run);
        return agents;
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
