package dev.lockstep.administration;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A user principal name: what a person signs in with. In lower case it is an agent's id unless another was given. */
public final class Upn {
    public static final String PLATFORM = "upn";

    private static final Pattern FORM =
            Pattern.compile("[^\\s@/\\\\\"\\[\\]:;|,+*?<>]+@[^\\s@/\\\\\"#?]+\\.[^\\s@/\\\\\"#?.]+");

    private Upn() {}

    /** The principal name that a text is, be it written as an identity. */
    public static Optional<String> in(String text) {
        String prefix = PLATFORM + "#";
        String bare = text.regionMatches(true, 0, prefix, 0, prefix.length()) ? text.substring(prefix.length()) : text;
        return Optional.of(bare).filter(Upn::is);
    }

    static boolean is(String text) {
        return text.length() <= 256 && FORM.matcher(text).matches();
    }

    static String agentId(String upn) {
        return upn.toLowerCase(Locale.ROOT);
    }
}
