package dev.lockstep.intake;

import dev.lockstep.concurrent.ParallelRunner;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.ReadMeter;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Reads for whoever reads everybody by the clock. Each page of an answer has a limit of its own, and there may be many:
 * this one holds for all of them together, so that a source which hangs costs a run its own part of the time.
 */
@Singleton
public final class PlatformReader {
    private final ParallelRunner threads;
    private final ReadMeter meter;

    @Inject
    public PlatformReader(ParallelRunner threads, ReadMeter meter) {
        this.threads = threads;
        this.meter = meter;
    }

    /**
     * @param source a platform or a schedule, by its name
     * @param limit for all pages together; a reading that has not ended by then is given up
     * @throws PlatformException as the reading did; {@link PlatformException.Unreachable} if it was given up
     */
    public <T> T read(String source, Duration limit, Supplier<T> reading) {
        return meter.counting(source, () -> within(limit, reading));
    }

    private <T> T within(Duration limit, Supplier<T> reading) {
        Callable<T> task = reading::get;
        Optional<T> answer = threads.runAll(List.of(task), limit).getFirst();
        return answer.orElseThrow(
                () -> new PlatformException.Unreachable("not all was answered within " + limit.toMillis() + " ms"));
    }
}
