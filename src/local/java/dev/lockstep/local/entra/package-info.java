/**
 * A simulated Microsoft Entra: tokens for applications and users, keys, errors as the real one words them.
 *
 * <p>Begin at {@link SimulatedEntra}.
 */
package dev.lockstep.local.entra;
