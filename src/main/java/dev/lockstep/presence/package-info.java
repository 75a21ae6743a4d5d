/**
 * The core: what is known of an agent, and what follows from it. Pure: only {@code java.*}, no clock, no input or
 * output.
 *
 * <p>A {@link Signal} is folded into a {@link Situation}, from which a {@link Decider} makes a {@link Decision}. Order
 * and repetition of signals make no difference.
 */
package dev.lockstep.presence;
