/**
 * How the simulated contact centre behaves: sign-in, presence, capacity, reconnects, routing, shifts. No HTTP in here.
 *
 * <p>Begin at {@link DynamicsModel}. The simulation in the tests uses the same model in a time of its own.
 */
package dev.lockstep.local.dynamics.model;
