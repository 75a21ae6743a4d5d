package dev.lockstep.local.dynamics.webhook;

import java.time.Duration;

/**
 * How long asynchronous deliveries take. Each draws its own delay, so that two changes may arrive in either order, as
 * documented: "execution order isn't guaranteed".
 *
 * @param retryAfter before the only retry; not documented
 */
public record WebhookTiming(Duration least, Duration most, Duration retryAfter) {

    public static WebhookTiming usual() {
        return new WebhookTiming(Duration.ofMillis(80), Duration.ofMillis(700), Duration.ofSeconds(2));
    }
}
