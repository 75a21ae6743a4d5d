package dev.lockstep.protocol.http;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What is wrong with a request, as problem details (RFC 9457).
 *
 * <p>Registered for reflection: Jackson writes it.
 *
 * @param type says no more than the status does
 * @param title the same for every problem of its kind
 * @param detail what is wrong with this request
 */
@RegisterForReflection
public record Problem(String type, String title, int status, String detail) {
    /** Its media type. */
    public static final String TYPE = "application/problem+json";

    public static Problem of(RejectedRequest why) {
        return new Problem("about:blank", title(why.reason()), why.reason().status(), why.getMessage());
    }

    private static String title(RejectionReason reason) {
        return switch (reason) {
            case MALFORMED -> "Bad request";
            case UNAUTHENTICATED -> "Not authenticated";
            case FORBIDDEN -> "Not allowed";
            case UNKNOWN -> "Not found";
            case UNKNOWN_AGENT -> "Unknown agent";
            case CONFLICT -> "Not as things are";
            case CHANGED -> "Changed meanwhile";
            case METHOD -> "Method not allowed";
            case TOO_LARGE -> "Too large";
            case UNSUPPORTED -> "Unsupported format";
            case UNKNOWN_STATUS -> "Unknown status";
            case UNAVAILABLE -> "Not available just now";
        };
    }
}
