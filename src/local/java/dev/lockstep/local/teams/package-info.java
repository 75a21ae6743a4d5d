/**
 * A simulated Microsoft Graph for presence and shifts. The product reads presences only.
 *
 * <p>Begin at {@link SimulatedGraph}.
 */
package dev.lockstep.local.teams;
