/**
 * The world on a laptop: every outside system simulated, one HTTP port before all functions, and the journey. Never
 * deployed.
 *
 * <p>Begin at {@link Main}. The product does not know this package.
 */
package dev.lockstep.local;
