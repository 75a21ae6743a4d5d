package dev.lockstep.platform;

import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * How an agent's id on a platform is written.
 *
 * @param example what stands for an id in a message: {@code <systemuserid>}
 * @param issuer who gives the ids
 * @param usual what an id, spelled as below, usually is like; another one is allowed but odd
 * @param usually the same in words: {@code a GUID}
 * @param spelling makes one text of all that mean the same id
 */
public record IdentityForm(
        String example, Issuer issuer, Pattern usual, String usually, UnaryOperator<String> spelling) {
    private static final Pattern GUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** Who gives people the ids by which a platform knows them. */
    public enum Issuer {
        /** The platform itself. */
        PLATFORM,
        /** Microsoft Entra: the id is the person's object id, which other systems may tell too. */
        ENTRA
    }

    public static IdentityForm guid(String example, Issuer issuer) {
        return new IdentityForm(example, issuer, GUID, "a GUID", IdentityForm::lowerCase);
    }

    public static String lowerCase(String id) {
        return id.strip().toLowerCase(Locale.ROOT);
    }

    public String spelled(String id) {
        return spelling.apply(id);
    }

    public boolean isUsual(String id) {
        return usual.matcher(spelled(id)).matches();
    }
}
