package dev.lockstep.sync;

import dev.lockstep.agent.AgentState;
import dev.lockstep.concurrent.ParallelRunner;
import dev.lockstep.concurrent.Sleeper;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.ReadMeter;
import dev.lockstep.settings.InstallationSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/**
 * One turn of a visit: protect in parallel, release in order.
 *
 * <p>Becoming more restrictive is written everywhere at once. Before the platform that routes work lets work in again,
 * our own covering writes are taken back, the covered platforms are read afresh and everything is planned anew: a call
 * of theirs that we covered is found there and not at the next poll. Reads lag behind our own write: what proves nothing
 * is read again and again while there is time.
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
    private final SyncSettings rules;
    private final InstantSource clock;
    private final Sleeper pause;

    SyncTurn(
            SyncPlanner planner,
            PlanExecutor executor,
            ParallelRunner parallel,
            ReadMeter meter,
            InstallationSettings settings,
            SyncSettings rules,
            InstantSource clock,
            Sleeper pause) {
        this.planner = planner;
        this.executor = executor;
        this.parallel = parallel;
        this.meter = meter;
        this.settings = settings;
        this.rules = rules;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * One platform that hangs must leave time for the others: protecting may take half of what is left, and reading half of
     * the rest.
     *
     * @param noted the state as it was stored, with every write of the plan noted as intended
     * @param until when whoever sent the evidence must have an answer
     * @param isRetry whether the queue brought this: then nobody wants an answer
     * @param hasNews whether more was told of the agent since: nobody waits for a release then
     */
    PlanExecutor.Executed run(
            SyncPlan plan,
            AgentState noted,
            SyncJournal.JournalEntry entry,
            Instant until,
            boolean isRetry,
            BooleanSupplier hasNews) {
        Patience patience =
                new Patience(until.minus(settings.deadline().dividedBy(3)), rules.reread(), clock, pause, hasNews);
        Patience withWrites = isRetry ? patience : patience.leftToTheQueue();
        List<SyncPlanner.Covered> covered = planner.covered(noted);
        if (!plan.releases() || covered.isEmpty()) {
            return executor.execute(plan, noted, entry, left(until), withWrites);
        }
        PlanExecutor.Executed protection = executor.execute(
                plan.only(SyncPlan.Task::isProtection),
                noted,
                entry,
                left(until).dividedBy(2),
                withWrites);
        SyncPlanner.Release release = release(plan, protection.state(), covered, until, patience);
        PlanExecutor.Executed released =
                executor.execute(release.plan(), release.noted(), entry, left(until), withWrites);
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

    /** Of each platform the newest answer counts: one that is silent after a doubtful answer is in doubt still. */
    private SyncPlanner.Release release(
            SyncPlan plan, AgentState state, List<SyncPlanner.Covered> covered, Instant until, Patience patience) {
        boolean isPatient = plan.tasks().stream()
                .filter(SyncPlan.Task::isRelease)
                .allMatch(task -> Patience.isLeft(state.standing(task.platform().name())));
        Map<String, Evidence> seen = new HashMap<>();
        while (true) {
            seen.putAll(observe(covered, left(until).dividedBy(2)));
            List<Evidence> known = List.copyOf(seen.values());
            Optional<SyncPlanner.Release> release = planner.planRelease(plan, state, known, clock.instant());
            if (release.isPresent()) {
                return release.get();
            }
            // No turn begins any more by then: the queue goes on.
            if (isPatient && patience.isOver()) {
                return planner.withhold(plan, state, known, Duration.ZERO, clock.instant());
            }
            if (!isPatient || !patience.goesOn()) {
                return planner.withhold(plan, state, known, rules.doubt(), clock.instant());
            }
        }
    }

    private Map<String, Evidence> observe(List<SyncPlanner.Covered> covered, Duration patience) {
        List<Callable<Optional<Evidence.Observed>>> reads = covered.stream()
                .map(one -> (Callable<Optional<Evidence.Observed>>) () -> observe(one))
                .toList();
        Map<String, Evidence> seen = new HashMap<>();
        parallel.runAll(reads, patience).stream()
                .flatMap(Optional::stream)
                .flatMap(Optional::stream)
                .forEach(one -> seen.put(one.observation().platform(), one));
        return seen;
    }

    /** A platform that does not answer keeps nobody waiting: then nothing is known, and the release goes on. */
    private Optional<Evidence.Observed> observe(SyncPlanner.Covered covered) {
        String id = covered.subject().externalId();
        try {
            Map<String, Observation> shown = meter.counting(
                    covered.platform().name(), () -> covered.platform().read(List.of(id)));
            return Optional.ofNullable(shown.get(id)).map(seen -> new Evidence.Observed(Optional.of(id), seen));
        } catch (PlatformException e) {
            return Optional.empty();
        }
    }
}
