package dev.lockstep.configured;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How a line or device is written, so that one that is configured and one that is told are the same. */
public final class LineName {
    /** In characters; longer ones are no extension, no device and no address. */
    public static final int MAX_LENGTH = 256;

    private static final Pattern MAC = Pattern.compile("[0-9a-f]{12}");
    private static final Pattern MAC_SEPARATORS = Pattern.compile("[:.\\- ]");
    private static final Pattern SIP = Pattern.compile("^sips?:");

    private LineName() {}

    /** Lower case without blanks around it; a MAC address in any of its spellings becomes its twelve digits. */
    public static String of(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT);
        String bare = MAC_SEPARATORS.matcher(plain).replaceAll("");
        return isMac(bare) ? bare : plain;
    }

    public static boolean isMac(String name) {
        return MAC.matcher(name).matches();
    }

    /** A variable that the phone does not know is sent as it was configured: {@code $active_user}. */
    public static boolean isTold(String text) {
        return !text.isBlank() && !text.startsWith("$") && text.length() <= MAX_LENGTH;
    }

    /** The names that an account may have: as it is written, and its user part where it is an address. */
    public static List<String> ofAccount(String text) {
        Set<String> names = new LinkedHashSet<>();
        if (isTold(text)) {
            names.add(of(text));
            String address = SIP.matcher(of(text)).replaceFirst("");
            names.add(address.split("[@;]", 2)[0]);
        }
        names.remove("");
        return List.copyOf(names);
    }
}
