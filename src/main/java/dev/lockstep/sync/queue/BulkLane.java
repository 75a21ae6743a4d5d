package dev.lockstep.sync.queue;

import dev.lockstep.store.Control;
import dev.lockstep.store.ControlKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Paces work that concerns many agents, such as the end of a shift, for all instances together: at most four fifths of
 * what each platform publishes as its limit, so that interactive events always find room. A platform that says "too
 * many" pauses the lane for everybody until the time that it names.
 */
public final class BulkLane {
    /**
     * Writes in ten seconds. Dataverse: 6,000 requests in five minutes for a user (api-limits), 200 in ten seconds.
     * Graph presence: 1,500 in thirty seconds (presence-get; the general limits page says more), 500 in ten seconds, and
     * up to two writes for an agent.
     */
    private static final Map<String, Integer> AGENTS_IN_TEN_SECONDS = Map.of("dynamics", 160, "teams", 200);

    private static final int WINDOW_SECONDS = 10;

    private final Control control;
    private final InstantSource clock;

    public BulkLane(Control control, InstantSource clock) {
        this.control = control;
        this.clock = clock;
    }

    /** @return empty if an agent's turn is now; else how long to wait before asking again */
    public Optional<Duration> turn() {
        Instant now = clock.instant();
        Optional<Duration> pause = AGENTS_IN_TEN_SECONDS.keySet().stream()
                .flatMap(platform -> pausedUntil(platform).stream())
                .filter(now::isBefore)
                .map(until -> Duration.between(now, until))
                .max(Duration::compareTo);
        return pause.isPresent() ? pause : budget(now);
    }

    private Optional<Duration> budget(Instant now) {
        long window = now.getEpochSecond() / WINDOW_SECONDS;
        Instant end = Instant.ofEpochSecond((window + 1) * WINDOW_SECONDS);
        boolean granted = AGENTS_IN_TEN_SECONDS.entrySet().stream()
                .allMatch(limit -> control.take(
                        ControlKeys.BULK_BUDGET + limit.getKey() + "#" + window,
                        1,
                        limit.getValue(),
                        end.plusSeconds(60)));
        return granted ? Optional.empty() : Optional.of(Duration.between(now, end));
    }

    /** Notes that a platform asked everybody to wait. Answers overtake each other: the longest wait counts. */
    public void pause(String platform, Duration wait) {
        Instant until = clock.instant().plus(wait);
        if (pausedUntil(platform).filter(until::isBefore).isEmpty()) {
            control.put(ControlKeys.BULK_PAUSE + platform, until.toString(), Optional.of(until));
        }
    }

    private Optional<Instant> pausedUntil(String platform) {
        return control.get(ControlKeys.BULK_PAUSE + platform).map(Instant::parse);
    }
}
