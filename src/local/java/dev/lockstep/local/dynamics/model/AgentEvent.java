package dev.lockstep.local.dynamics.model;

import dev.lockstep.local.dynamics.table.Choice;

/** Global choice msdyn_agentstatus_msdyn_eventname: why an agent status row was written. */
public enum AgentEvent {
    CONFIGURATION_UPDATE(1, "Configuration Update"),
    NEW_USER(2, "New User"),
    LOGIN(3, "Login"),
    RECONNECT(4, "Reconnect"),
    LOGOUT(5, "Logout"),
    SET_PRESENCE(6, "Set Presence"),
    MISSED_NOTIFICATION(7, "Missed Notification"),
    REJECTED_NOTIFICATION(8, "Rejected Notification"),
    OTHER(9, "Other"),
    RESET_PRESENCE(10, "Reset Missed/Rejected Notification Presence"),
    SESSION_ASSIGNED(12, "Session Assigned"),
    SESSION_CLOSED(13, "Session Closed");

    private final int number;
    private final String label;

    AgentEvent(int number, String label) {
        this.number = number;
        this.label = label;
    }

    public Choice choice() {
        return new Choice(192350000 + number, label);
    }
}
