package dev.lockstep.concurrent;

import java.time.Duration;

/** Waits for a while. */
@FunctionalInterface
public interface Sleeper {
    void of(Duration duration) throws InterruptedException;
}
