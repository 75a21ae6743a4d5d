package dev.lockstep.alarm;

import dev.lockstep.concurrent.SettableClock;
import dev.lockstep.function.PrintedMetrics;
import dev.lockstep.sync.SyncHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A contact centre of some size, minute by minute, as far as it can be told by metrics: people work from eight to half
 * past four, and an agent's day is that of {@code docs/limits-and-tuning.md}.
 */
final class Centre {
    private static final double MINUTES_OF_WORK = 510;
    private static final Map<String, Integer> RUNS_A_DAY =
            Map.of("phone-event", 200, "dynamics-change", 140, "sync", 34, "teams-change", 100);

    final int agents;
    final SettableClock clock;
    final PrintedMetrics own;
    final Random random = new Random(5);
    private final Map<String, Integer> everyMinutes;
    private final CloudWatch metrics;
    private final Map<String, Double> rest = new TreeMap<>();
    private long minutes;

    /** @param everyMinutes how often what runs by the clock does */
    Centre(int agents, Map<String, Integer> everyMinutes, Instant from, CloudWatch metrics) {
        this.agents = agents;
        this.everyMinutes = everyMinutes;
        this.metrics = metrics;
        this.clock = new SettableClock(from);
        this.own = new PrintedMetrics(clock);
    }

    void run(Duration time, Consumer<Centre> eachMinute) {
        for (minutes = 0; minutes < time.toMinutes(); minutes++) {
            eachMinute.accept(this);
            own.publish().forEach(metrics::log);
            clock.advance(Duration.ofMinutes(1));
        }
    }

    /** Since what is told now began. */
    long minutes() {
        return minutes;
    }

    /** Once in so many minutes. */
    boolean happens(int inMinutes) {
        return minuteOfDay() % inMinutes == 7 % inMinutes;
    }

    /** When a shift of thousands ends, each waits for their turn. */
    boolean isEveningWave() {
        long since = minuteOfDay() - 480 - (long) MINUTES_OF_WORK;
        return agents >= 1_000 && since >= 0 && since < 14;
    }

    private long minuteOfDay() {
        return clock.instant().getEpochSecond() / 60 % 1440;
    }

    boolean isAtWork() {
        return minuteOfDay() >= 480 && minuteOfDay() < 480 + MINUTES_OF_WORK;
    }

    /** How often something happens this minute that happens so often in an agent's day. */
    int times(String what, double inAnAgentsDay) {
        double due = isAtWork() ? rest.getOrDefault(what, 0.0) + agents * inAnAgentsDay / MINUTES_OF_WORK : 0;
        rest.put(what, due - (int) due);
        return (int) due;
    }

    /** Supervisors look at a board that asks every few seconds, one for 25 agents; somebody tries by hand what runs by hand. */
    int runs(String function) {
        if (everyMinutes.containsKey(function)) {
            return minuteOfDay() % everyMinutes.get(function) == 0 ? 1 : 0;
        }
        if (RUNS_A_DAY.containsKey(function)) {
            return times(function, RUNS_A_DAY.get(function));
        }
        return function.equals("board") || function.equals("api")
                ? times(function, 12 * MINUTES_OF_WORK / 25)
                : isAtWork() ? 1 : 0;
    }

    void aws(String namespace, String metric, Map<String, String> dimensions, double value) {
        metrics.put(new CloudWatch.Series(namespace, metric, dimensions), clock.instant(), value);
    }

    void census(long outOfSync, long unreadable, Map<String, Duration> heard, Map<String, Duration> read) {
        own.counted(new SyncHealth.Count(
                outOfSync, unreadable, isAtWork() ? new TreeMap<>(heard) : new TreeMap<>(), new TreeMap<>(read)));
    }
}
