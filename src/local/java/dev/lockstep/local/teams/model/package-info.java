/**
 * How Teams presence behaves: sessions, precedence, fading, the preferred slot, expiries. No HTTP in here.
 *
 * <p>Begin at {@link TeamsModel}. The simulation in the tests uses the same model in a time of its own.
 */
package dev.lockstep.local.teams.model;
