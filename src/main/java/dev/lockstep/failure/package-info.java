/**
 * Failures that nobody foresaw: how they are told to whoever has to find them.
 *
 * <p>Begin at {@link StackTrace}. Knows nobody, so that every room may use it.
 */
package dev.lockstep.failure;
