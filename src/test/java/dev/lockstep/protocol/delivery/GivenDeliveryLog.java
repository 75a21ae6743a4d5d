package dev.lockstep.protocol.delivery;

import dev.lockstep.concurrent.SequentialRunner;
import dev.lockstep.store.InMemoryTimeline;
import java.time.Duration;
import java.time.InstantSource;

/** Logs of deliveries for tests. */
public final class GivenDeliveryLog {
    private GivenDeliveryLog() {}

    /** One that stands in memory. */
    public static DeliveryLog in(InstantSource clock) {
        return new DeliveryLog(new InMemoryTimeline(Duration.ofDays(30), clock), new SequentialRunner(), clock);
    }
}
