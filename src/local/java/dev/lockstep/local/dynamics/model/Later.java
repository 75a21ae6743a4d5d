package dev.lockstep.local.dynamics.model;

import java.time.Duration;

/** Runs something after a while: a timer in the local world, virtual time in a deterministic simulation. */
@FunctionalInterface
public interface Later {
    void after(Duration delay, Runnable task);
}
