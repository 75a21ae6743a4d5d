package dev.lockstep.local.dynamics.webapi;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Service protection limits per user in a sliding window ("Service protection API limits", learn.microsoft.com). Who
 * keeps pushing while refused waits longer each time.
 */
public final class ServiceProtection {

    /** @param execution combined execution time within the window */
    public record Limits(int requests, Duration execution, int concurrent, Duration window) {
        public static Limits documented() {
            return new Limits(6000, Duration.ofMinutes(20), 52, Duration.ofMinutes(5));
        }
    }

    /** @param retryAfter never zero */
    public record Refusal(String code, String message, Duration retryAfter) {}

    private final InstantSource clock;
    private final Limits limits;
    private final Map<String, Usage> users = new ConcurrentHashMap<>();

    public ServiceProtection(InstantSource clock, Limits limits) {
        this.clock = clock;
        this.limits = limits;
    }

    /** Lets a request in, or says why not. One that was let in must {@link #leave}. */
    public Optional<Refusal> enter(String user) {
        return users.computeIfAbsent(user, name -> new Usage()).enter(clock.instant());
    }

    public void leave(String user, Duration took) {
        users.get(user).leave(clock.instant(), took);
    }

    public int remaining(String user) {
        return users.computeIfAbsent(user, name -> new Usage()).remaining(clock.instant());
    }

    /** Of the combined execution time; never less than nothing. */
    public Duration executionLeft(String user) {
        return users.computeIfAbsent(user, name -> new Usage()).executionLeft(clock.instant());
    }

    private final class Usage {
        private record Spent(Instant at, Duration time) {}

        private final Deque<Instant> requests = new ArrayDeque<>();
        private final Deque<Spent> executions = new ArrayDeque<>();
        private Duration executed = Duration.ZERO;
        private int running;
        private int pushes;

        public synchronized Optional<Refusal> enter(Instant now) {
            forget(now);
            Optional<Refusal> refusal = refusal(now);
            if (refusal.isPresent()) {
                pushes++;
                return refusal;
            }
            pushes = 0;
            running++;
            requests.addLast(now);
            return Optional.empty();
        }

        public synchronized void leave(Instant now, Duration took) {
            running--;
            executed = executed.plus(took);
            executions.addLast(new Spent(now, took));
        }

        public synchronized int remaining(Instant now) {
            forget(now);
            return limits.requests() - requests.size();
        }

        public synchronized Duration executionLeft(Instant now) {
            forget(now);
            Duration left = limits.execution().minus(executed);
            return left.isNegative() ? Duration.ZERO : left;
        }

        private Optional<Refusal> refusal(Instant now) {
            if (running >= limits.concurrent()) {
                return Optional.of(refused("0x80072326", tooMany(), Duration.ofSeconds(1)));
            }
            if (requests.size() >= limits.requests()) {
                return Optional.of(refused("0x80072322", exceeded(), until(requests.getFirst(), now)));
            }
            if (executed.compareTo(limits.execution()) >= 0) {
                return Optional.of(refused(
                        "0x80072321", tooLong(), until(executions.getFirst().at(), now)));
            }
            return Optional.empty();
        }

        private Refusal refused(String code, String message, Duration wait) {
            return new Refusal(code, message, wait.plusSeconds(pushes));
        }

        private Duration until(Instant oldest, Instant now) {
            return Duration.ofSeconds(
                    1 + Duration.between(now, oldest.plus(limits.window())).toSeconds());
        }

        private void forget(Instant now) {
            Instant edge = now.minus(limits.window());
            while (!requests.isEmpty() && requests.getFirst().isBefore(edge)) {
                requests.removeFirst();
            }
            while (!executions.isEmpty() && executions.getFirst().at().isBefore(edge)) {
                executed = executed.minus(executions.removeFirst().time());
            }
        }
    }

    private String exceeded() {
        return "Number of requests exceeded the limit of " + limits.requests() + " over time window of "
                + limits.window().toSeconds() + " seconds.";
    }

    private String tooLong() {
        return "Combined execution time of incoming requests exceeded limit of "
                + limits.execution().toMillis() + " milliseconds over time window of "
                + limits.window().toSeconds() + " seconds. Decrease number of concurrent requests or reduce the"
                + " duration of requests and try again later.";
    }

    private String tooMany() {
        return "Number of concurrent requests exceeded the limit of " + limits.concurrent() + ".";
    }
}
