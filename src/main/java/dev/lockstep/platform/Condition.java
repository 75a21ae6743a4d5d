package dev.lockstep.platform;

/** How an agent stands on one platform. Each value has one thing that heals it; the standing's message says what. */
public enum Condition {
    /** The platform shows what is wanted, or something of its own that is stricter. */
    IN_SYNC("InSync"),
    /** Written or about to be; the platform has not shown it yet. */
    PENDING("Pending"),
    /** Written and accepted, but never shown within the time in which it should have been. */
    UNCONFIRMED("Unconfirmed"),
    /** The platform takes nothing while the agent is signed out; applied at the next sign-in. */
    NOT_SIGNED_IN("NotSignedIn"),
    /** A person's own status outranks ours and stays. */
    HELD_BY_PERSON("HeldByPerson"),
    /** The platform asked us to wait. */
    THROTTLED("Throttled"),
    /** The platform refuses us; an administrator must grant something. */
    PERMISSION_MISSING("PermissionMissing"),
    /** Nothing on the platform carries the status, or the agent is not known there. */
    UNMAPPED("Unmapped"),
    /** Somebody else writes as often as we do; we stopped for a while. */
    LOOP_SUSPECTED("LoopSuspected"),
    /** Writing is switched off. */
    OFF("Off");

    private final String label;

    Condition(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** Whether something is wanted and not there. For longer than writing takes, that is out of sync. */
    public boolean isWrong() {
        return switch (this) {
            case IN_SYNC, NOT_SIGNED_IN, HELD_BY_PERSON, OFF -> false;
            case PENDING, UNCONFIRMED, THROTTLED, PERMISSION_MISSING, UNMAPPED, LOOP_SUSPECTED -> true;
        };
    }
}
