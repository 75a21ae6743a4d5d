package dev.lockstep.agent;

import java.time.Duration;

/** A test's own limits. */
record CallLimits(Duration callTimeout, Duration attemptTimeout, int maxAttempts) implements StoreConfig {
    @Override
    public Duration baseDelay() {
        return Duration.ofMillis(5);
    }

    @Override
    public Duration maxDelay() {
        return Duration.ofMillis(20);
    }
}
