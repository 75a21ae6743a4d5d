package dev.lockstep.intake;

import dev.lockstep.concurrent.SequentialRunner;
import dev.lockstep.platform.ReadMeter;
import dev.lockstep.store.InMemoryControl;
import java.time.InstantSource;

/** Reads everybody, in tests. */
public final class GivenReader {
    private GivenReader() {}

    public static PlatformReader uncounted() {
        return counting((source, outcome) -> {});
    }

    public static PlatformReader counting(ReadMeter meter) {
        return new PlatformReader(
                new SequentialRunner(), meter, new InMemoryControl(InstantSource.system()), InstantSource.system());
    }
}
