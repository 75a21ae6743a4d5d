package dev.lockstep.sync;

import dev.lockstep.agent.AgentState;
import dev.lockstep.concurrent.ParallelRunner;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.ReadMeter;
import dev.lockstep.settings.InstallationSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * One turn of a visit: protect in parallel, release in order.
 *
 * <p>Becoming more restrictive is written everywhere at once. Before the platform that routes work lets work in again,
 * our own covering writes are taken back, the covered platforms are read afresh and everything is planned anew: a call
 * of theirs that we covered is found there and not at the next poll.
 *
 * <p>Whatever a turn may write was noted with its plan before it began, so between protecting and releasing nothing
 * need be stored: a release after a call costs the store no more than any other change.
 */
final class SyncTurn {
    private final SyncPlanner planner;
    private final PlanExecutor executor;
    private final ParallelRunner parallel;
    private final ReadMeter meter;
    private final InstallationSettings settings;
    private final InstantSource clock;

    SyncTurn(
            SyncPlanner planner,
            PlanExecutor executor,
            ParallelRunner parallel,
            ReadMeter meter,
            InstallationSettings settings,
            InstantSource clock) {
        this.planner = planner;
        this.executor = executor;
        this.parallel = parallel;
        this.meter = meter;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * One platform that hangs must leave time for the others: protecting may take half of what is left, and reading half of
     * the rest.
     *
     * @param noted the state as it was stored, with every write of the plan noted as intended
     * @param until when whoever sent the evidence must have an answer
     */
    PlanExecutor.Executed run(SyncPlan plan, AgentState noted, SyncJournal.JournalEntry entry, Instant until) {
        List<SyncPlanner.Covered> covered = planner.covered(noted);
        if (!plan.releases() || covered.isEmpty()) {
            return executor.execute(plan, noted, entry, left(until));
        }
        PlanExecutor.Executed protection = executor.execute(
                plan.only(SyncPlan.Task::isProtection),
                noted,
                entry,
                left(until).dividedBy(2));
        List<Evidence> seen = observe(covered, left(until).dividedBy(2));
        SyncPlanner.Release release = planner.planRelease(plan, protection.state(), seen, clock.instant());
        PlanExecutor.Executed released = executor.execute(release.plan(), release.noted(), entry, left(until));
        Optional<Duration> retryIn = SyncPlan.sooner(release.retryIn(), released.retryIn());
        return new PlanExecutor.Executed(released.state(), SyncPlan.sooner(protection.retryIn(), retryIn));
    }

    /** For all that a visit calls platforms for. */
    Duration deadline() {
        return settings.deadline();
    }

    private Duration left(Instant until) {
        Duration left = Duration.between(clock.instant(), until);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private List<Evidence> observe(List<SyncPlanner.Covered> covered, Duration patience) {
        List<Callable<List<Evidence>>> reads = covered.stream()
                .map(one -> (Callable<List<Evidence>>) () -> observe(one))
                .toList();
        return parallel.runAll(reads, patience).stream()
                .flatMap(Optional::stream)
                .flatMap(List::stream)
                .toList();
    }

    /** A platform that does not answer keeps nobody waiting: then nothing is known, and the release goes on. */
    private List<Evidence> observe(SyncPlanner.Covered covered) {
        String id = covered.subject().externalId();
        try {
            Observation seen = meter.counting(
                            covered.platform().name(), () -> covered.platform().read(List.of(id)))
                    .get(id);
            return seen == null ? List.of() : List.of(new Evidence.Observed(seen));
        } catch (PlatformException e) {
            return List.of();
        }
    }
}
