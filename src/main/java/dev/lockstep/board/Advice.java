package dev.lockstep.board;

import dev.lockstep.platform.Condition;
import dev.lockstep.presence.Reason;

/** What agents can do themselves about what their own page shows; blank where there is nothing to do. */
final class Advice {
    static final String SIGN_IN = "Sign in, and it is over.";

    private Advice() {}

    /** @param source in words */
    static String on(Reason reason, String source) {
        return switch (reason.kind()) {
            case CALL ->
                "It ends with the call. If you are on none, hang up, or tell your supervisor that " + source
                        + " says so.";
            case FACT -> "It ends when " + source + " says so: finish there what keeps you.";
            case CHOICE ->
                isSetForThem(reason)
                        ? "To have another status, pick one yourself: what was picked last counts."
                        : "To have another status, pick one in " + source + ": what was picked last counts.";
            case SHIFT_ENDED -> "It ends with your next shift, or when you sign in again.";
            case SIGNED_IN, EXPIRED -> "";
        };
    }

    /** By a supervisor or an application, and not by the person on a platform. */
    static boolean isSetForThem(Reason reason) {
        return reason.source().name().startsWith("application:");
    }

    /** @param platform as people call it */
    static String on(Condition condition, String platform) {
        return switch (condition) {
            case IN_SYNC -> "";
            case PENDING -> "Wait a moment: it is being written.";
            case UNCONFIRMED ->
                "Look at " + platform + " again in a minute. If it is still wrong there, tell your supervisor.";
            case NOT_SIGNED_IN -> "Sign in to " + platform + ": then it is set there.";
            case HELD_BY_PERSON -> "It was set by hand in " + platform + ": reset your status there.";
            case THROTTLED -> "Wait: " + platform + " asked for a pause, and then it is tried again by itself.";
            case PERMISSION_MISSING ->
                "Tell your supervisor that " + platform
                        + " refuses Lockstep; until then set your status there by hand.";
            case UNMAPPED ->
                "Tell your supervisor that Lockstep cannot set this status in " + platform
                        + "; until then set it there by hand.";
            case LOOP_SUSPECTED ->
                "Another program sets your status in " + platform
                        + " as well: tell your supervisor which ones you use.";
            case OFF -> "Lockstep does not write there at present: set your status in " + platform + " by hand.";
        };
    }
}
