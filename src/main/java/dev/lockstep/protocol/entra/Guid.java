package dev.lockstep.protocol.entra;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Ids as Entra, Graph and Dataverse have them: they go into filters without quotes, so nothing else may pass. */
public final class Guid {
    private static final Pattern SHAPE = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    private Guid() {}

    /** In lower case and without braces; empty if it is none, or the one that stands for nothing. */
    public static Optional<String> of(String text) {
        String bare = text.length() == 38 && text.startsWith("{") && text.endsWith("}")
                ? text.substring(1, text.length() - 1)
                : text;
        return isBare(bare) && !bare.equals(NOBODY) ? Optional.of(bare.toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    /** Whether it is one as it stands, without braces. */
    public static boolean isBare(String text) {
        return SHAPE.matcher(text).matches();
    }
}
