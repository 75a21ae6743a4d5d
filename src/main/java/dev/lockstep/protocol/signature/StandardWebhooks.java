package dev.lockstep.protocol.signature;

import dev.lockstep.protocol.http.Body;
import dev.lockstep.settings.InstallationSettings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Signs and checks messages as Standard Webhooks 1.0.0 (github.com/standard-webhooks, specification): HMAC-SHA256 over
 * {@code id.timestamp.body}, several signatures and several keys at once, so that keys can be exchanged without a
 * pause.
 *
 * @param clock against which a message's time is held
 * @param tolerance how far it may be off, in both directions
 */
@Singleton
public record StandardWebhooks(InstantSource clock, Duration tolerance) {
    public static final String ID = "webhook-id";
    public static final String TIMESTAMP = "webhook-timestamp";
    public static final String SIGNATURE = "webhook-signature";

    private static final String OWN_PREFIX = "webhook-";
    private static final String SVIX_PREFIX = "svix-";

    /** The two parts are joined by dots and must not hold one, or one signature would fit two messages. */
    private static final Pattern ID_FORM = Pattern.compile("[\\x21-\\x7E&&[^.]]{1,256}");

    private static final Pattern TIMESTAMP_FORM = Pattern.compile("[0-9]{1,12}");
    private static final String VERSION = "v1,";

    @Inject
    StandardWebhooks(InstantSource clock, InstallationSettings settings) {
        this(clock, settings.eventTolerance());
    }

    /** What a check found. Only a genuine message may be read. */
    public enum Verdict {
        GENUINE,
        /** A header is missing or not in its form. */
        UNSIGNED,
        /** Too old, or from the future: it may have been recorded and sent again. */
        STALE,
        /** No signature fits any key. */
        FORGED
    }

    /**
     * @param headers by name in lower case, {@code webhook-…} or {@code svix-…}
     * @param keys any of which may have signed it
     */
    public Verdict verify(Map<String, String> headers, Body body, List<SigningKey> keys) {
        Optional<String> id = id(headers);
        Optional<String> timestamp = timestamp(headers);
        String signatures = either(headers, SIGNATURE).orElse("");
        if (id.isEmpty() || timestamp.isEmpty() || signatures.isBlank()) {
            return Verdict.UNSIGNED;
        }
        Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp.get()));
        if (Duration.between(sent, clock.instant()).abs().compareTo(tolerance) > 0) {
            return Verdict.STALE;
        }
        byte[] prefix = prefix(id.get(), timestamp.get());
        return anyFits(signatures, prefix, body, keys) ? Verdict.GENUINE : Verdict.FORGED;
    }

    /**
     * The headers that make a message genuine.
     *
     * @param id the same whenever the message is sent again; no dot in it
     * @param keys one, or the new and the old one while they are exchanged
     */
    public Map<String, String> sign(String id, Body body, List<SigningKey> keys) {
        if (keys.isEmpty() || !ID_FORM.matcher(id).matches()) {
            throw new IllegalArgumentException("a signed message needs a key and an id without a dot");
        }
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        byte[] prefix = prefix(id, timestamp);
        String signatures = keys.stream()
                .map(key -> VERSION + Base64.getEncoder().encodeToString(key.digest(prefix, body.bytes())))
                .collect(Collectors.joining(" "));
        return Map.of(ID, id, TIMESTAMP, timestamp, SIGNATURE, signatures);
    }

    /** The message's id, if it has one in the right form. */
    public static Optional<String> id(Map<String, String> headers) {
        return either(headers, ID).filter(ID_FORM.asMatchPredicate());
    }

    /** When the message says that it was sent, to the second. */
    public static Optional<Instant> sentAt(Map<String, String> headers) {
        return timestamp(headers).map(Long::parseLong).map(Instant::ofEpochSecond);
    }

    private static Optional<String> timestamp(Map<String, String> headers) {
        return either(headers, TIMESTAMP).filter(TIMESTAMP_FORM.asMatchPredicate());
    }

    /** Svix, whose scheme became the standard, and whoever sends through it, use its own name for the same headers. */
    private static Optional<String> either(Map<String, String> headers, String name) {
        String prefix = headers.containsKey(SIGNATURE) ? OWN_PREFIX : SVIX_PREFIX;
        return Optional.ofNullable(headers.get(prefix + name.substring(OWN_PREFIX.length())));
    }

    private static byte[] prefix(String id, String timestamp) {
        return (id + "." + timestamp + ".").getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean anyFits(String signatures, byte[] prefix, Body body, List<SigningKey> keys) {
        byte[] bytes = body.bytes();
        SecretMatcher expected = SecretMatcher.ofBytes(
                keys.stream().map(key -> key.digest(prefix, bytes)).toList());
        return parsed(signatures).stream().map(expected::matches).reduce(false, Boolean::logicalOr);
    }

    /** Signatures of other versions, and what is no base64, are none of ours. */
    static List<byte[]> parsed(String signatures) {
        return Pattern.compile(" ")
                .splitAsStream(signatures)
                .filter(entry -> entry.startsWith(VERSION))
                .flatMap(entry -> decoded(entry.substring(VERSION.length())).stream())
                .toList();
    }

    private static Optional<byte[]> decoded(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
