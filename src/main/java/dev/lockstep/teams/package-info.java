/**
 * Microsoft Teams, both directions: polling, and what is written into our session and the preferred slot.
 *
 * <p>Begin at {@link TeamsPlatform} and {@link TeamsPoll}. A layered platform: Teams shows an aggregate and says
 * neither who set it nor when; {@link TeamsSlots} names what may stand there. Calls go through {@code teams.graph}; {@code teams.notifications} and
 * {@code teams.subscriptions} are the optional faster way.
 */
package dev.lockstep.teams;
