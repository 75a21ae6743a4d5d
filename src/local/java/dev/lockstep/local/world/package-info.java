/**
 * Puts the laptop world together: store, queue, functions, gateway, timers, simulated systems, and the journey that
 * checks itself.
 *
 * <p>Begin at {@link LocalWorld} and {@link Journey}.
 */
package dev.lockstep.local.world;
