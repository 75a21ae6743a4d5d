package dev.lockstep.platform;

import java.time.Duration;

/** Waits for a while. */
@FunctionalInterface
public interface Pause {
    void of(Duration duration) throws InterruptedException;
}
