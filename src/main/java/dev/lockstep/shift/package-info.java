/**
 * When shifts begin and end: reads schedules and tells each agent's shifts.
 *
 * <p>Begin at {@link ShiftPoll}; a schedule is a {@link ShiftSource}. Single bookings become shifts in
 * {@link ShiftBook}. Only instants are compared, so that time zones need no rule.
 */
package dev.lockstep.shift;
