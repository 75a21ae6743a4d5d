package dev.lockstep.sync;

import dev.lockstep.Defaults;
import dev.lockstep.concurrent.ParallelRunner;
import dev.lockstep.concurrent.SequentialRunner;
import dev.lockstep.intake.EvidenceIntake;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.mapping.MappingDocument;
import dev.lockstep.platform.Platform;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.Timeline;
import dev.lockstep.sync.queue.RetryQueue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** The synchroniser, wired as in production, over a store and platforms that a test brings. */
public final class SyncHarness {
    final SyncPlanner planner;
    final Synchronizer synchronizer;
    final Sweep sweep;
    private final CountedWrites meter;

    private SyncHarness(Options with) {
        meter = new CountedWrites(with.meter);
        planner = new SyncPlanner(
                () -> with.platforms,
                with.mapping,
                Defaults.of(CallSettings.class).maxAge(),
                with.modes,
                with.settings);
        PlanExecutor executor =
                new PlanExecutor(planner, with.runner, with.settings, with.clock, with.random, meter, with.throttled);
        synchronizer = new Synchronizer(
                with.store,
                planner,
                executor,
                new SyncJournal(with.timeline, meter),
                new QueueInto(with.queue),
                with.settings,
                with.clock,
                new LeaseTokens(with.random));
        sweep = new Sweep(with.store, synchronizer, with.runner, with.clock);
    }

    /** Everything else is as in production until it is said otherwise: settings, shipped mapping, writes switched on. */
    public static Options over(
            AgentStore store, Timeline timeline, List<? extends Platform> platforms, InstantSource clock) {
        return new Options(store, timeline, List.copyOf(platforms), clock);
    }

    public EvidenceIntake intake() {
        return new SynchronizerIntake(synchronizer);
    }

    /** What a message of the retry queue does. */
    public void retry(String agentId) {
        synchronizer.bring(agentId, "retry");
    }

    public void sweep() {
        sweep.run();
    }

    /** How many writes on platforms there were. */
    public long writes() {
        return meter.writes;
    }

    /** What a test may give instead of the usual. */
    public static final class Options {
        private final AgentStore store;
        private final Timeline timeline;
        private final List<Platform> platforms;
        private final InstantSource clock;
        private Function<String, Mapping> mapping = team -> MappingDocument.shipped();
        private SyncSettings settings = Defaults.of(SyncSettings.class);
        private WriteModes modes = (subject, platform) -> WriteModes.Mode.ON;
        private ParallelRunner runner = new SequentialRunner();
        private BiConsumer<String, Duration> queue = (agentId, delay) -> {};
        private BiConsumer<String, Duration> throttled = (platform, wait) -> {};
        private RandomGenerator random = new Random(1);
        private SyncMeter meter = new Unmetered();

        private Options(AgentStore store, Timeline timeline, List<Platform> platforms, InstantSource clock) {
            this.store = store;
            this.timeline = timeline;
            this.platforms = platforms;
            this.clock = clock;
        }

        public Options mapping(Function<String, Mapping> ofTeam) {
            mapping = ofTeam;
            return this;
        }

        public Options settings(SyncSettings other) {
            settings = other;
            return this;
        }

        /** @param onRetry is given the agent and the delay of everything that is put off */
        public Options queue(BiConsumer<String, Duration> onRetry) {
            queue = onRetry;
            return this;
        }

        public Options random(RandomGenerator other) {
            random = other;
            return this;
        }

        Options modes(WriteModes other) {
            modes = other;
            return this;
        }

        Options runner(ParallelRunner other) {
            runner = other;
            return this;
        }

        /** @param onThrottle is given the platform and how long it asks us to wait */
        Options throttled(BiConsumer<String, Duration> onThrottle) {
            throttled = onThrottle;
            return this;
        }

        Options meter(SyncMeter other) {
            meter = other;
            return this;
        }

        public SyncHarness build() {
            return new SyncHarness(this);
        }
    }

    private static final class CountedWrites implements SyncMeter {
        private final SyncMeter meter;
        private long writes;

        CountedWrites(SyncMeter meter) {
            this.meter = meter;
        }

        @Override
        public void wrote(String platform, String outcome, Duration took) {
            writes++;
            meter.wrote(platform, outcome, took);
        }

        @Override
        public void settled(String trigger, Duration took) {
            meter.settled(trigger, took);
        }

        @Override
        public void loopSuspected(String platform) {
            meter.loopSuspected(platform);
        }
    }

    private static final class Unmetered implements SyncMeter {
        @Override
        public void wrote(String platform, String outcome, Duration took) {}

        @Override
        public void settled(String trigger, Duration took) {}

        @Override
        public void loopSuspected(String platform) {}
    }

    private record QueueInto(BiConsumer<String, Duration> retries) implements RetryQueue {
        @Override
        public void retry(String agentId, Duration delay) {
            retries.accept(agentId, delay);
        }

        @Override
        public void retryBulk(String agentId, Duration delay) {
            retries.accept(agentId, delay);
        }

        @Override
        public void enqueueBulk(Collection<String> agentIds) {
            agentIds.forEach(agentId -> retries.accept(agentId, Duration.ZERO));
        }
    }
}
