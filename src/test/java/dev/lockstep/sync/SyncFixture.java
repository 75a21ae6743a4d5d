package dev.lockstep.sync;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.concurrent.ParallelRunner;
import dev.lockstep.intake.CorrelationIds;
import dev.lockstep.intake.IntakeOutcome;
import dev.lockstep.intake.Trigger;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.CallState;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.store.InMemoryAgentStore;
import dev.lockstep.store.InMemoryTimeline;
import dev.lockstep.store.StoreFaults;
import dev.lockstep.sync.queue.RetryMessage;
import dev.lockstep.sync.queue.RetryQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** The synchroniser with everything around it in memory: two platforms, one of which routes work. */
final class SyncFixture implements StoreFaults, SyncMeter, RetryQueue, ParallelRunner, SyncSettings, InstantSource {
    static final Source DESK = Source.phone("desk");
    static final String RITA = "rita";

    /** A process that ends here. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    private Instant now = Instant.parse("2026-11-23T09:00:00Z");
    final List<String> diary = new ArrayList<>();
    final List<String> storeCalls = new ArrayList<>();
    final List<Duration> queued = new ArrayList<>();
    final List<String> told = new ArrayList<>();
    final List<String> paused = new ArrayList<>();
    final List<IntakeOutcome> outcomes = new ArrayList<>();
    final List<String> correlationIds = new ArrayList<>();
    Consumer<String> steps = step -> {};
    WriteModes.Mode mode = WriteModes.Mode.ON;

    /** How many tasks of a round, its last ones, do not end in time. */
    int unanswered;

    final InMemoryAgentStore store = new InMemoryAgentStore(this);
    final InMemoryTimeline timeline = new InMemoryTimeline(Duration.ofDays(30), this, this);
    final InMemoryPlatform dynamics = new InMemoryPlatform("dynamics", true, diary, step -> steps.accept(step));
    final InMemoryPlatform teams = new InMemoryPlatform("teams", false, diary, step -> steps.accept(step));
    final SyncPlanner planner = new SyncPlanner(
            () -> List.of(dynamics, teams),
            team -> GivenPlatforms.shippedMapping(),
            Duration.ofHours(4),
            (subject, platform) -> mode,
            this);
    final Synchronizer synchronizer = new Synchronizer(
            store,
            planner,
            new SyncTurn(
                    planner,
                    new PlanExecutor(
                            this,
                            new FailurePolicy(this, this, new Random(1)),
                            this,
                            this,
                            this,
                            (platform, wait) -> paused.add(platform + " " + wait)),
                    this,
                    this,
                    this),
            new SyncJournal(timeline, this),
            this,
            this,
            this,
            new LeaseTokens(new Random(2)),
            this);
    final Sweep sweep = new Sweep(store, synchronizer, new CorrelationIds(new Random(3)), this, this);

    SyncFixture() {
        hire(RITA);
        take(new Signal.SignedIn(Source.DYNAMICS, SourceTime.at(now), true));
        forget();
    }

    void hire(String agentId) {
        try {
            Map<String, String> ids = Map.of("dynamics", "d-" + agentId, "teams", "t-" + agentId);
            store.save(AgentState.of(agentId, new Profile(agentId, "", ids)));
        } catch (dev.lockstep.store.AgentStore.Conflict e) {
            throw new IllegalStateException(e);
        }
    }

    void forget() {
        diary.clear();
        storeCalls.clear();
        queued.clear();
        told.clear();
        outcomes.clear();
        correlationIds.clear();
    }

    IntakeOutcome take(Signal... signals) {
        advance(Duration.ofSeconds(1));
        return synchronizer.accept(
                RITA,
                List.of(signals).stream().<Evidence>map(Evidence.Reported::new).toList(),
                trigger("test"));
    }

    /** With a correlation id that tells which one it was. */
    static Trigger trigger(String name) {
        return new Trigger(name, "of " + name);
    }

    Signal call(String id, CallState state) {
        return new Signal.Call(DESK, SourceTime.at(now), "1042", id, state, false);
    }

    AgentState rita() {
        return store.load(RITA).orElseThrow();
    }

    Standing standing(String platform) {
        return rita().standing(platform);
    }

    void advance(Duration step) {
        now = now.plus(step);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public void before(String call) {
        steps.accept(call + " before");
        storeCalls.add(call);
    }

    @Override
    public void after(String call) {
        steps.accept(call + " after");
    }

    @Override
    public void wrote(String platform, String outcome, Duration took) {
        told.add(platform + " " + outcome);
    }

    @Override
    public void handled(IntakeOutcome outcome) {
        outcomes.add(outcome);
    }

    @Override
    public void settled(String trigger, Duration took) {
        told.add(trigger + " settled in " + took);
    }

    @Override
    public void loopSuspected(String platform) {
        told.add(platform + " loop");
    }

    @Override
    public void retry(RetryMessage message, Duration delay) {
        queued.add(delay);
        message.correlationId().ifPresent(correlationIds::add);
    }

    @Override
    public void enqueueBulk(Collection<String> agentIds, String correlationId) {
        agentIds.forEach(agentId -> queued.add(Duration.ZERO));
        correlationIds.add(correlationId);
    }

    @Override
    public <T> List<Optional<T>> runAll(List<Callable<T>> tasks, Duration deadline) {
        List<Optional<T>> results = new ArrayList<>();
        for (Callable<T> task : tasks) {
            if (results.size() >= tasks.size() - unanswered) {
                results.add(Optional.empty());
                continue;
            }
            try {
                results.add(Optional.of(task.call()));
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        return results;
    }

    @Override
    public Duration deadline() {
        return Duration.ofSeconds(2);
    }

    @Override
    public Duration lease() {
        return Duration.ofSeconds(15);
    }

    @Override
    public Duration backoff() {
        return Duration.ofSeconds(1);
    }

    @Override
    public Duration backoffLimit() {
        return Duration.ofMinutes(5);
    }

    @Override
    public Duration doubt() {
        return Duration.ofSeconds(2);
    }

    @Override
    public Duration breakerWindow() {
        return Duration.ofMinutes(10);
    }

    @Override
    public int breakerLimit() {
        return 4;
    }
}
