package dev.lockstep.protocol.http;

/** Why a call is not taken, each with its status in HTTP. */
public enum RejectionReason {
    /** It cannot be understood; sent again it will not be either. */
    MALFORMED(400),
    /** Key, token or signature are missing, wrong or stale. */
    UNAUTHENTICATED(401),
    /** Whoever calls is known, and may not do this. */
    FORBIDDEN(403),
    /** There is nothing at this address. */
    UNKNOWN(404),
    /** There is no such agent. */
    UNKNOWN_AGENT(404),
    /** Not with this method. */
    METHOD(405),
    /** It cannot be done as things are; the answer says what has to be otherwise. */
    CONFLICT(409),
    /** Made from something that has changed since. */
    CHANGED(412),
    /** Larger than is ever sent in earnest. */
    TOO_LARGE(413),
    /** Not in this format. */
    UNSUPPORTED(415),
    /** It names a status that there is not. */
    UNKNOWN_STATUS(422),
    /** It could not be kept, or not be checked, just now: the sender should send it again. */
    UNAVAILABLE(503);

    private final int status;

    RejectionReason(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }
}
