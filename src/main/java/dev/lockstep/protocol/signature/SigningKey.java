package dev.lockstep.protocol.signature;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A symmetric key of Standard Webhooks, written {@code whsec_} and base64 (standardwebhooks.com, "Symmetric keys"). */
public final class SigningKey {
    private static final String PREFIX = "whsec_";
    private static final String VERSION = "v1,";
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private SigningKey(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /**
     * @param secret with or without its prefix, padded or not, and as some products show it with the version before it
     * @throws IllegalArgumentException if it is empty or no base64; the message does not show it
     */
    public static SigningKey of(String secret) {
        String stripped = secret.strip();
        String text = stripped.startsWith(VERSION) ? stripped.substring(VERSION.length()) : stripped;
        byte[] bytes = decoded(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text);
        if (bytes.length == 0) {
            throw new IllegalArgumentException("a signing secret is empty");
        }
        return new SigningKey(bytes);
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a signing secret must be whsec_ and base64");
        }
    }

    /** How many bytes it has: Standard Webhooks asks for 24 to 64. */
    public int length() {
        return key.getEncoded().length;
    }

    byte[] digest(byte[] signedPrefix, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(signedPrefix);
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "SigningKey";
    }
}
