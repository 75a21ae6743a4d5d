package dev.lockstep.local.teams.model;

/** Availability and activity, as Teams writes them. */
public record Pair(String availability, String activity) {
    public static final Pair AVAILABLE = new Pair("Available", "Available");
    public static final Pair AVAILABLE_INACTIVE = new Pair("Available", "AvailableInactive");
    public static final Pair AVAILABLE_OUT_OF_OFFICE = new Pair("Available", "OutOfOffice");
    public static final Pair BUSY = new Pair("Busy", "Busy");
    public static final Pair IN_A_CALL = new Pair("Busy", "InACall");
    public static final Pair IN_A_CONFERENCE_CALL = new Pair("Busy", "InAConferenceCall");
    public static final Pair IN_A_MEETING = new Pair("Busy", "InAMeeting");
    public static final Pair DO_NOT_DISTURB = new Pair("DoNotDisturb", "DoNotDisturb");
    public static final Pair PRESENTING = new Pair("DoNotDisturb", "Presenting");
    public static final Pair BE_RIGHT_BACK = new Pair("BeRightBack", "BeRightBack");
    public static final Pair AWAY = new Pair("Away", "Away");
    public static final Pair APPEAR_OFFLINE = new Pair("Offline", "OffWork");
    public static final Pair OFFLINE = new Pair("Offline", "Offline");
    public static final Pair UNKNOWN = new Pair("PresenceUnknown", "PresenceUnknown");

    @Override
    public String toString() {
        return availability + "/" + activity;
    }
}
