/**
 * Keeps Graph's subscriptions to presences alive, in the name of service users.
 *
 * <p>Begin at {@link Subscriptions}. Optional, like the notifications that they bring. Each run compares what Graph
 * lists with what is wanted, so that runs may meet.
 */
package dev.lockstep.teams.subscriptions;
