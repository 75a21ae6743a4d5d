package dev.lockstep.simulation;

import dev.lockstep.concurrent.VirtualTime;
import dev.lockstep.platform.PlatformCalls;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.store.StoreFaults;
import dev.lockstep.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Everything that goes wrong, drawn from one seed, and how often it did. */
final class FaultPlan implements PlatformCalls, StoreFaults {
    /** What can go wrong. */
    enum Kind {
        DROPPED,
        DUPLICATED,
        DELAYED,
        THROTTLED,
        SERVER_ERROR,
        TIMEOUT_AFTER_WORK,
        CRASH,
        STORE_UNAVAILABLE,
        STORE_ANSWER_LOST,
        OUTAGE,
        CLOCK_SKEW,
        MAPPING_CHANGED,
        STALE_CACHE,
        LOST_HANG_UP,
        COLD_START,
        INTERLEAVED,
        UNREADABLE,
        SEQUENCE_FALLS,
        CHANGED_HANDS
    }

    /** What disturbs nobody by itself, or what people do whether anything goes wrong or not. */
    private static final Set<Kind> HARMLESS = Set.of(
            Kind.CHANGED_HANDS,
            Kind.UNREADABLE,
            Kind.INTERLEAVED,
            Kind.DUPLICATED,
            Kind.CLOCK_SKEW,
            Kind.LOST_HANG_UP,
            Kind.COLD_START);

    /** What a function does beside the reading of an item that fails. */
    private static final Duration TOLD = Duration.ofSeconds(10);

    private static final Duration SHORTEST_CALL = Duration.ofMillis(5);
    private static final int DEEPEST = 3;

    private final Scenario scenario;
    private final VirtualTime time;
    private final Trace trace;
    private final Map<Kind, Dice> dice = new EnumMap<>(Kind.class);
    private final Dice latency;
    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private final Map<String, Instant> outages = new HashMap<>();
    private final Set<String> down = new TreeSet<>();
    private final Set<String> struck = new TreeSet<>();
    private boolean ended;
    private int depth;
    private boolean suspended;
    private Instant last = Instant.EPOCH;
    private final Map<String, Instant> unreadable = new HashMap<>();

    FaultPlan(Scenario scenario, VirtualTime time, Trace trace) {
        this.scenario = scenario;
        this.time = time;
        this.trace = trace;
        for (Kind kind : Kind.values()) {
            dice.put(kind, new Dice(scenario.seed(), kind.name(), time));
        }
        this.latency = new Dice(scenario.seed(), "latency", time);
    }

    /** From now on nothing goes wrong; what was down is caught up with. */
    void end() {
        last = last();
        ended = true;
        outages.clear();
        Instant now = time.instant();
        unreadable.replaceAll((agentId, until) -> until.isAfter(now) ? now : until);
    }

    Map<Kind, Long> counts() {
        return counts;
    }

    /** Names of all faults that struck, for a scenario that leaves some out. */
    Set<String> struck() {
        return struck;
    }

    /** When anything last went wrong anywhere, an outage's end included. */
    Instant last() {
        return latest(lastForAll(), unreadable);
    }

    /** The same, without what is wrong with one agent only. */
    Instant lastForAll() {
        return latest(last, outages);
    }

    /** What lasts still is felt now, and what has ended since its end. */
    private Instant latest(Instant other, Map<String, Instant> ends) {
        Instant now = time.instant();
        return ends.values().stream()
                .map(end -> end.isAfter(now) ? now : end)
                .reduce(other, (one, next) -> next.isAfter(one) ? next : one);
    }

    /** What is stored of one agent cannot be read for a while. */
    void unreadable(String agentId, Duration length) {
        trace.note(Trace.ALL, "the item of " + agentId + " cannot be read for " + length);
        note(Kind.UNREADABLE);
        unreadable.put(agentId, time.instant().plus(length));
    }

    boolean isUnreadable(String agentId) {
        return Optional.ofNullable(unreadable.get(agentId))
                .filter(time.instant()::isBefore)
                .isPresent();
    }

