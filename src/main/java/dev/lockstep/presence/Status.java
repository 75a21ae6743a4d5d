package dev.lockstep.presence;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What an agent can be, in Lockstep's own words, from least to most restrictive.
 *
 * <p>The set is closed: every platform's own statuses are mapped onto it, and from it onto every other platform.
 */
public enum Status {
    AVAILABLE("available"),
    AWAY("away"),
    BE_RIGHT_BACK("beRightBack"),
    BUSY("busy"),
    IN_A_MEETING("inAMeeting"),
    ON_A_CALL("onACall"),
    DO_NOT_DISTURB("doNotDisturb"),
    OFFLINE("offline");

    private final String label;

    Status(String label) {
        this.label = label;
    }

    /** The name used in configuration, answers and messages, in lower camel case: {@code onACall}. */
    public String label() {
        return label;
    }

    /** The status of that label, whatever its case and however its words are joined; empty if there is none. */
    public static Optional<Status> of(String text) {
        String wanted = plain(text);
        return Arrays.stream(values())
                .filter(status -> plain(status.label).equals(wanted))
                .findFirst();
    }

    private static String plain(String text) {
        return text.replaceAll("[\\s_-]", "").toLowerCase(Locale.ROOT);
    }
}
