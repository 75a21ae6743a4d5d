package dev.lockstep.sync;

import dev.lockstep.concurrent.ParallelRunner;
import dev.lockstep.intake.CorrelationIds;
import dev.lockstep.intake.IntakeOutcome;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.platform.Platform;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.Timeline;
import dev.lockstep.sync.queue.RetryMessage;
import dev.lockstep.sync.queue.RetryQueue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** The synchroniser in a simulated time: one task after the other, a queue of the simulation's own. */
public final class SynchronizerInSimulation {
    private final Synchronizer synchronizer;
    private final Meter meter = new Meter();

    /** @param queue is given the agent and the delay of everything that is put off */
    public SynchronizerInSimulation(
            AgentStore store,
            Timeline timeline,
            List<Platform> platforms,
            Function<String, Mapping> mapping,
            Duration lease,
            BiConsumer<String, Duration> queue,
            InstantSource clock,
            RandomGenerator random) {
        Rules rules = new Rules(lease);
        SyncPlanner planner = new SyncPlanner(
                () -> platforms, mapping, Duration.ofHours(4), (subject, platform) -> WriteModes.Mode.ON, rules);
        ParallelRunner parallel = new OneAfterTheOther();
        PlanExecutor executor = new PlanExecutor(
                parallel, new FailurePolicy(rules, clock, random), rules, clock, meter, (platform, wait) -> {});
        synchronizer = new Synchronizer(
                store,
                planner,
                new SyncTurn(planner, executor, parallel, rules, clock),
                new SyncJournal(timeline, meter),
                new Queue(queue),
                rules,
                clock,
                new LeaseTokens(random),
                meter);
    }

    public Synchronizer synchronizer() {
        return synchronizer;
    }

    public Sweep sweep(AgentStore store, CorrelationIds correlationIds, InstantSource clock) {
        return new Sweep(store, synchronizer, correlationIds, new OneAfterTheOther(), clock);
    }

    /** How many writes on platforms there were. */
    public long writes() {
        return meter.writes;
    }

    private static final class Meter implements SyncMeter {
        private long writes;

        @Override
        public void wrote(String platform, String outcome, Duration took) {
            writes++;
        }

        @Override
        public void handled(IntakeOutcome outcome) {}

        @Override
        public void settled(String trigger, Duration took) {}

        @Override
        public void loopSuspected(String platform) {}
    }

    private record Queue(BiConsumer<String, Duration> later) implements RetryQueue {
        @Override
        public void retry(RetryMessage message, Duration delay) {
            later.accept(message.agentId(), delay);
        }

        @Override
        public void enqueueBulk(Collection<String> agentIds, String correlationId) {
            agentIds.forEach(agentId -> later.accept(agentId, Duration.ZERO));
        }
    }

    private static final class OneAfterTheOther implements ParallelRunner {
        @Override
        public <T> List<Optional<T>> runAll(List<Callable<T>> tasks, Duration deadline) {
            List<Optional<T>> results = new ArrayList<>();
            for (Callable<T> task : tasks) {
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
    }

    private record Rules(Duration lease) implements SyncSettings {
        @Override
        public Duration deadline() {
            return Duration.ofSeconds(2);
        }

        @Override
        public Duration backoff() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration backoffLimit() {
            return Duration.ofSeconds(30);
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
}
