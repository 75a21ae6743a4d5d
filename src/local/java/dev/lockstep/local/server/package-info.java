/**
 * What all simulated systems have in common: an HTTPS server with a private authority, routes, and faults that can be
 * switched on.
 *
 * <p>Begin at {@link SimulatedServer}.
 */
package dev.lockstep.local.server;
