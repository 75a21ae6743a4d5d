package dev.lockstep.local.teams;

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
public record TeamsRules(
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

    public static TeamsRules harsh() {
        return new TeamsRules(Duration.ofSeconds(2), SameClass.PERSON_FIRST, true, true, Duration.ofDays(7), 280);
    }

    public TeamsRules withReadLag(Duration lag) {
        return new TeamsRules(
                lag, sameClass, calendarNeedsSession, outOfOfficeInActivity, longestPreferred, longestMessage);
    }

    public TeamsRules withSameClass(SameClass who) {
        return new TeamsRules(
                readLag, who, calendarNeedsSession, outOfOfficeInActivity, longestPreferred, longestMessage);
    }

    public TeamsRules withCalendarNeedsSession(boolean needs) {
        return new TeamsRules(readLag, sameClass, needs, outOfOfficeInActivity, longestPreferred, longestMessage);
    }

    public TeamsRules withOutOfOfficeInActivity(boolean shows) {
        return new TeamsRules(readLag, sameClass, calendarNeedsSession, shows, longestPreferred, longestMessage);
    }
}
