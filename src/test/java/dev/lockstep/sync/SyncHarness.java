package dev.lockstep.sync;

import dev.lockstep.Defaults;
import dev.lockstep.concurrent.Countdown;
import dev.lockstep.concurrent.ParallelRunner;
import dev.lockstep.concurrent.SequentialRunner;
import dev.lockstep.concurrent.Sleeper;
import dev.lockstep.intake.CorrelationIds;
import dev.lockstep.intake.GivenCrew;
import dev.lockstep.intake.GivenRoll;
import dev.lockstep.intake.IntakeOutcome;
import dev.lockstep.intake.RollCall;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.Platform;
import dev.lockstep.settings.InstallationSettings;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.InMemoryControl;
import dev.lockstep.store.Timeline;
import dev.lockstep.sync.queue.BulkLane;
import dev.lockstep.sync.queue.HopLimit;
import dev.lockstep.sync.queue.QueueSettings;
import dev.lockstep.sync.queue.RetryMessage;
import dev.lockstep.sync.queue.RetryQueue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** The synchroniser, wired by what wires it in production, over a store and platforms that a test brings. */
public final class SyncHarness {
    private final Synchronizer synchronizer;
    private final Sweep sweep;
    private final RollCall roll;
    private final Retries retries;
    private final CorrelationIds correlationIds;
    private final CountedWrites meter;

    private SyncHarness(Options with) {
        meter = new CountedWrites(with.meter);
        correlationIds = with.correlationIds;
        SyncPlanner planner = new SyncPlanner(
                () -> with.platforms,
                with.mappingOfTeam::apply,
                Defaults.of(CallSettings.class),
                with.modes,
                with.settings);
        synchronizer = new Synchronizer(
                with.store,
                with.timeline,
                planner,
                with.runner,
                with.queue,
                with.lane,
                with.settings,
                with.installation,
                meter,
                with.clock,
                with.pause,
                with.random);
        roll = GivenRoll.over(with.store, with.clock);
        retries = new Retries(synchronizer, with.lane, correlationIds);
        sweep = new Sweep(
                with.store,
                synchronizer,
                correlationIds,
                GivenCrew.with(with.runner),
                with.lane,
                with.pause,
                with.clock);
    }

    /** Everything else is as in production until it is said otherwise: settings, shipped mapping, writes switched on. */
    public static Options over(
            AgentStore store, Timeline timeline, List<? extends Platform> platforms, InstantSource clock) {
        return new Options(store, timeline, List.copyOf(platforms), clock);
    }

    public Synchronizer synchronizer() {
        return synchronizer;
    }

    /** Over everybody whom the index of pulses holds. */
    public int sweep(Countdown time) {
        return sweep.run(roll.everybody(), time);
    }

    public Sweep sweep() {
        return sweep;
    }

    /** What a message of the retry queue does that was queued without a correlation id. */
    public void retry(String agentId) {
        synchronizer.resync(agentId, correlationIds.begin("retry"));
    }

    /** What a message of the retry queue does. */
    public void retry(RetryMessage message) {
        retries.handle(message);
    }

    public Retries retries() {
        return retries;
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
        private Function<String, Mapping> mappingOfTeam = team -> GivenPlatforms.shippedMapping();
        private SyncSettings settings = Defaults.of(SyncSettings.class);
        private InstallationSettings installation = Defaults.of(InstallationSettings.class);
        private WriteModes modes = (subject, platform) -> WriteModes.Mode.ON;
        private ParallelRunner runner = new SequentialRunner();
        private Sleeper pause = wait -> {
            throw new InterruptedException("nobody waits for a turn here");
        };
        private RetryQueue queue = new QueueInto((agentId, delay) -> {});
        private BulkLane lane;
        private RandomGenerator random = new Random(1);
        private CorrelationIds correlationIds = new CorrelationIds(new Random(2));
        private SyncMeter meter = new Unmetered();

        private Options(AgentStore store, Timeline timeline, List<Platform> platforms, InstantSource clock) {
            this.store = store;
            this.timeline = timeline;
            this.platforms = platforms;
            this.clock = clock;
            this.lane = new BulkLane(GivenPlatforms.CATALOGUE, new InMemoryControl(clock), clock);
        }

        public Options mapping(Function<String, Mapping> ofTeam) {
            mappingOfTeam = ofTeam;
            return this;
        }

        public Options settings(SyncSettings other) {
            settings = other;
            return this;
        }

        public Options installation(InstallationSettings other) {
            installation = other;
            return this;
        }

        /** @param onRetry is given the agent and the delay of everything that is put off */
        public Options queue(BiConsumer<String, Duration> onRetry) {
            return queue(new QueueInto(onRetry));
        }

        /** @param queued is given every message that is put off, and for how long */
        public Options messages(BiConsumer<RetryMessage, Duration> queued) {
            return queue(
                    new HopLimit(new MessagesInto(queued), Defaults.of(QueueSettings.class), () -> {}, new Random(3)));
        }

        public Options queue(RetryQueue other) {
            queue = other;
            return this;
        }

        /** @param other is told of the platforms that ask everybody to wait */
        public Options lane(BulkLane other) {
            lane = other;
            return this;
        }

        public Options pause(Sleeper other) {
            pause = other;
            return this;
        }

        public Options random(RandomGenerator other) {
            random = other;
            return this;
        }

        public Options correlationIds(CorrelationIds other) {
            correlationIds = other;
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

        public Options meter(SyncMeter other) {
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
        public void read(String platform, String outcome) {
            meter.read(platform, outcome);
        }

        @Override
        public void handled(IntakeOutcome outcome) {
            meter.handled(outcome);
        }

        @Override
        public void decided(String trigger) {
            meter.decided(trigger);
        }

        @Override
        public void converged(String platform, String way, Duration took) {
            meter.converged(platform, way, took);
        }

        @Override
        public void full(String what) {
            meter.full(what);
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
        public void read(String platform, String outcome) {}

        @Override
        public void handled(IntakeOutcome outcome) {}

        @Override
        public void decided(String trigger) {}

        @Override
        public void converged(String platform, String way, Duration took) {}

        @Override
        public void full(String what) {}

        @Override
        public void loopSuspected(String platform) {}
    }

    private record MessagesInto(BiConsumer<RetryMessage, Duration> queued) implements RetryQueue {
        @Override
        public void retry(RetryMessage message, Duration delay) {
            queued.accept(message, delay);
        }

        @Override
        public List<Delayed> retryAll(List<Delayed> messages) {
            messages.forEach(one -> queued.accept(one.message(), one.delay()));
            return messages;
        }
    }

    private record QueueInto(BiConsumer<String, Duration> retries) implements RetryQueue {
        @Override
        public void retry(RetryMessage message, Duration delay) {
            retries.accept(message.agentId(), delay);
        }

        @Override
        public List<Delayed> retryAll(List<Delayed> messages) {
            messages.forEach(one -> retries.accept(one.message().agentId(), one.delay()));
            return messages;
        }
    }
}
