package dev.lockstep.store.dynamodb;

import java.time.Duration;

/** A test's own limits. */
record CallLimits(Duration callTimeout, Duration attemptTimeout, int maxAttempts) implements StoreSettings {
    @Override
    public Duration baseDelay() {
        return Duration.ofMillis(5);
    }

    @Override
    public Duration maxDelay() {
        return Duration.ofMillis(20);
    }
}
