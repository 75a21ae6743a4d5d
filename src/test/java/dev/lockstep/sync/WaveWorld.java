package dev.lockstep.sync;

import dev.lockstep.Defaults;
import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.concurrent.Countdown;
import dev.lockstep.concurrent.VirtualTime;
import dev.lockstep.dynamics.DynamicsDescriptor;
import dev.lockstep.intake.CorrelationIds;
import dev.lockstep.intake.GivenCrew;
import dev.lockstep.intake.GivenReader;
import dev.lockstep.intake.GivenRoll;
import dev.lockstep.intake.Trigger;
import dev.lockstep.local.dynamics.webapi.ServiceProtection;
import dev.lockstep.local.teams.graph.GraphError;
import dev.lockstep.local.teams.graph.Throttle;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.PlatformCatalogue;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.QuotaLeft;
import dev.lockstep.platform.Shares;
import dev.lockstep.presence.CallState;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.shift.Booking;
import dev.lockstep.shift.ShiftPoll;
import dev.lockstep.shift.ShiftSettings;
import dev.lockstep.shift.ShiftSource;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.InMemoryAgentStore;
import dev.lockstep.store.InMemoryControl;
import dev.lockstep.store.InMemoryTimeline;
import dev.lockstep.sync.queue.BulkLane;
import dev.lockstep.sync.queue.RetryMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The end of a shift of thousands beside other people's calls, in virtual time, with the published quotas enforced to
 * the letter. The synchroniser, the sweep, the poll of shifts and the gate are the product's; a write takes as long as
 * it is said to, and the queue and its workers are modelled.
 */
final class WaveWorld {
    private static final Instant END = Instant.parse("2026-11-23T17:00:00Z");
    private static final Source DESK = Source.phone("desk");
    private static final String USER = "lockstep";
    private static final int OTHERS = 500;
    private static final int PAGE = 500;

    /** Eight calls of {@code sync} at once, five messages each. */
    private static final int WORKERS = 40;

    private final int leaving;
    private final Duration execution;
    private final double callsPerSecond;
    private final boolean hasTeams;
    private final Random random = new Random(7);
    private final VirtualTime time = new VirtualTime(END.minusSeconds(600));
    private final InMemoryAgentStore store = new InMemoryAgentStore();
    private final InMemoryControl control = new InMemoryControl(time);
    private final Shares shares;
    private final BulkLane lane;
    private final ServiceProtection dataverse = new ServiceProtection(time, ServiceProtection.Limits.documented());
    private final Throttle graph = new Throttle(1500, Duration.ofSeconds(30), time, false);
    private final InMemoryPlatform dynamics =
            new InMemoryPlatform("dynamics", true, new Forgetful(), step -> before(step, this::askDataverse));
    private final InMemoryPlatform teams =
            new InMemoryPlatform("teams", false, new Forgetful(), step -> before(step, this::askGraphTwice));
    private final Deque<RetryMessage> ready = new ArrayDeque<>();
    private final CorrelationIds ids = new CorrelationIds(new Random(2));
    private final SyncHarness harness;
    private final ShiftPoll shiftEnd;
    private final Map<String, Integer> sent = new HashMap<>();
    private final Map<String, Integer> onCall = new HashMap<>();
    private int calls;
    private int busy;
    private boolean open = true;
    private boolean inCall;
    private int lost;
    private long gone;

    int requests;
    int refused;
    int callWrites;
    int callWritesRefused;
    int messages;
    int fullest;
    private Instant lastOffline = END;

    WaveWorld(int leaving, double callsPerSecond, Duration execution) {
        this(leaving, callsPerSecond, execution, Shares.ONE, true);
    }

    /**
     * @param shares among which agents are shared out in Dynamics
     * @param hasTeams whether Teams is connected beside it
     */
    WaveWorld(int leaving, double callsPerSecond, Duration execution, Shares shares, boolean hasTeams) {
        this.shares = shares;
        this.lane = new BulkLane(
                hasTeams
                        ? GivenPlatforms.shared(shares)
                        : new PlatformCatalogue(List.of(new DynamicsDescriptor(shares))),
                control,
                time);
        this.hasTeams = hasTeams;
        this.leaving = leaving;
        this.callsPerSecond = callsPerSecond;
        this.execution = execution;
        harness = SyncHarness.over(
                        store,
                        new InMemoryTimeline(Duration.ofDays(1), time),
                        hasTeams ? List.of(dynamics, teams) : List.of(dynamics),
                        time)
                .lane(lane)
                .messages(this::send)
                .correlationIds(ids)
                .pause(time::pass)
                .build();
        shiftEnd = poll(Map.of());
    }

    private ShiftPoll poll(Map<String, String> settings) {
        return new ShiftPoll(
                List.of(new Schedule()),
                Defaults.of(ShiftSettings.class, settings),
                GivenRoll.over(store, time),
                store,
                time,
                harness.synchronizer(),
                ids,
                GivenReader.uncounted(),
                GivenCrew.alone());
    }

    /** Everybody is at work and Available, and knows when the shift ends; nobody counts yet. */
    private void begin() {
        open = false;
        for (int i = 0; i < leaving + OTHERS; i++) {
            String id = (i < leaving ? "leaving" : "other") + i;
            hire(id);
            harness.synchronizer()
                    .accept(
                            id,
                            List.of(new Evidence.Reported(
                                    new Signal.SignedIn(Source.DYNAMICS, SourceTime.at(time.instant()), true))),
                            new Trigger("test", "begin"));
        }
        poll(Map.of("lockstep.shift.most-at-once", "1000000")).run();
        open = true;
    }

