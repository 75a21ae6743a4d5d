package dev.lockstep.local.teams.model;

import java.time.Duration;

/**
 * What Microsoft's pages leave open about presence. {@link #harsh()} takes the side that is harder for a caller.
 *
 * @param readLag reads show the state of this long ago
 * @param sameClass whose activity shows when two sessions are of the same class, such as two kinds of Busy
 * @param calendarNeedsSession a calendar meeting shows only while some session exists
 * @param outOfOfficeInActivity Available shows as {@code Available/OutOfOffice} while the person is out of office
 * @param longestPreferred the longest {@code expirationDuration} of a preferred presence
 * @param longestMessage the most characters of a status message
 */
public record TeamsBehaviour(
        Duration readLag,
        SameClass sameClass,
        boolean calendarNeedsSession,
        boolean outOfOfficeInActivity,
        Duration longestPreferred,
        int longestMessage) {

    /** Who shows among sessions of one class. */
    public enum SameClass {
        PERSON_FIRST,
        APPLICATION_FIRST,
        MOST_RECENT
    }

    public static TeamsBehaviour harsh() {
        return new TeamsBehaviour(Duration.ofSeconds(2), SameClass.PERSON_FIRST, true, true, Duration.ofDays(7), 280);
    }

    public TeamsBehaviour withReadLag(Duration lag) {
        return new TeamsBehaviour(
                lag, sameClass, calendarNeedsSession, outOfOfficeInActivity, longestPreferred, longestMessage);
    }

    public TeamsBehaviour withSameClass(SameClass who) {
        return new TeamsBehaviour(
                readLag, who, calendarNeedsSession, outOfOfficeInActivity, longestPreferred, longestMessage);
    }

    public TeamsBehaviour withCalendarNeedsSession(boolean needs) {
        return new TeamsBehaviour(readLag, sameClass, needs, outOfOfficeInActivity, longestPreferred, longestMessage);
    }

    public TeamsBehaviour withOutOfOfficeInActivity(boolean shows) {
        return new TeamsBehaviour(readLag, sameClass, calendarNeedsSession, shows, longestPreferred, longestMessage);
    }
}
