package dev.lockstep.presence;

/** Where a call stands for one party. Only a call that was answered keeps somebody busy; a held one still does. */
public enum CallState {
    RINGING,
    DIALING,
    CONNECTED,
    HELD,
    RESUMED,
    ENDED;

    /** Whether the agent is on the phone: a hold or a resumption proves it even if the answer was never told. */
    public boolean isUp() {
        return switch (this) {
            case CONNECTED, HELD, RESUMED -> true;
            case RINGING, DIALING, ENDED -> false;
        };
    }

    boolean isBeginning() {
        return this == RINGING || this == DIALING;
    }
}
