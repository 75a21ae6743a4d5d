package dev.lockstep.store.dynamodb;

import dev.lockstep.settings.LockstepSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * How long one call of the store may take. The defaults let one lost packet be retried inside the two seconds that a
 * webhook's sender waits. Region, endpoint and credentials are {@code quarkus.dynamodb.*}.
 */
@ConfigMapping(prefix = "lockstep.store")
public interface StoreSettings extends LockstepSettings {
    /** All attempts and waits together. */
    @WithDefault("1s")
    Duration callTimeout();

    @WithDefault("400ms")
    Duration attemptTimeout();

    /** How long after the last call its connection is used again: a function may have been frozen meanwhile. */
    @WithDefault("5s")
    Duration idleLimit();

    /** The first one included. */
    @WithDefault("3")
    int maxAttempts();

    /** The longest wait before the second attempt; it doubles, and the wait is drawn at random below it. */
    @WithDefault("25ms")
    Duration baseDelay();

    /** What the longest wait never exceeds, however often it doubles. */
    @WithDefault("200ms")
    Duration maxDelay();
}