    private void hire(String id) {
        try {
            store.save(AgentState.of(id, new Profile(id, "", Map.of("dynamics", "d-" + id, "teams", "t-" + id))));
        } catch (AgentStore.Conflict e) {
            throw new IllegalStateException(e);
        }
    }

    /** From the end of the shift until the last of them was Offline everywhere. */
    Duration took() {
        return Duration.between(END, lastOffline);
    }

    /** Dataverse answers somebody else 429 then. */
    void askToWait(Duration afterEnd, Duration wait) {
        time.after(Duration.between(time.instant(), END.plus(afterEnd)), () -> lane.pause("dynamics", "rita", wait));
    }

    /** Loses every so manieth message. */
    void lose(int every) {
        lost = every;
    }

    /** @param patience after which nobody waits any more */
    void run(Duration patience) {
        begin();
        time.pass(Duration.between(time.instant(), END.minusSeconds(330)));
        time.after(Duration.ofSeconds(340), () -> every(Duration.ofMinutes(1), shiftEnd::run));
        time.after(Duration.ofSeconds(355), () -> every(Duration.ofMinutes(1), this::sweep));
        nextCall();
        Instant until = END.plus(patience);
        every(Duration.ofSeconds(5), this::look);
        while (gone < leaving && time.step(until)) {}
        time.pass(Duration.ofMinutes(2));
    }

    private void every(Duration period, Runnable work) {
        work.run();
        time.after(period, () -> every(period, work));
    }

    private void sweep() {
        harness.sweep(Countdown.of(time, Duration.ofSeconds(25)));
    }

    private void look() {
        long now = offline();
        if (now > gone) {
            gone = now;
            lastOffline = time.instant();
        }
    }

    long offline() {
        return IntStream.range(0, leaving)
                .filter(i -> dynamics.valueOf("d-leaving" + i).equals("offline")
                        && (!hasTeams || teams.valueOf("t-leaving" + i).equals("offline")))
                .count();
    }

    private void nextCall() {
        double wait = -Math.log(1 - random.nextDouble()) / callsPerSecond;
        time.after(Duration.ofNanos((long) (wait * 1e9)), () -> {
            nextCall();
            call();
        });
    }

    /** Each of them changes something, and so is one write on each platform. */
    private void call() {
        String id = "other" + (leaving + random.nextInt(OTHERS));
        boolean isUp = dynamics.valueOf("d-" + id).equals("onACall");
        calls += isUp ? 0 : 1;
        inCall = true;
        harness.synchronizer()
                .accept(
                        id,
                        List.of(new Evidence.Reported(new Signal.Call(
                                DESK,
                                SourceTime.at(time.instant()),
                                id,
                                "call" + onCall.compute(id, (any, old) -> isUp ? old : calls),
                                isUp ? CallState.ENDED : CallState.CONNECTED,
                                false))),
                        new Trigger("phone", "call"));
        inCall = false;
    }

    private void before(String step, Runnable ask) {
        if (open && step.endsWith(" before")) {
            callWrites += inCall ? 1 : 0;
            ask.run();
        }
    }

    private void askDataverse() {
        askDataverseAs(shares.of(dynamics.performing));
    }

    private void askDataverseAs(String user) {
        requests++;
        Optional<ServiceProtection.Refusal> refusal = dataverse.enter(user);
        if (refusal.isPresent()) {
            throw refused(refusal.get().retryAfter());
        }
        time.after(execution, () -> dataverse.leave(user, execution));
        int left = dataverse.remaining(user);
        fullest = Math.max(fullest, 6000 - left);
        lane.left(shares.budget("dynamics", user), new QuotaLeft(left, Optional.of(dataverse.executionLeft(user))));
    }

    private void askGraphTwice() {
        requests++;
        try {
            graph.admit(USER);
            graph.admit(USER);
        } catch (GraphError e) {
            throw refused(Duration.ofSeconds(5));
        }
    }

    private PlatformException refused(Duration wait) {
        refused++;
        callWritesRefused += inCall ? 1 : 0;
        return new PlatformException.Throttled(Optional.of(wait));
    }

    private void send(RetryMessage message, Duration delay) {
        if (!open) {
            return;
        }
        messages++;
        sent.merge(message.agentId(), 1, Integer::sum);
        if (lost > 0 && messages % lost == 0) {
            return;
        }
        long seconds = Math.min(900, delay.plusMillis(999).toSeconds());
        time.after(Duration.ofSeconds(seconds).plusMillis(20), () -> {
            ready.add(message);
            work();
        });
    }

    int mostSent() {
        return sent.values().stream().mapToInt(it -> it).max().orElse(0);
    }

    private void work() {
        while (busy < WORKERS && !ready.isEmpty()) {
            RetryMessage message = ready.remove();
            busy++;
            harness.retry(message);
            time.after(execution.plusMillis(150), () -> {
                busy--;
                work();
            });
        }
    }

    private final class Schedule implements ShiftSource {
        @Override
        public String name() {
            return "dynamics";
        }

        @Override
        public String platform() {
            return "dynamics";
        }

        @Override
        public List<Booking> bookings(Instant from, Instant to) {
            if (open) {
                for (int page = 0; page <= leaving / PAGE; page++) {
                    askDataverseAs(shares.names().getFirst());
                }
            }
            List<Booking> all = new ArrayList<>();
            for (int i = 0; i < leaving; i++) {
                all.add(new Booking("d-leaving" + i, END.minus(Duration.ofHours(8)), END));
            }
            return all;
        }
    }

    /** Of ten thousand, nobody reads what was written. */
    private static final class Forgetful extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean add(String line) {
            return false;
        }
    }
}
