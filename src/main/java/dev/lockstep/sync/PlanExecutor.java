package dev.lockstep.sync;

import dev.lockstep.agent.AgentState;
import dev.lockstep.concurrent.ParallelRunner;
import dev.lockstep.failure.StackTrace;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.platform.Standing;
import dev.lockstep.platform.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Makes the writes of a round: protect in parallel, release in order.
 *
 * <p>Before the platform that routes work lets work in again, our own covering writes are taken back and the covered
 * platform is read afresh: a call of its own that we covered is found there and not at the next poll.
 */
public final class PlanExecutor {
    private static final Logger LOG = Logger.getLogger(PlanExecutor.class);

    private final SyncPlanner understanding;
    private final ParallelRunner concurrency;
    private final SyncSettings rules;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final SyncMeter meter;
    private final BiConsumer<String, Duration> throttled;

    /** @param throttled is told which platform asked everybody to wait, and for how long */
    public PlanExecutor(
            SyncPlanner understanding,
            ParallelRunner concurrency,
            SyncSettings rules,
            InstantSource clock,
            RandomGenerator random,
            SyncMeter meter,
            BiConsumer<String, Duration> throttled) {
        this.throttled = throttled;
        this.understanding = understanding;
        this.concurrency = concurrency;
        this.rules = rules;
        this.clock = clock;
        this.random = random;
        this.meter = meter;
    }

    /** @param deferred how long to wait before what did not work is tried again */
    record Written(AgentState state, Optional<Duration> deferred) {}

    Written write(SyncPlan round, AgentState noted, SyncJournal.JournalEntry page) {
        List<SyncPlan.Task> releases =
                round.tasks().stream().filter(task -> task.plan().releases()).toList();
        List<ReadablePlatform> covering = understanding.covering(noted);
        if (releases.isEmpty() || covering.isEmpty()) {
            return perform(round, round.tasks(), noted, page);
        }
        List<SyncPlan.Task> first =
                round.tasks().stream().filter(task -> !task.plan().releases()).toList();
        Written taken = perform(round, first, noted, page);
        SyncPlanner.Folded told = readAfresh(covering, taken.state());
        if (!told.doubtful().isEmpty()) {
            return withhold(round, releases, told.state(), taken.deferred());
        }
        return release(round, releases, told.state(), taken.deferred(), page);
    }

    private SyncPlanner.Folded readAfresh(List<ReadablePlatform> covering, AgentState state) {
        List<Callable<List<Evidence>>> reads = covering.stream()
                .map(platform -> (Callable<List<Evidence>>) () -> read(platform, state))
                .toList();
        List<Evidence> news = concurrency.runAll(reads, rules.deadline()).stream()
                .flatMap(Optional::stream)
                .flatMap(List::stream)
                .toList();
        return understanding.fold(state, news, clock.instant());
    }

    /** A platform that does not answer keeps nobody waiting: then nothing is known, and the release goes on. */
    private List<Evidence> read(ReadablePlatform platform, AgentState state) {
        Subject subject = understanding.subject(platform, state).orElseThrow();
        try {
            Observation seen = platform.read(List.of(subject.externalId())).get(subject.externalId());
            return seen == null ? List.of() : List.of(new Evidence.Observed(seen));
        } catch (PlatformException e) {
            return List.of();
        }
    }

    /** What shows may be our own former write, or a call that it covered: nobody is let in until that is clear. */
    private Written withhold(
            SyncPlan round, List<SyncPlan.Task> releases, AgentState state, Optional<Duration> deferred) {
        AgentState next = state;
        Instant again = clock.instant().plus(rules.doubt());
        for (SyncPlan.Task task : releases) {
            Standing standing = dropped(round, task, task.plan().steps(), next)
                    .failing(Condition.PENDING, "waiting until no call is left on the other platforms", again);
            next = next.with(task.platform().name(), standing);
        }
        return new Written(next, sooner(deferred, Optional.of(rules.doubt())));
    }

    /** What was found may have changed what is wanted: only what is still planned is written. */
    private Written release(
            SyncPlan round,
            List<SyncPlan.Task> releases,
            AgentState state,
            Optional<Duration> deferred,
            SyncJournal.JournalEntry page) {
        SyncPlan now = understanding.of(state, List.of(), clock.instant());
        List<SyncPlan.Task> still = releases.stream()
                .filter(task -> isStillPlanned(round, task, state, now))
                .toList();
        AgentState next = state;
        for (SyncPlan.Task task : releases) {
            if (!still.contains(task)) {
                next = next.with(
                        task.platform().name(), dropped(round, task, task.plan().steps(), next));
            }
        }
        Written written = perform(round, still, next, page);
        return new Written(written.state(), sooner(deferred, written.deferred()));
    }

    private static boolean isStillPlanned(SyncPlan round, SyncPlan.Task task, AgentState state, SyncPlan now) {
        return now.tasks().stream()
                .filter(other -> other.platform().name().equals(task.platform().name()))
                .anyMatch(other -> values(other).equals(values(task)));
    }

    private static List<String> values(SyncPlan.Task task) {
        return task.plan().steps().stream().map(LedgerEntry::value).toList();
    }

