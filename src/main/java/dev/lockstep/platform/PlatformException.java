package dev.lockstep.platform;

import java.time.Duration;
import java.util.Optional;

/** A platform did not do what it was asked. Each kind is one thing that a caller can do about it. */
public abstract sealed class PlatformException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private PlatformException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Wait, then ask for the latest wish and not for this one again. */
    public static final class Throttled extends PlatformException {
        private static final long serialVersionUID = 1L;
        private final transient Duration retryAfter;

        /** @param retryAfter what the platform asked for; empty where it named no time */
        public Throttled(Optional<Duration> retryAfter) {
            super("throttled" + retryAfter.map(wait -> " for " + wait).orElse(""), null);
            this.retryAfter = retryAfter.orElse(null);
        }

        public Optional<Duration> retryAfter() {
            return Optional.ofNullable(retryAfter);
        }
    }

    /** Nothing to do until the agent signs in. */
    public static final class NotSignedIn extends PlatformException {
        private static final long serialVersionUID = 1L;

        public NotSignedIn() {
            super("the agent is not signed in", null);
        }
    }

    /** An administrator must grant something; the message says what. */
    public static final class PermissionMissing extends PlatformException {
        private static final long serialVersionUID = 1L;

        public PermissionMissing(String what) {
            super(what, null);
        }
    }

    /** The platform understood and refused: asking again the same way is useless. */
    public static final class Rejected extends PlatformException {
        private static final long serialVersionUID = 1L;

        public Rejected(String why) {
            super(why, null);
        }
    }

    /** No usable answer in time. The platform may have done it. */
    public static sealed class Unreachable extends PlatformException permits NotYetShown, Outdated {
        private static final long serialVersionUID = 1L;

        public Unreachable(String what, Throwable cause) {
            super(what, cause);
        }

        public Unreachable(String what) {
            super(what, null);
        }
    }

    /** What was to be written was planned by what is so no longer. Asking again in a moment, for what is wanted then, helps. */
    public static final class Outdated extends Unreachable {
        private static final long serialVersionUID = 1L;

        public Outdated(String what) {
            super(what);
        }
    }

    /** Reads lag: what the write depends on does not show yet. Asking again in a moment helps. */
    public static final class NotYetShown extends Unreachable {
        private static final long serialVersionUID = 1L;

        public NotYetShown(String what) {
            super(what);
        }
    }
}
