package dev.lockstep.presence;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Ids of calls may be as long as their senders like, and many of them stand in an agent's item. */
final class CallIds {
    /** In bytes; those of the phone systems that are known have 20 to 110. */
    private static final int LONGEST = 128;

    /** A multiple of three, so that base64 needs no padding. */
    private static final int DIGEST_BYTES = 24;

    private CallIds() {}

    /** The id as it was told, or a digest of one that is too long. */
    static String bounded(String told) {
        return told.getBytes(StandardCharsets.UTF_8).length <= LONGEST ? told : digest(told, DIGEST_BYTES);
    }

    /** @param bytes of the digest that are kept */
    static String digest(String text, int bytes) {
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(whole, bytes));
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("every JDK has SHA-256", never);
        }
    }
}
