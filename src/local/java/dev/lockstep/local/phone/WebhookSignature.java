package dev.lockstep.local.phone;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Standard Webhooks 1.0.0, written for the simulated senders and receivers alone, so that the product's own
 * implementation is held against another one.
 */
public final class WebhookSignature {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final List<byte[]> keys;

    /** @param secrets {@code whsec_} and base64; while keys are exchanged there are two */
    public WebhookSignature(List<String> secrets) {
        keys = secrets.stream()
                .map(secret -> Base64.getDecoder().decode(secret.replaceFirst("^whsec_", "")))
                .toList();
        if (keys.isEmpty() || keys.stream().anyMatch(key -> key.length == 0)) {
            throw new IllegalArgumentException("a webhook is signed with at least one secret, and none is empty");
        }
    }

    /** The three headers of an attempt at this time. */
    public Map<String, String> headers(String id, Instant attempt, byte[] body) {
        String timestamp = String.valueOf(attempt.getEpochSecond());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", timestamp);
        headers.put(
                "webhook-signature",
                keys.stream()
                        .map(key -> "v1," + digest(key, id, timestamp, body))
                        .collect(Collectors.joining(" ")));
        return headers;
    }

    /** Whether any of the signatures is ours and fresh. */
    public boolean accepts(
            Optional<String> id, Optional<String> timestamp, Optional<String> signatures, byte[] body, Instant now) {
        if (id.isEmpty() || signatures.isEmpty() || !timestamp.orElse("").matches("\\d{1,12}")) {
            return false;
        }
        Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp.get()));
        boolean fresh = Duration.between(sent, now).abs().compareTo(TOLERANCE) <= 0;
        return fresh
                && Arrays.stream(signatures.get().split(" "))
                        .anyMatch(one -> matchesAny(one, id.get(), timestamp.get(), body));
    }

    private boolean matchesAny(String signature, String id, String timestamp, byte[] body) {
        byte[] given = signature.getBytes(StandardCharsets.UTF_8);
        return keys.stream()
                .map(key -> "v1," + digest(key, id, timestamp, body))
                .anyMatch(ours -> MessageDigest.isEqual(ours.getBytes(StandardCharsets.UTF_8), given));
    }

    private static String digest(byte[] key, String id, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
