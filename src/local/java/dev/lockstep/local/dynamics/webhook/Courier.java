package dev.lockstep.local.dynamics.webhook;

import java.time.Duration;

/**
 * Lets a delivery leave after a while: once, or, where faults are switched on, late, twice, out of order or never.
 * The local world's is {@code Outbox::send}.
 */
@FunctionalInterface
public interface Courier {
    void send(String receiver, Duration latency, Runnable delivery);
}
