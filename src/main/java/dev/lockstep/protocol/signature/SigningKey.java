package dev.lockstep.protocol.signature;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A symmetric key of Standard Webhooks, written {@code whsec_} and base64 (standardwebhooks.com, "Symmetric keys"). */
public final class SigningKey {
    private static final String PREFIX = "whsec_";
    private static final String VERSION = "v1,";
    private static final String ALGORITHM = "HmacSHA256";

    /** Nothing random that is written in base64 has only these characters. */
    private static final Pattern HEX = Pattern.compile("(?:[0-9a-f]{2}){16,}|(?:[0-9A-F]{2}){16,}");

    private final SecretKeySpec key;

    private SigningKey(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /**
     * @param secret with or without its prefix, padded or not, and as some products show it with the version before it
     * @throws IllegalArgumentException if it is empty or no base64; the message does not show it
     */
    public static SigningKey of(String secret) {
        byte[] bytes = decoded(bare(secret));
        if (bytes.length == 0) {
            throw new IllegalArgumentException("a signing secret is empty");
        }
        return new SigningKey(bytes);
    }

    /**
     * Whether what should be base64 looks like hexadecimal digits, which are base64 too. Whoever made it so probably signs
     * with other bytes: with those that the digits spell, or with the text itself. It is read as base64 all the same.
     */
    public static boolean looksLikeHex(String secret) {
        return HEX.matcher(bare(secret)).matches();
    }

    private static String bare(String secret) {
        String stripped = secret.strip();
        String text = stripped.startsWith(VERSION) ? stripped.substring(VERSION.length()) : stripped;
        return text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
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

    /** Whether whoever has one can sign for the other, however the two are written. */
    public boolean isSameAs(SigningKey other) {
        return MessageDigest.isEqual(key.getEncoded(), other.key.getEncoded());
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
