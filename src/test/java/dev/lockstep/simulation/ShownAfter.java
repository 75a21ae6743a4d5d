package dev.lockstep.simulation;

import dev.lockstep.intake.IntakeOutcome;
import dev.lockstep.sync.SyncMeter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How long platforms took to show what was wanted, by platform and way. For several threads. */
final class ShownAfter implements Onlooker, SyncMeter {
    /** By platform and way, how often it took so many tenths of a second. */
    private final Map<String, TreeMap<Long, Long>> counts = new TreeMap<>();

    @Override
    public Optional<SyncMeter> meter() {
        return Optional.of(this);
    }

    @Override
    public synchronized void converged(String platform, String way, Duration took) {
        counts.computeIfAbsent(platform + " " + way, any -> new TreeMap<>())
                .merge((took.toMillis() + 99) / 100, 1L, Long::sum);
    }

    /** In seconds: half of all, and all but one in a hundred. */
    @Override
    public synchronized String toString() {
        return counts.entrySet().stream()
                .map(entry -> "%s %.1f/%.1f of %d"
                        .formatted(
                                entry.getKey(),
                                within(entry.getValue(), 0.5),
                                within(entry.getValue(), 0.99),
                                total(entry.getValue())))
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
    public void wrote(String platform, String outcome, Duration took) {}

    @Override
    public void read(String platform, String outcome) {}

    @Override
    public void handled(IntakeOutcome outcome) {}

    @Override
    public void decided(String trigger) {}

    @Override
    public void full(String what) {}

    @Override
    public void loopSuspected(String platform) {}
}