    /** Whether that explains a failure now: it may be told when the item can be read again. */
    boolean explainFailure() {
        Instant now = time.instant();
        return unreadable.values().stream().anyMatch(until -> until.plus(TOLD).isAfter(now));
    }

    boolean wasUnreadable(String agentId) {
        return unreadable.containsKey(agentId);
    }

    /** Does something that nothing may happen to: the simulation's own looking. */
    <T> T suspended(Supplier<T> work) {
        boolean before = suspended;
        suspended = true;
        try {
            return work.get();
        } finally {
            suspended = before;
        }
    }

    /** Whether a fault of that kind strikes now. */
    boolean strikes(Kind kind, double weight) {
        if (ended || suspended || scenario.faultRate() == 0) {
            return false;
        }
        Dice die = dice.get(kind);
        if (die.nextDouble() >= scenario.faultRate() * weight) {
            return false;
        }
        String name = kind.name().toLowerCase(Locale.ROOT) + "@" + time.instant() + "." + die.nth();
        if (scenario.leftOut().contains(name)) {
            return false;
        }
        struck.add(name);
        trace.note(Trace.ALL, "fault " + name);
        note(kind);
        return true;
    }

    void note(Kind kind) {
        counts.merge(kind, 1L, Long::sum);
        if (!HARMLESS.contains(kind)) {
            lasting(Duration.ZERO);
        }
    }

    /** What went wrong is felt for so long. */
    void lasting(Duration length) {
        Instant end = time.instant().plus(length);
        last = end.isAfter(last) ? end : last;
    }

    /** A whole platform is down for a while. */
    void outage(String platform, Duration length) {
        trace.note(Trace.ALL, "outage of " + platform + " for " + length);
        note(Kind.OUTAGE);
        outages.put(platform, time.instant().plus(length));
        down.add(platform);
    }

    /** Whether there was an outage of that platform at any time. */
    boolean wasDown(String platform) {
        return down.contains(platform);
    }

    boolean isDown(String platform) {
        return Optional.ofNullable(outages.get(platform))
                .filter(time.instant()::isBefore)
                .isPresent();
    }

    @Override
    public <T> T call(String platform, String agent, Supplier<T> work) {
        crashPoint();
        await(Duration.ofMillis(5 + latency.nextInt(200)));
        if (!suspended && isDown(platform)) {
            throw new PlatformException.Unreachable("down");
        }
        if (strikes(Kind.THROTTLED, 1)) {
            throw new PlatformException.Throttled(
                    latency.nextBoolean()
                            ? Optional.of(Duration.ofSeconds(1 + latency.nextInt(20)))
                            : Optional.empty());
        }
        if (strikes(Kind.SERVER_ERROR, 1)) {
            throw new PlatformException.Unreachable("500");
        }
        T result = work.get();
        crashPoint();
        if (strikes(Kind.TIMEOUT_AFTER_WORK, 1)) {
            throw new PlatformException.Unreachable("no answer");
        }
        await(SHORTEST_CALL);
        return result;
    }

    @Override
    public void before(String call) {
        crashPoint();
        await(SHORTEST_CALL);
        if (strikes(Kind.STORE_UNAVAILABLE, 0.3)) {
            throw new StoreUnavailable(call, null);
        }
    }

    @Override
    public void after(String call) {
        if (strikes(Kind.STORE_ANSWER_LOST, 0.2)) {
            throw new StoreUnavailable(call, null);
        }
        crashPoint();
    }

    private void crashPoint() {
        if (strikes(Kind.CRASH, 0.2)) {
            throw new Crash();
        }
    }

    /** One instance waits on purpose, and others go on. */
    void pause(Duration wait) {
        crashPoint();
        if (depth < DEEPEST) {
            depth++;
            try {
                time.pass(wait);
            } finally {
                depth--;
            }
        } else {
            time.skip(wait);
        }
    }

    /** While one instance waits, others go on: sometimes they do. */
    private void await(Duration wait) {
        if (suspended) {
            return;
        }
        if (depth < DEEPEST && latency.nextInt(4) == 0) {
            depth++;
            try {
                note(Kind.INTERLEAVED);
                time.pass(wait);
            } finally {
                depth--;
            }
        } else {
            time.skip(wait);
        }
    }
}
