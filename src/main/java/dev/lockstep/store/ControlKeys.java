package dev.lockstep.store;

/**
 * Every key of {@link Control} and what its value is. What ends with # is followed by a name, and perhaps by # and
 * another. Times are written as ISO 8601.
 */
public final class ControlKeys {
    /** {@code on}, {@code observe} or {@code off}: whether we write anywhere. Put by an administrator. */
    public static final String MODE = "mode";

    /** The same for a platform. */
    public static final String MODE_OF_PLATFORM = "mode#platform#";

    /** The same for a team. */
    public static final String MODE_OF_TEAM = "mode#team#";

    /** The same for an agent's id. */
    public static final String MODE_OF_AGENT = "mode#agent#";

    /** With the key of a mode that a person set: who, when, why and until when, in JSON. Begins otherwise than modes do. */
    public static final String MODE_REASON = "why-mode#";

    /**
     * A digest of all modes, once everybody whom they hold back no longer was made due; until all instances know of them,
     * with @ and when that was first done.
     */
    public static final String MODES_APPLIED = "applied-modes";

    /** When a mapping was last changed. */
    public static final String MAPPING_CHANGED = "mapping-changed";

    /** The same, once everybody was made due who came into a status before all instances knew of it. */
    public static final String MAPPING_KNOWN = "mapping-known";

    /** When the next turn of the bulk lane is free, in milliseconds since 1970. */
    public static final String BULK_LINE = "bulk-line";

    /** How far turns of the bulk lane lie apart, as ISO 8601 writes durations; absent once the lane was empty for long. */
    public static final String BULK_PACE = "bulk-pace";

    /** How many turns of the bulk lane were given since it was last empty. */
    public static final String BULK_ALL = "bulk-all";

    /**
     * With a platform and, where its agents are shared out, a client id: until when bulk writes to it wait; absent from
     * then on.
     */
    public static final String BULK_PAUSE = "pause#";

    /** With a source, such as {@code dynamics} or {@code phone}: when it last called us. */
    public static final String HEARD = "heard#";

    /** With a platform or a schedule, such as {@code teams} or {@code schedule:dynamics}: when all of it was last read. */
    public static final String READ = "read#";

    /** With a connection and a line that nobody has: how often it was told of in the last thirty days. */
    public static final String UNKNOWN_LINE = "unknown-line#";

    /** The same: when it was last told of. */
    public static final String UNKNOWN_LINE_SEEN = "unknown-line-seen#";

    /** With a connection and a kind of event that is not understood: how often it came in the last thirty days. */
    public static final String UNKNOWN_KIND = "unknown-kind#";

    /** The same: when it last came. */
    public static final String UNKNOWN_KIND_SEEN = "unknown-kind-seen#";

    /** With a connection and by how much the times of its events are wrong: how often in the last thirty days. */
    public static final String WRONG_TIME = "wrong-time#";

    /** The same: when one last came. */
    public static final String WRONG_TIME_SEEN = "wrong-time-seen#";

    /** With a connection and a reason: how often events were refused for it in the last thirty days. */
    public static final String REFUSED_EVENT = "refused-event#";

    /** The same: when one last was. */
    public static final String REFUSED_EVENT_SEEN = "refused-event-seen#";

    /** With a connection and a digest: when that signed message was taken; absent once it can come no more. */
    public static final String TAKEN_EVENT = "taken#";

    /**
     * With a connection and a digest of its URL: when the application there said that it wants no more messages; absent
     * once it has taken a test event.
     */
    public static final String ENDED_SUBSCRIPTION = "ended-subscription#";

    /**
     * With a connection, a name under which its calls are told of, and a call's id: the name of the line that has that call, for a
     * day. With such a name behind it: that this line had it.
     */
    public static final String CALL_ON_DEVICE = "call-on-device#";

    /** Dynamics' presences as last read, in JSON. */
    public static final String DYNAMICS_PRESENCES = "dynamics-presences";

    /**
     * With a digest of a service user's reference: the id, the end, a digest of the terms and the number of agents of
     * the subscription that we made for that user, with blanks between; absent once it has ended.
     */
    public static final String SUBSCRIPTION = "subscription#";

    /**
     * With a subscription's id: what Graph last said of its life, when that came and, where Graph told it, when the
     * subscription ends, with blanks between; absent once we have done what it asked for.
     */
    public static final String SUBSCRIPTION_LIFECYCLE = "subscription-lifecycle#";

    /** There, whatever its value, while Graph has asked us to leave subscriptions alone. */
    public static final String SUBSCRIPTION_PAUSE = "subscription-pause";

    /** With a digest of a service user's reference: there while the refresh token stored today is new enough. */
    public static final String REFRESH_TOKEN_STORED = "refresh-token#";

    /** With an id that Graph refuses in lists: when that was found; absent once it is tried again. */
    public static final String REFUSED_ID = "refused-id#";

    /**
     * When somebody was last found who is not in the index of pulses, or it was first looked at, and when it was last looked
     * at, with a blank between; absent if nobody has looked for long.
     */
    public static final String PULSES = "pulses";

    /** With the id of a browser's session: when it was signed out; absent once it would have ended anyway. */
    public static final String SIGNED_OUT = "signed-out#";

    /** Asked for when a function starts, so that the connection is open; never there. */
    public static final String WARM_UP = "warm-up";

    private ControlKeys() {}
}
