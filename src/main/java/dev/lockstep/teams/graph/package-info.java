/**
 * Calls of Microsoft Graph for presence. No meaning is made of them here.
 *
 * <p>Begin at {@link PresenceApi}. Every failure becomes a {@link dev.lockstep.platform.PlatformException} that says
 * what to do.
 */
package dev.lockstep.teams.graph;
