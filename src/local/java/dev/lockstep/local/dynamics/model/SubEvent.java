package dev.lockstep.local.dynamics.model;

import dev.lockstep.local.dynamics.table.Choice;

/** Those values of msdyn_agentstatus_msdyn_subeventname that the simulated platform gives rise to. */
public enum SubEvent {
    ASSIGNMENT_ACCEPT(1, "Assignment Accept"),
    ASSIGNED_BY_SUPERVISOR(3, "Assigned By Supervisor"),
    TRANSFER(4, "Transfer"),
    OUTBOUND_CALL(5, "Representative Initiated Outbound Call"),
    AGENT_REJECT(7, "Agent Reject"),
    AGENT_TIMEOUT(8, "Agent Timeout"),
    AGENT_CLOSED(10, "Agent Closed"),
    AGENT_TRANSFERRED(12, "Agent Transfered");

    private final int number;
    private final String label;

    SubEvent(int number, String label) {
        this.number = number;
        this.label = label;
    }

    public Choice choice() {
        return new Choice(192350000 + number, label);
    }
}
