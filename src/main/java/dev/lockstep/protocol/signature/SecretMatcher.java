package dev.lockstep.protocol.signature;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.List;

/**
 * Whether what was given is any of the secrets that are in use. How long that takes depends on what was given and on how
 * many secrets there are, and tells nothing of them: each is compared, in constant time
 * ({@link MessageDigest#isEqual}: the time depends on its first argument's length only).
 */
public final class SecretMatcher {
    private final List<byte[]> secrets;

    private SecretMatcher(List<byte[]> secrets) {
        this.secrets = secrets;
    }

    /** Blank secrets match nobody. */
    public static SecretMatcher of(Collection<String> secrets) {
        return new SecretMatcher(secrets.stream()
                .filter(secret -> !secret.isBlank())
                .map(SecretMatcher::bytes)
                .toList());
    }

    static SecretMatcher ofBytes(List<byte[]> secrets) {
        return new SecretMatcher(secrets);
    }

    public boolean matches(String given) {
        return matches(bytes(given));
    }

    boolean matches(byte[] given) {
        boolean matches = false;
        for (byte[] secret : secrets) {
            matches |= MessageDigest.isEqual(given, secret);
        }
        return matches;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return secrets.size() + " secrets";
    }
}
