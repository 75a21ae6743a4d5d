package dev.lockstep.local.entra;

/** A simulated platform must answer 401: the token is missing or does not hold. */
public final class TokenRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What is wrong with the token. */
    public enum Reason {
        MISSING,
        MALFORMED,
        SIGNATURE,
        ISSUER,
        AUDIENCE,
        EXPIRED
    }

    private final Reason reason;

    TokenRefused(Reason reason) {
        super(reason.name());
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
