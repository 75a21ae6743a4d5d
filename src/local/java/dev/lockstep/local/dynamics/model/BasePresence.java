package dev.lockstep.local.dynamics.model;

import java.util.UUID;

/**
 * The five base statuses that routing knows; a custom presence maps to one of them. Choice values and the ids of the
 * out-of-box rows as in "Synchronize presence status" and the msdyn_presence table reference, learn.microsoft.com.
 */
public enum BasePresence {
    AVAILABLE(192360000, "Available", "f523f628-c07a-e811-8162-000d3aa11f50"),
    BUSY(192360001, "Busy", "efdeb843-c07a-e811-8162-000d3aa11f50"),
    BUSY_DO_NOT_DISTURB(192360002, "Busy - DND", "08971864-c07a-e811-8162-000d3aa11f50"),
    AWAY(192360003, "Away", "3dacae76-c07a-e811-8162-000d3aa11f50"),
    OFFLINE(192360004, "Offline", "70139190-c07a-e811-8162-000d3aa11f50");

    private final int value;
    private final String label;
    private final UUID presenceId;

    BasePresence(int value, String label, String presenceId) {
        this.value = value;
        this.label = label;
        this.presenceId = UUID.fromString(presenceId);
    }

    /** The choice value of {@code msdyn_basepresencestatus}. */
    public int value() {
        return value;
    }

    public String label() {
        return label;
    }

    /** The documented default id of the out-of-box row. */
    public UUID presenceId() {
        return presenceId;
    }

    /** Whether a presence of this base, once set by hand, outlives accepted and closed work. */
    boolean outlivesWork() {
        return this == OFFLINE || this == AWAY || this == BUSY_DO_NOT_DISTURB;
    }
}
