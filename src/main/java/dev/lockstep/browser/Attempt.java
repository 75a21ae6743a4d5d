package dev.lockstep.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * A sign-in under way. Its text form tells nothing.
 *
 * @param state that comes back with the code
 * @param nonce that comes back in the ID token
 * @param verifier by which we prove that we asked for the code (PKCE, RFC 7636)
 * @param page of ours, to which it leads
 */
record Attempt(String state, String nonce, String verifier, String page, Instant until) {
    /** A second factor may take its time. */
    static final Duration LONGEST = Duration.ofMinutes(15);

    private static final ObjectMapper JSON = new ObjectMapper();

    static Attempt begun(String state, String nonce, String verifier, String page, Instant now) {
        return new Attempt(state, nonce, verifier, page, now.plus(LONGEST));
    }

    boolean isAliveAt(Instant now) {
        return now.isBefore(until);
    }

    String challenge() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] written() {
        try {
            return JSON.writeValueAsBytes(JSON.createObjectNode()
                    .put("state", state)
                    .put("nonce", nonce)
                    .put("verifier", verifier)
                    .put("page", page)
                    .put("until", until.getEpochSecond()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static Optional<Attempt> read(byte[] text) {
        try {
            JsonNode attempt = JSON.readTree(new String(text, StandardCharsets.UTF_8));
            return Optional.of(new Attempt(
                            attempt.path("state").asText(""),
                            attempt.path("nonce").asText(""),
                            attempt.path("verifier").asText(""),
                            attempt.path("page").asText(""),
                            Instant.ofEpochSecond(attempt.path("until").asLong())))
                    .filter(read -> !read.state().isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "Attempt[until " + until + "]";
    }
}
