/**
 * The supervisor's page: every agent by team, on each platform.
 *
 * <p>Begin at {@link Board}. It reads what the index by team holds and changes nothing. Whatever comes from outside is
 * escaped before it reaches the page.
 */
package dev.lockstep.board;
