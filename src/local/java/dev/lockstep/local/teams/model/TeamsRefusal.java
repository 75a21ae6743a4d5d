package dev.lockstep.local.teams.model;

/** Teams does not do what an application asked. */
public final class TeamsRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why; {@code NO_SUCH_SESSION} comes from {@code clearPresence} only. */
    public enum Reason {
        UNKNOWN_USER,
        NOT_A_TEAMS_USER,
        NOT_YOUR_SESSION,
        PAIR_NOT_ALLOWED,
        DURATION_OUT_OF_RANGE,
        NO_SUCH_SESSION,
        MESSAGE_TOO_LONG
    }

    private final Reason reason;

    TeamsRefusal(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
