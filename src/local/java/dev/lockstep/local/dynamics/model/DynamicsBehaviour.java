package dev.lockstep.local.dynamics.model;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * What the public documentation leaves open about omnichannel presence. The defaults are the harsher choice, so that
 * who works against them works against the gentler platform too.
 */
public record DynamicsBehaviour(Api api, Disconnect disconnect, Rows rows, Notifications notifications) {
    /** Back within this time after a disconnect, the former presence is restored ("Manage presence status"). */
    public static final Duration RECONNECT_WINDOW = Duration.ofSeconds(150);

    /** Whose id an API write leaves in {@code msdyn_presencemodifiedbyuserid}. */
    public enum Author {
        REPRESENTATIVE,
        APPLICATION,
        PLATFORM,
        NOBODY
    }

    /**
     * Traces of CCaaS_ModifyAgentPresence, which are undocumented. By default they are those of the representative's
     * own hand: nothing tells an echo from a choice but what was written and when.
     *
     * @param sticks whether an API write counts as manual for Offline, Away and Do not disturb
     * @param setsHidden whether a presence with {@code msdyn_canuserset} false is accepted
     */
    public record Api(String modifiedBy, Author modifiedByUser, AgentEvent event, boolean sticks, boolean setsHidden) {}

    /**
     * A closed tab, a sleeping device, a lost network.
     *
     * @param event what the row says at once
     * @param signsOut whether the representative counts as signed out at once (Modify then answers 404)
     * @param lapseLogsOut whether a Logout is written when the window has passed
     * @param lateReturn the event of a return after the window
     * @param signOutRestores whether who signs out and in again inside the window finds the former presence too
     */
    public record Disconnect(
            AgentEvent event, boolean signsOut, boolean lapseLogsOut, AgentEvent lateReturn, boolean signOutRestores) {}

    /**
     * How changes reach the table.
     *
     * @param delay from the omnichannel service's change to the row; reads and webhooks lag by it
     * @param everythingAlways every update carries all columns, so that a filter on the presence column lets changes of
     *     capacity through too
     * @param samePresenceIsWritten whether setting the presence that is already there writes a row (an echo)
     * @param existBeforeSignIn whether the row exists before the first sign-in
     * @param milliseconds pattern of {@code msdyn_presencemodifiedonwithmilliseconds}
     */
    public record Rows(
            Duration delay,
            boolean everythingAlways,
            boolean samePresenceIsWritten,
            boolean existBeforeSignIn,
            DateTimeFormatter milliseconds) {
        /** An older environment's, which knows the second of a change and no more. */
        public Rows withWholeSeconds() {
            DateTimeFormatter seconds =
                    DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);
            return new Rows(delay, everythingAlways, samePresenceIsWritten, existBeforeSignIn, seconds);
        }

        public Rows withDelay(Duration other) {
            return new Rows(other, everythingAlways, samePresenceIsWritten, existBeforeSignIn, milliseconds);
        }
    }

    /** Settings of missed and rejected notifications. */
    public record Notifications(boolean missedMakesInactive, boolean rejectedMakesDoNotDisturb) {}

    public static DynamicsBehaviour harsh() {
        return new DynamicsBehaviour(
                new Api("AGENT", Author.REPRESENTATIVE, AgentEvent.SET_PRESENCE, true, false),
                new Disconnect(AgentEvent.OTHER, true, false, AgentEvent.RECONNECT, true),
                new Rows(Duration.ofMillis(200), true, false, false, roundTrip()),
                new Notifications(true, true));
    }

    /** .NET's round-trip form: seven decimals, as the platform's own code writes instants. */
    private static DateTimeFormatter roundTrip() {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);
    }

    public DynamicsBehaviour withApi(Api other) {
        return new DynamicsBehaviour(other, disconnect, rows, notifications);
    }

    public DynamicsBehaviour withDisconnect(Disconnect other) {
        return new DynamicsBehaviour(api, other, rows, notifications);
    }

    public DynamicsBehaviour withRows(Rows other) {
        return new DynamicsBehaviour(api, disconnect, other, notifications);
    }

    public DynamicsBehaviour withNotifications(Notifications other) {
        return new DynamicsBehaviour(api, disconnect, rows, other);
    }
}
