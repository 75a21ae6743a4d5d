package dev.lockstep.sync;

import dev.lockstep.agent.AgentState;
import dev.lockstep.concurrent.ParallelRunner;
import dev.lockstep.failure.StackTrace;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jboss.logging.Logger;

/**
 * Makes the writes of a plan, all platforms in parallel and each in its own order, and settles what came of them. It
 * decides nothing: what is to be written is the plan's, what a failure means is {@link FailurePolicy}'s.
 */
final class PlanExecutor {
    private static final Logger LOG = Logger.getLogger(PlanExecutor.class);

    private final ParallelRunner parallel;
    private final FailurePolicy failures;
    private final InstantSource clock;
    private final SyncMeter meter;
    private final Throttling throttled;

    /** Is told which platform asked everybody who belongs with an agent to wait, and for how long. */
    interface Throttling {
        void by(String platform, String agentId, Duration wait);
    }

    PlanExecutor(
            ParallelRunner parallel,
            FailurePolicy failures,
            InstantSource clock,
            SyncMeter meter,
            Throttling throttled) {
        this.parallel = parallel;
        this.failures = failures;
        this.clock = clock;
        this.meter = meter;
        this.throttled = throttled;
    }

    /**
     * What came of a plan.
     *
     * @param state with every write settled
     * @param retryIn how long to wait before what did not work is tried again
     */
    record Executed(AgentState state, Optional<Duration> retryIn) {}

    /**
     * @param noted the state as it was stored, with every write of the plan noted as intended
     * @param time for all writes together
     * @param patience with a platform that does not show yet what a write depends on
     */
    Executed execute(
            SyncPlan plan, AgentState noted, SyncJournal.JournalEntry entry, Duration time, Patience patience) {
        List<Callable<Answer>> calls = plan.tasks().stream()
                .map(task -> (Callable<Answer>)
                        () -> writeSteps(task, noted.standing(task.platform().name()), patience.within(time)))
                .toList();
        List<Optional<Answer>> answers = parallel.runAll(calls, time);
        Executed sofar = new Executed(noted, Optional.empty());
        for (int i = 0; i < plan.tasks().size(); i++) {
            Answer answer = answers.get(i).orElseGet(() -> Answer.none(time));
            sofar = settle(plan, plan.tasks().get(i), answer, sofar, entry);
        }
        return sofar;
    }

    /** @param made how many steps the platform accepted before it failed */
    private record Answer(int made, Optional<PlatformException> failure, Duration took) {
        static Answer none(Duration deadline) {
            return new Answer(
                    0, Optional.of(new PlatformException.Unreachable("no answer within " + deadline)), deadline);
        }
    }

    private Answer writeSteps(SyncPlan.Task task, Standing standing, Patience patience) {
        Instant began = clock.instant();
        int made = 0;
        try {
            for (LedgerEntry step : task.plan().steps()) {
                perform(step, task, standing, patience);
                made++;
            }
            return new Answer(made, Optional.empty(), Duration.between(began, clock.instant()));
        } catch (PlatformException e) {
            return new Answer(made, Optional.of(e), Duration.between(began, clock.instant()));
        } catch (RuntimeException e) {
            // A fault of one adapter must not take what the others did with it.
            LOG.errorf(
                    "agent=%s %s failed: %s",
                    task.subject().agentId(), task.platform().name(), StackTrace.of(e));
            PlatformException failure = new PlatformException.Unreachable("failed unexpectedly", e);
            return new Answer(made, Optional.of(failure), Duration.between(began, clock.instant()));
        }
    }

    private static void perform(LedgerEntry step, SyncPlan.Task task, Standing standing, Patience patience) {
        while (true) {
            try {
                task.platform().perform(step, task.subject(), standing);
                return;
            } catch (PlatformException.NotYetShown lagging) {
                if (!Patience.isLeft(standing) || patience.isOver() || !patience.goesOn()) {
                    throw lagging;
                }
            }
        }
    }

    private Executed settle(
            SyncPlan plan, SyncPlan.Task task, Answer answer, Executed sofar, SyncJournal.JournalEntry entry) {
        String platform = task.platform().name();
        Standing standing = settled(plan, task, answer, sofar.state().standing(platform));
        answer.failure()
                .flatMap(FailurePolicy::waitForEverybody)
                .ifPresent(wait -> throttled.by(platform, task.subject().agentId(), wait));
        boolean isFailed = answer.failure().isPresent();
        String outcome = isFailed ? standing.condition().label() : "Done";
        meter.wrote(platform, outcome, answer.took());
        entry.answer(task, isFailed ? outcome + ": " + standing.progress().message() : "done");
        Optional<Duration> retryIn = isFailed ? untilRetry(standing) : Optional.empty();
        return new Executed(sofar.state().with(platform, standing), SyncPlan.sooner(sofar.retryIn(), retryIn));
    }

    private Optional<Duration> untilRetry(Standing standing) {
        return standing.progress().retryAt().map(at -> Duration.between(clock.instant(), at));
    }

    private Standing settled(SyncPlan plan, SyncPlan.Task task, Answer answer, Standing noted) {
        List<LedgerEntry> steps = task.plan().steps();
        Standing standing = noted;
        for (LedgerEntry step : steps.subList(0, answer.made())) {
            standing = standing.settling(step, LedgerEntry.Outcome.DONE);
        }
        if (answer.failure().isEmpty()) {
            return standing.in(task.plan().condition(), task.plan().message());
        }
        List<LedgerEntry> left = new ArrayList<>(steps.subList(answer.made(), steps.size()));
        PlatformException failure = answer.failure().get();
        if (FailurePolicy.mayHaveBeenMade(failure)) {
            standing = standing.settling(left.removeFirst(), LedgerEntry.Outcome.UNKNOWN);
        }
        return failures.failed(plan.withdrawn(task, left, standing), failure);
    }
}
