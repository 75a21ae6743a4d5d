package dev.lockstep.simulation;

import dev.lockstep.agent.StoreFaults;
import dev.lockstep.agent.StoreUnavailable;
import dev.lockstep.platform.PlatformCalls;
import dev.lockstep.platform.PlatformException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** Everything that goes wrong, drawn from one seed, and how often it did. */
final class Faults implements PlatformCalls, StoreFaults {
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
        LOST_HANG_UP,
        INTERLEAVED
    }

    private static final Duration SHORTEST_CALL = Duration.ofMillis(5);
    private static final int DEEPEST = 3;

    private final Random random;
    private final VirtualTime time;
    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private final Map<String, Instant> outages = new HashMap<>();
    private double rate;
    private int depth;
    private boolean suspended;
    private Instant last = Instant.EPOCH;

    Faults(Random random, VirtualTime time, double rate) {
        this.random = random;
        this.time = time;
        this.rate = rate;
    }

    /** From now on nothing goes wrong. */
    void end() {
        rate = 0;
        outages.clear();
    }

    Map<Kind, Long> counts() {
        return counts;
    }

    /** When anything last went wrong anywhere, an outage's end included. */
    Instant last() {
        Instant now = time.instant();
        return outages.values().stream().anyMatch(now::isBefore) ? now : last;
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
        boolean hit = rate > 0 && !suspended && random.nextDouble() < rate * weight;
        if (hit) {
            note(kind);
        }
        return hit;
    }

    void note(Kind kind) {
        counts.merge(kind, 1L, Long::sum);
        if (kind != Kind.INTERLEAVED && kind != Kind.DELAYED && kind != Kind.DUPLICATED) {
            last = time.instant();
        }
    }

    /** A whole platform is down for a while. */
    void outage(String platform, Duration length) {
        note(Kind.OUTAGE);
        outages.put(platform, time.instant().plus(length));
    }

    boolean isDown(String platform) {
        return Optional.ofNullable(outages.get(platform))
                .filter(time.instant()::isBefore)
                .isPresent();
    }

    @Override
    public <T> T call(String platform, String agent, Supplier<T> work) {
        crashPoint();
        await(Duration.ofMillis(5 + random.nextInt(200)));
        if (!suspended && isDown(platform)) {
            throw new PlatformException.Unreachable("down");
        }
        if (strikes(Kind.THROTTLED, 1)) {
            throw new PlatformException.Throttled(
                    random.nextBoolean() ? Optional.of(Duration.ofSeconds(1 + random.nextInt(20))) : Optional.empty());
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

    /** While one instance waits, others go on: sometimes they do. */
    private void await(Duration time) {
        if (suspended) {
            return;
        }
        if (depth < DEEPEST && random.nextInt(4) == 0) {
            depth++;
            try {
                note(Kind.INTERLEAVED);
                this.time.pass(time);
            } finally {
                depth--;
            }
        } else {
            this.time.skip(time);
        }
    }
}
