/**
 * Examines an installation for an administrator, and times one change from end to end.
 *
 * <p>Begin at {@link Doctor}. The checks are the other rooms' own; here they are run side by side, each with a limit,
 * and become a report. A check must never change anything, except the probe that is asked for.
 */
package dev.lockstep.doctor;
