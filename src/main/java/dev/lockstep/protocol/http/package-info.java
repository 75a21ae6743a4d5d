/**
 * HTTP as outside systems speak it, whatever brought a call here: calls, the edge that turns failures into answers,
 * refusals, {@code Retry-After}, origins.
 *
 * <p>Begin at {@link Endpoint} and {@link HttpEdge}, which stands around every one of them. Bodies stay raw bytes, because signatures are over these.
 */
package dev.lockstep.protocol.http;
