package dev.lockstep.protocol.http;

/**
 * What one HTTP function does. It is given a call that is not too large, and does its own work only: what goes wrong it
 * throws, and {@link HttpEdge} turns that into an answer and counts it.
 */
public interface Endpoint {
    /** The function's, as metrics and the timeline name it: {@code phone-event}. */
    String name();

    /**
     * @throws RejectedRequest if the call is not taken
     * @throws dev.lockstep.store.StoreUnavailable if the store did not answer
     * @throws dev.lockstep.platform.PlatformException if what was needed from outside could not be had
     */
    HttpAnswer handle(HttpCall call);

    /** How large a call's body may be, in bytes: a larger one is refused unread. */
    default int mostBytes() {
        return HttpCall.MAX_BYTES;
    }

    /** What a caller is told who must send that call again. */
    default String unavailable(HttpCall call) {
        return "not recorded; please send it again";
    }

    /** How this endpoint's callers are told that a call is not taken. */
    default HttpAnswer rejection(RejectedRequest why) {
        return why.answer();
    }

    /** The reason as metrics name it. */
    default String label(RejectionReason reason) {
        return reason.name();
    }
}
