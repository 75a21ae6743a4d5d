/**
 * What third-party applications ask and tell over HTTP: presence, team, timeline, explanation.
 *
 * <p>Begin at {@link Api}. Every refusal is a problem of RFC 9457. What an application sets becomes evidence like any
 * other source's; nothing here writes to a platform.
 */
package dev.lockstep.api;
