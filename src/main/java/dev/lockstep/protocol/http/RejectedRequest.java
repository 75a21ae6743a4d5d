package dev.lockstep.protocol.http;

import java.util.Map;

/** A call is not taken; the message tells its sender why, without repeating anything that was sent. */
public final class RejectedRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final RejectionReason reason;
    private final transient Map<String, String> headers;

    private RejectedRequest(RejectionReason reason, String message, Map<String, String> headers) {
        super(message, null, false, false);
        this.reason = reason;
        this.headers = headers;
    }

    public RejectedRequest(RejectionReason reason, String message) {
        this(reason, message, reason == RejectionReason.UNAVAILABLE ? Map.of("Retry-After", "1") : Map.of());
    }

    public static RejectedRequest malformed(String why) {
        return new RejectedRequest(RejectionReason.MALFORMED, why);
    }

    /** @param why names what the caller lacks */
    public static RejectedRequest forbidden(String why) {
        return new RejectedRequest(RejectionReason.FORBIDDEN, why);
    }

    /** The route takes another method. */
    public static RejectedRequest onlyWith(String method) {
        return new RejectedRequest(RejectionReason.METHOD, "send it with " + method, Map.of("Allow", method));
    }

    static RejectedRequest unavailable(String why) {
        return new RejectedRequest(RejectionReason.UNAVAILABLE, why);
    }

    public RejectionReason reason() {
        return reason;
    }

    /** Headers that belong to the reason: {@code Allow}, {@code Retry-After}. */
    public Map<String, String> headers() {
        return headers;
    }

    public HttpAnswer answer() {
        return HttpAnswer.text(reason.status(), getMessage()).with(headers);
    }
}
