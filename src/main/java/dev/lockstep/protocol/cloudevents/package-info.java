/**
 * Reads and writes CloudEvents 1.0 in the structured JSON form, strictly.
 *
 * <p>Begin at {@link StructuredMode}.
 */
package dev.lockstep.protocol.cloudevents;
