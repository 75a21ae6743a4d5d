package dev.lockstep.protocol.http;

import java.util.Map;

/** A call is not taken; the message tells its sender why, without repeating anything that was sent. */
public final class RejectedRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final RejectionReason refusal;
    private final transient Map<String, String> headers;

    private RejectedRequest(RejectionReason refusal, String message, Map<String, String> headers) {
        super(message, null, false, false);
        this.refusal = refusal;
        this.headers = headers;
    }

    public RejectedRequest(RejectionReason refusal, String message) {
        this(refusal, message, refusal == RejectionReason.UNAVAILABLE ? Map.of("Retry-After", "1") : Map.of());
    }

    public static RejectedRequest malformed(String why) {
        return new RejectedRequest(RejectionReason.MALFORMED, why);
    }

    /** The route takes another method. */
    public static RejectedRequest onlyWith(String method) {
        return new RejectedRequest(RejectionReason.METHOD, "send it with " + method, Map.of("Allow", method));
    }

    public RejectionReason refusal() {
        return refusal;
    }

    public HttpAnswer answer() {
        return HttpAnswer.text(refusal.status(), getMessage()).with(headers);
    }
}
