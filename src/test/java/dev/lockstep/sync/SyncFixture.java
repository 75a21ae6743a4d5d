package dev.lockstep.sync;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.concurrent.Countdown;
import dev.lockstep.concurrent.SequentialRunner;
import dev.lockstep.concurrent.SettableClock;
import dev.lockstep.intake.BulkIntake;
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
import dev.lockstep.store.InMemoryControl;
import dev.lockstep.store.InMemoryTimeline;
import dev.lockstep.store.StoreFaults;
import dev.lockstep.sync.queue.BulkLane;
import dev.lockstep.sync.queue.RetryMessage;
import dev.lockstep.sync.queue.RetryQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The synchroniser with everything around it in memory: two platforms, one of which routes work. */
final class SyncFixture {
    static final Source DESK = Source.phone("desk");
    static final String RITA = "rita";

    /** A process that ends here. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    final List<String> diary = new ArrayList<>();
    final List<String> storeCalls = new ArrayList<>();
    final List<Duration> queued = new ArrayList<>();
    final List<Duration> waits = new ArrayList<>();
    final List<RetryMessage> inTurn = new ArrayList<>();
    boolean takes = true;
    final List<String> told = new ArrayList<>();
    final List<String> reads = new ArrayList<>();
    final List<String> converged = new ArrayList<>();
    final List<IntakeOutcome> outcomes = new ArrayList<>();
    final List<String> correlationIds = new ArrayList<>();
    Consumer<String> steps = step -> {};
    WriteModes.Mode mode = WriteModes.Mode.ON;
    final SequentialRunner runner = new SequentialRunner();

    private final StoreFaults everyCall = new EveryCall();
    final InMemoryAgentStore store = new InMemoryAgentStore(everyCall);
    final InMemoryTimeline timeline = new InMemoryTimeline(Duration.ofDays(30), clock, everyCall);
    final InMemoryPlatform dynamics = new InMemoryPlatform("dynamics", true, diary, step -> steps.accept(step));
    final InMemoryPlatform teams = new InMemoryPlatform("teams", false, diary, step -> steps.accept(step));
    final BulkLane lane = new BulkLane(GivenPlatforms.CATALOGUE, new InMemoryControl(clock), clock);
    private final SyncHarness harness = SyncHarness.over(store, timeline, List.of(dynamics, teams), clock)
            .modes((subject, platform) -> mode)
            .runner(runner)
            .queue(new Queued())
            .lane(lane)
            .pause(wait -> {
                waits.add(wait);
                clock.advance(wait);
            })
            .meter(new Told())
            .build();
    final Synchronizer synchronizer = harness.synchronizer();

    SyncFixture() {
        hire(RITA);
        take(new Signal.SignedIn(Source.DYNAMICS, SourceTime.at(instant()), true));
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

    int sweep() {
        return harness.sweep(Countdown.of(clock, Duration.ofSeconds(25)));
    }

    void forget() {
        diary.clear();
        storeCalls.clear();
        queued.clear();
        told.clear();
        outcomes.clear();
        correlationIds.clear();
    }

    /** As one of many. */
    IntakeOutcome enqueue(String agentId, List<Evidence> evidence, Trigger trigger) {
        try (BulkIntake bulk = synchronizer.inBulk(1, trigger)) {
            return bulk.enqueue(agentId, evidence);
        }
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
        return new Signal.Call(DESK, SourceTime.at(instant()), "1042", id, state, false);
    }

    AgentState rita() {
        return store.load(RITA).orElseThrow();
    }

    Standing standing(String platform) {
        return rita().standing(platform);
    }

    void advance(Duration step) {
        clock.advance(step);
    }

    Instant instant() {
        return clock.instant();
    }

    private final class EveryCall implements StoreFaults {
        @Override
        public void before(String call) {
            steps.accept(call + " before");
            storeCalls.add(call);
        }

        @Override
        public void after(String call) {
            steps.accept(call + " after");
        }
    }

    private final class Told implements SyncMeter {
        @Override
        public void wrote(String platform, String outcome, Duration took) {
            told.add(platform + " " + outcome);
        }

        @Override
        public void read(String platform, String outcome) {
            reads.add(platform + " " + outcome);
        }

        @Override
        public void handled(IntakeOutcome outcome) {
            outcomes.add(outcome);
        }

        @Override
        public void decided(String trigger) {
            told.add(trigger + " decided");
        }

        @Override
        public void converged(String platform, String way, Duration took) {
            converged.add(platform + " " + way + " " + took);
        }

        @Override
        public void full(String what) {
            told.add("full of " + what);
        }

        @Override
        public void loopSuspected(String platform) {
            told.add(platform + " loop");
        }
    }

    private final class Queued implements RetryQueue {
        @Override
        public void retry(RetryMessage message, Duration delay) {
            queued.add(delay);
            message.correlationId().ifPresent(correlationIds::add);
        }

        @Override
        public List<Delayed> retryAll(List<Delayed> messages) {
            if (!takes) {
                return List.of();
            }
            messages.forEach(one -> {
                inTurn.add(one.message());
                retry(one.message(), one.delay());
            });
            return messages;
        }
    }
}
