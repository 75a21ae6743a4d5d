package dev.lockstep.platform.http;

import java.util.Map;

/** A call is not taken; the message tells its sender why, without repeating anything that was sent. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Refusal refusal;
    private final transient Map<String, String> headers;

    private Refused(Refusal refusal, String message, Map<String, String> headers) {
        super(message, null, false, false);
        this.refusal = refusal;
        this.headers = headers;
    }

    public Refused(Refusal refusal, String message) {
        this(refusal, message, refusal == Refusal.UNAVAILABLE ? Map.of("Retry-After", "1") : Map.of());
    }

    public static Refused malformed(String why) {
        return new Refused(Refusal.MALFORMED, why);
    }

    /** The route takes another method. */
    public static Refused onlyWith(String method) {
        return new Refused(Refusal.METHOD, "send it with " + method, Map.of("Allow", method));
    }

    public Refusal refusal() {
        return refusal;
    }

    public HttpAnswer answer() {
        return HttpAnswer.text(refusal.status(), getMessage()).with(headers);
    }
}
