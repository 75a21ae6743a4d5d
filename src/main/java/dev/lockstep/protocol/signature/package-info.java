/**
 * Signs and checks messages as Standard Webhooks 1.0.0.
 *
 * <p>Begin at {@link StandardWebhooks}. Comparisons take constant time.
 */
package dev.lockstep.protocol.signature;