    private Written perform(
            SyncPlan round, List<SyncPlan.Task> tasks, AgentState noted, SyncJournal.JournalEntry page) {
        List<Callable<Answer>> calls = tasks.stream()
                .map(task -> (Callable<Answer>)
                        () -> perform(task, noted.standing(task.platform().name())))
                .toList();
        List<Optional<Answer>> answers = concurrency.runAll(calls, rules.deadline());
        AgentState next = noted;
        Optional<Duration> deferred = Optional.empty();
        for (int i = 0; i < tasks.size(); i++) {
            SyncPlan.Task task = tasks.get(i);
            Answer answer = answers.get(i).orElseGet(() -> Answer.none(rules.deadline()));
            Standing standing = settled(round, task, answer, next);
            next = next.with(task.platform().name(), standing);
            deferred = sooner(deferred, answer.failure().flatMap(failure -> wait(standing)));
            answer.failure()
                    .flatMap(PlanExecutor::askedWait)
                    .ifPresent(wait -> throttled.accept(task.platform().name(), wait));
            String outcome = answer.failure().isPresent() ? standing.condition().label() : "Done";
            meter.wrote(task.platform().name(), outcome, answer.took());
            page.answer(
                    task,
                    answer.failure().isPresent()
                            ? outcome + ": " + standing.progress().message()
                            : "done");
        }
        return new Written(next, deferred);
    }

    private static Optional<Duration> askedWait(PlatformException failure) {
        return failure instanceof PlatformException.Throttled asked ? asked.retryAfter() : Optional.empty();
    }

    private Optional<Duration> wait(Standing standing) {
        return standing.progress().retryAt().map(at -> Duration.between(clock.instant(), at));
    }

    /** @param done how many steps the platform accepted before it failed */
    private record Answer(int done, Optional<PlatformException> failure, Duration took) {
        static Answer none(Duration deadline) {
            return new Answer(
                    0, Optional.of(new PlatformException.Unreachable("no answer within " + deadline)), deadline);
        }
    }

    private Answer perform(SyncPlan.Task task, Standing standing) {
        Instant began = clock.instant();
        int done = 0;
        try {
            for (LedgerEntry step : task.plan().steps()) {
                task.platform().perform(step, task.subject(), standing);
                done++;
            }
            return new Answer(done, Optional.empty(), Duration.between(began, clock.instant()));
        } catch (PlatformException e) {
            return new Answer(done, Optional.of(e), Duration.between(began, clock.instant()));
        } catch (RuntimeException e) {
            // A fault of one adapter must not take what the others did with it.
            LOG.errorf(
                    "agent=%s %s failed: %s",
                    task.subject().agentId(), task.platform().name(), StackTrace.of(e));
            PlatformException failure = new PlatformException.Unreachable("failed unexpectedly", e);
            return new Answer(done, Optional.of(failure), Duration.between(began, clock.instant()));
        }
    }

    private Standing settled(SyncPlan round, SyncPlan.Task task, Answer answer, AgentState state) {
        List<LedgerEntry> steps = task.plan().steps();
        Standing standing = state.standing(task.platform().name());
        for (LedgerEntry step : steps.subList(0, answer.done())) {
            standing = standing.settling(step, LedgerEntry.Outcome.DONE);
        }
        if (answer.failure().isEmpty()) {
            return standing.in(task.plan().condition(), task.plan().message());
        }
        List<LedgerEntry> left = new ArrayList<>(steps.subList(answer.done(), steps.size()));
        PlatformException failure = answer.failure().get();
        if (mayBeDone(failure)) {
            standing = standing.settling(left.removeFirst(), LedgerEntry.Outcome.UNKNOWN);
        }
        AgentState sofar = state.with(task.platform().name(), standing);
        return failed(dropped(round, task, left, sofar), failure);
    }

    private static boolean mayBeDone(PlatformException failure) {
        return switch (failure) {
            case PlatformException.Throttled throttled -> true;
            case PlatformException.Unreachable unreachable -> true;
            case PlatformException.NotSignedIn out -> false;
            case PlatformException.PermissionMissing missing -> false;
            case PlatformException.Rejected rejected -> false;
        };
    }

    private Standing failed(Standing standing, PlatformException failure) {
        Duration wait = backoff(standing.progress().attempts());
        return switch (failure) {
            case PlatformException.Throttled throttled ->
                standing.failing(
                        Condition.THROTTLED,
                        "the platform asked us to wait",
                        at(throttled.retryAfter().orElse(wait)));
            case PlatformException.NotSignedIn out ->
                standing.failing(
                        Condition.NOT_SIGNED_IN, "applied when the agent signs in", at(longer(wait, ONE_MINUTE)));
            case PlatformException.PermissionMissing missing ->
                standing.failing(Condition.PERMISSION_MISSING, missing.getMessage(), at(longer(wait, ONE_MINUTE)));
            case PlatformException.Rejected rejected ->
                standing.failing(Condition.UNMAPPED, rejected.getMessage(), at(longer(wait, ONE_MINUTE)));
            case PlatformException.Unreachable unreachable ->
                standing.failing(Condition.PENDING, "the platform does not answer; tried again", at(wait));
        };
    }

    private static final Duration ONE_MINUTE = Duration.ofMinutes(1);

    private Instant at(Duration wait) {
        return clock.instant().plus(wait);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** Doubles with every failure and is spread, so that agents who failed together do not come back together. */
    private Duration backoff(int attempts) {
        long base = rules.backoff().toMillis() << Math.min(attempts, 20);
        long limited = Math.min(base, rules.backoffLimit().toMillis());
        return Duration.ofMillis(limited / 2 + random.nextLong(limited / 2 + 1));
    }

    /** Writes that were noted and not made: what was held before is held still. */
    private static Standing dropped(SyncPlan round, SyncPlan.Task task, List<LedgerEntry> steps, AgentState state) {
        String platform = task.platform().name();
        Standing before = round.state().standing(platform);
        Standing next = state.standing(platform);
        for (LedgerEntry step : steps) {
            next = next.dropping(step, before.ledger().newestIn(step.slot()));
        }
        return next;
    }

    private static Optional<Duration> sooner(Optional<Duration> one, Optional<Duration> other) {
        return Stream.concat(one.stream(), other.stream()).min(Comparator.naturalOrder());
    }
}
