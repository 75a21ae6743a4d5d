/**
 * Calls of Dataverse's Web API: presences, status rows, users, bookings, set-up. No meaning is made of them here.
 *
 * <p>Begin at {@link OmnichannelApi}. Every failure becomes a {@link dev.lockstep.platform.PlatformException} that
 * says what to do.
 */
package dev.lockstep.dynamics.dataverse;
