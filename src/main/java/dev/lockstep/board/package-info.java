/**
 * The supervisor's pages: every agent by team, on each platform, and one agent; and an agent's own.
 *
 * <p>Begin at {@link Board}. It reads what the index by team holds. Whatever comes from outside is
 * escaped before it reaches the page.
 */
package dev.lockstep.board;
