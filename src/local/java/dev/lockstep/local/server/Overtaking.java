package dev.lockstep.local.server;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Lets the next one pass first: how requests and notifications come out of order. */
final class Overtaking {
    private CompletableFuture<Void> held = CompletableFuture.completedFuture(null);

    /** Completes when another one has passed, or when {@code most} is over. */
    synchronized CompletableFuture<Void> hold(Duration most) {
        held.complete(null);
        held = new CompletableFuture<>();
        return held.copy().completeOnTimeout(null, most.toMillis(), TimeUnit.MILLISECONDS);
    }

    synchronized void passed() {
        held.complete(null);
    }
}
