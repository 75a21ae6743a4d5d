package dev.lockstep.sync.queue;

import dev.lockstep.platform.BulkLimit;
import dev.lockstep.platform.PlatformCatalogue;
import dev.lockstep.platform.PlatformDescriptor;
import dev.lockstep.store.Control;
import dev.lockstep.store.ControlKeys;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Paces work that concerns many agents, such as the end of a shift, for all instances together: at most what each kind
 * of platform takes ({@link BulkLimit}), so that interactive events always find room. A platform with a limit that says
 * "too many" pauses the lane for everybody until the time that it names.
 */
@Singleton
public final class BulkLane {
    private static final int WINDOW_SECONDS = 10;

    private final PlatformCatalogue platforms;
    private final SortedMap<String, Integer> agentsPerWindow = new TreeMap<>();
    private final Control control;
    private final InstantSource clock;

    @Inject
    public BulkLane(PlatformCatalogue platforms, Control control, InstantSource clock) {
        this.platforms = platforms;
        this.control = control;
        this.clock = clock;
        for (PlatformDescriptor platform : platforms.all()) {
            if (platform.bulkLimit() instanceof BulkLimit.PerTenSeconds limit) {
                agentsPerWindow.put(platform.name(), limit.agents());
            }
        }
    }

    /** @return empty if an agent's turn is now; else how long to wait before asking again */
    public Optional<Duration> turn() {
        Instant now = clock.instant();
        Optional<Duration> pause = agentsPerWindow.keySet().stream()
                .flatMap(kind -> pausedUntil(kind).stream())
                .filter(now::isBefore)
                .map(until -> Duration.between(now, until))
                .max(Duration::compareTo);
        return pause.isPresent() ? pause : budget(now);
    }

    private Optional<Duration> budget(Instant now) {
        long window = now.getEpochSecond() / WINDOW_SECONDS;
        Instant end = Instant.ofEpochSecond((window + 1) * WINDOW_SECONDS);
        boolean granted = agentsPerWindow.entrySet().stream().allMatch(limit -> take(limit, window, end));
        return granted ? Optional.empty() : Optional.of(Duration.between(now, end));
    }

    private boolean take(Map.Entry<String, Integer> limit, long window, Instant end) {
        return control.take(
                ControlKeys.BULK_BUDGET + limit.getKey() + "#" + window, 1, limit.getValue(), end.plusSeconds(60));
    }

    /**
     * Notes that a platform asked everybody to wait. Answers overtake each other: the longest wait counts. One without
     * a limit does not hold up the others; what is to be written there waits by itself.
     */
    public void pause(String platform, Duration wait) {
        platforms
                .describing(platform)
                .map(PlatformDescriptor::name)
                .filter(agentsPerWindow::containsKey)
                .ifPresent(kind -> pauseAll(kind, clock.instant().plus(wait)));
    }

    private void pauseAll(String kind, Instant until) {
        if (pausedUntil(kind).filter(until::isBefore).isEmpty()) {
            control.put(ControlKeys.BULK_PAUSE + kind, until.toString(), Optional.of(until));
        }
    }

    private Optional<Instant> pausedUntil(String kind) {
        return control.get(ControlKeys.BULK_PAUSE + kind).map(Instant::parse);
    }
}
