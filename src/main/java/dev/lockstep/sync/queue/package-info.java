/**
 * Agents who must be looked at again: retries, and the paced lane for work that concerns many.
 *
 * <p>Begin at {@link RetryQueue}. A message says who must be looked at and not what to do, and losing one does no
 * harm.
 */
package dev.lockstep.sync.queue;
