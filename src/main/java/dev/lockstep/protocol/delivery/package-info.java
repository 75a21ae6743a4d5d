/**
 * What was called lately on a connection, in both directions, and what came of it.
 *
 * <p>Begin at {@link DeliveryLog}.
 */
package dev.lockstep.protocol.delivery;
