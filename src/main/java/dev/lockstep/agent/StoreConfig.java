package dev.lockstep.agent;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What an installation may set about its store. Region, endpoint and credentials are {@code quarkus.dynamodb.*}. */
@ConfigMapping(prefix = "lockstep")
public interface StoreConfig {
    /** Stands before every table's name. */
    @WithDefault("lockstep-")
    String tablePrefix();

    TimelineConfig timeline();

    Calls store();

    /** What is set about the timeline. */
    interface TimelineConfig {
        /** How long an event is kept. */
        @WithDefault("30d")
        Duration retention();
    }

    /**
     * How long one call may take. The defaults let one lost packet be retried inside the two seconds that a webhook's
     * sender waits.
     */
    interface Calls {
        /** All attempts and waits together. */
        @WithDefault("1s")
        Duration callTimeout();

        @WithDefault("400ms")
        Duration attemptTimeout();

        /** The first one included. */
        @WithDefault("3")
        int maxAttempts();

        /** The longest wait before the second attempt; it doubles, and the wait is drawn at random below it. */
        @WithDefault("25ms")
        Duration baseDelay();

        @WithDefault("200ms")
        Duration maxDelay();
    }
}
