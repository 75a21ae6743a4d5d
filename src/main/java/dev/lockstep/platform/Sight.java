package dev.lockstep.platform;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a platform may go on showing without telling anything: who reads it again and finds the same need not look at
 * the agent.
 *
 * @param digest of 48 bits: of what shows ({@link ReadablePlatform#digest})
 * @param until from then on the same means something else; empty if it never does
 */
public record Sight(long digest, Optional<Instant> until) {
    /** Of all that is shown, whenever it was asked for. */
    public static long digest(Observation again) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> field : new TreeMap<>(again.shown()).entrySet()) {
            text.append(field.getKey()).append('\n').append(field.getValue()).append('\n');
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong() >>> Short.SIZE;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    public boolean isOf(long seen, Instant now) {
        return digest == seen && until.map(now::isBefore).orElse(true);
    }
}
