/**
 * What every event reads of the configuration: connections, mappings, lines, secrets. An administrator's requests,
 * which change them, are in {@code administration}.
 *
 * <p>Begin at {@link Connections} and {@link Secrets}. What is read is at most half a minute old, and the last good
 * value holds while the store does not answer.
 */
package dev.lockstep.configured;
