package dev.lockstep.simulation;

import dev.lockstep.intake.IntakeOutcome;
import dev.lockstep.sync.SyncMeter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How long platforms took to show what was wanted, by platform and way. For several threads. */
final class ShownAfter implements Onlooker, SyncMeter {
    /** By platform and way, how often it took so many tenths of a second. */
    private final Map<String, TreeMap<Long, Long>> counts = new TreeMap<>();

    private final Optional<SyncMeter> also;

    /** @param also who is told everything too */
    ShownAfter(Optional<SyncMeter> also) {
        this.also = also;
    }

    @Override
    public Optional<SyncMeter> meter() {
        return Optional.of(this);
    }

    @Override
    public synchronized void converged(String platform, String way, Duration took) {
        counts.computeIfAbsent(platform + " " + way, any -> new TreeMap<>())
                .merge((took.toMillis() + 99) / 100, 1L, Long::sum);
        also.ifPresent(meter -> meter.converged(platform, way, took));
    }

    synchronized void beginAnew() {
        counts.clear();
    }

    /** By platform and way. */
    synchronized List<Measured.Shown> times() {
        return counts.entrySet().stream()
                .map(entry -> new Measured.Shown(
                        entry.getKey(),
                        within(entry.getValue(), 0.5),
                        within(entry.getValue(), 0.99),
                        total(entry.getValue())))
                .toList();
    }

    @Override
    public String toString() {
        return times().stream()
                .map(time -> "%s %.1f/%.1f of %d".formatted(time.what(), time.half(), time.most(), time.times()))
                .collect(Collectors.joining(", "));
    }

    private static double within(TreeMap<Long, Long> tenths, double share) {
        long left = (long) Math.ceil(total(tenths) * share);
        for (Map.Entry<Long, Long> entry : tenths.entrySet()) {
            left -= entry.getValue();
            if (left <= 0) {
                return entry.getKey() / 10.0;
            }
        }
        return 0;
    }

    private static long total(TreeMap<Long, Long> tenths) {
        return tenths.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void wrote(String platform, String outcome, Duration took) {
        also.ifPresent(meter -> meter.wrote(platform, outcome, took));
    }

    @Override
    public void read(String platform, String outcome) {
        also.ifPresent(meter -> meter.read(platform, outcome));
    }

    @Override
    public void handled(IntakeOutcome outcome) {
        also.ifPresent(meter -> meter.handled(outcome));
    }

    @Override
    public void decided(String trigger) {
        also.ifPresent(meter -> meter.decided(trigger));
    }

    @Override
    public void full(String what) {
        also.ifPresent(meter -> meter.full(what));
    }

    @Override
    public void loopSuspected(String platform) {
        also.ifPresent(meter -> meter.loopSuspected(platform));
    }
}
