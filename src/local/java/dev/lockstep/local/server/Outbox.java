package dev.lockstep.local.server;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Sends a platform's notifications after their latency, with the faults that are switched on. */
public final class Outbox {
    private final ServerFaults faults;
    private final ScheduledExecutorService timers;
    private final Overtaking overtaking = new Overtaking();

    public Outbox(ServerFaults faults, ScheduledExecutorService timers) {
        this.faults = faults;
        this.timers = timers;
    }

    /**
     * Runs {@code delivery} once, several times, late, after the next one, or never.
     *
     * @param receiver the path of the receiver's URL; faults match it as {@code "NOTIFY <path>"}
     * @param latency what the platform takes anyway
     */
    public void send(String receiver, Duration latency, Runnable delivery) {
        Duration delay = latency;
        Duration heldFor = Duration.ZERO;
        int copies = 1;
        for (Fault fault : faults.strike("NOTIFY", receiver)) {
            switch (fault.kind()) {
                case DELAY -> delay = delay.plus(fault.delay());
                case DUPLICATE -> copies++;
                case REORDER -> heldFor = fault.delay();
                case DROP -> copies = 0;
                case TOO_MANY, SERVER_ERROR, HANG, HTML_ERROR, EMPTY_ERROR -> {}
            }
            if (copies == 0) {
                return;
            }
        }
        for (int i = 0; i < copies; i++) {
            schedule(delay, heldFor, delivery);
        }
    }

    private void schedule(Duration delay, Duration heldFor, Runnable delivery) {
        Runnable departure = heldFor.isZero()
                ? () -> pass(delivery)
                : () -> overtaking.hold(heldFor).thenRunAsync(delivery, Thread::startVirtualThread);
        timers.schedule(departure, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void pass(Runnable delivery) {
        Thread.startVirtualThread(() -> {
            delivery.run();
            overtaking.passed();
        });
    }
}
