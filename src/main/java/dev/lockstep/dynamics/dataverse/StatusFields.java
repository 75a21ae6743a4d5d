package dev.lockstep.dynamics.dataverse;

/**
 * Fields of an observation of {@code msdyn_agentstatus}, whether it came by webhook or was read. What a message does
 * not carry is absent.
 */
public final class StatusFields {
    /** msdyn_currentpresenceid, in lower case. */
    public static final String PRESENCE_ID = "presenceId";

    /** msdyn_isagentloggedin: {@code true} or {@code false}. */
    public static final String LOGGED_IN = "loggedIn";

    /** msdyn_presencemodifiedonwithmilliseconds, or msdyn_presencemodifiedon where that is missing; ISO instant. */
    public static final String PRESENCE_MODIFIED_ON = "presenceModifiedOn";

    /** {@code true} where {@link #PRESENCE_MODIFIED_ON} is told in whole seconds only, as older environments do. */
    public static final String WHOLE_SECONDS = "wholeSeconds";

    /** msdyn_presencemodifiedby: {@code AGENT}, {@code SYSTEM} or what else there may be. */
    public static final String MODIFIED_BY = "modifiedBy";

    /** msdyn_presencemodifiedbyuserid, in lower case. */
    public static final String MODIFIED_BY_USER = "modifiedByUser";

    /** msdyn_eventname as its number: 192350003 Login … */
    public static final String EVENT = "event";

    /** msdyn_assignedconversationcount. */
    public static final String CONVERSATIONS = "conversations";

    /** msdyn_availableunitscapacity: what may still be given; less than 0 after an assignment beyond capacity. */
    public static final String UNITS_LEFT = "unitsLeft";

    /** msdyn_isblockedbysomeprofile: a used-up capacity profile keeps all other work away. */
    public static final String BLOCKED = "blocked";

    /** When Dataverse did it: OperationCreatedOn of a webhook, modifiedon of a row; ISO instant. */
    public static final String CHANGED_ON = "changedOn";

    /** How it came: {@code webhook} or {@code read}. */
    public static final String BY = "by";

    /** How many seconds after {@link #CHANGED_ON} the last messages came, where that was long; our own reckoning. */
    public static final String LAGS = "lags";

    private StatusFields() {}
}
