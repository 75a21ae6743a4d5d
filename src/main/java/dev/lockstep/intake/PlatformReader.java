package dev.lockstep.intake;

import dev.lockstep.concurrent.ParallelRunner;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.ReadMeter;
import dev.lockstep.store.Control;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Reads for whoever reads everybody by the clock. Each page of an answer has a limit of its own, and there may be many:
 * this one holds for all of them together, so that a source which hangs costs a run its own part of the time. When a
 * source was last read is noted: a poll that fails, or does not run, is nobody's error and seen only by that.
 */
@Singleton
public final class PlatformReader {
    private final ParallelRunner threads;
    private final ReadMeter meter;
    private final Control control;
    private final InstantSource clock;
    private final Map<String, LastTime> lastReads = new ConcurrentHashMap<>();

    @Inject
    public PlatformReader(ParallelRunner threads, ReadMeter meter, Control control, InstantSource clock) {
        this.threads = threads;
        this.meter = meter;
        this.control = control;
        this.clock = clock;
    }

    /**
     * @param source a platform or a schedule, by its name
     * @param limit for all pages together; a reading that has not ended by then is given up
     * @throws PlatformException as the reading did; {@link PlatformException.Unreachable} if it was given up
     */
    public <T> T read(String source, Duration limit, Supplier<T> reading) {
        T answer = meter.counting(source, () -> within(limit, reading));
        lastReads.computeIfAbsent(source, name -> LastTime.read(control, name)).at(clock.instant());
        return answer;
    }

    private <T> T within(Duration limit, Supplier<T> reading) {
        return threads.run(reading::get, limit)
                .orElseThrow(() ->
                        new PlatformException.Unreachable("not all was answered within " + limit.toMillis() + " ms"));
    }
}
