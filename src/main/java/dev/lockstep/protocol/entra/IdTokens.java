package dev.lockstep.protocol.entra;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.protocol.http.Origin;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Checks ID tokens of Entra, version 2 (learn.microsoft.com/entra/identity-platform/id-tokens, openid.net/specs/
 * openid-connect-core-1_0, 3.1.3.7): they came over TLS from Entra itself, and still nothing in them is believed unread.
 */
@Singleton
public final class IdTokens {
    private static final int LONGEST = 32 * 1024;
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build()
            .reader()
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final EntraSettings settings;
    private final Function<String, Optional<PublicKey>> keys;

    @Inject
    public IdTokens(EntraSettings settings, EntraKeys keys) {
        this(settings, keys::named);
    }

    /** @param keys Entra's, by key id; throws if they cannot be had */
    public IdTokens(EntraSettings settings, Function<String, Optional<PublicKey>> keys) {
        this.settings = settings;
        this.keys = keys;
    }

    /**
     * What a token says that Entra issued for this client and this sign-in, and that has not expired.
     *
     * @param nonce with which the sign-in began
     * @return empty if it is anything else
     * @throws PlatformException.Unreachable if Entra's keys are not known and cannot be had
     */
    public Optional<JsonNode> claims(String token, String clientId, String nonce, Instant now) {
        String[] parts = token.split("\\.", -1);
        if (token.length() > LONGEST || parts.length != 3) {
            return Optional.empty();
        }
        // What costs nothing first: keys are asked for only for a token that could be ours.
        return object(parts[1])
                .filter(claims -> isForUs(claims, clientId) && isFor(nonce, claims) && isTimely(claims, now))
                .filter(claims -> object(parts[0]).stream().anyMatch(header -> isSigned(header, parts)));
    }

    private boolean isForUs(JsonNode claims, String clientId) {
        String tenant = settings.tenantId().map(String::strip).orElse("");
        return !tenant.isEmpty()
                && text(claims, "aud").equalsIgnoreCase(clientId)
                && text(claims, "tid").equalsIgnoreCase(tenant)
                && text(claims, "ver").equals("2.0")
                && Stream.of(
                                "https://login.microsoftonline.com",
                                Origin.of(settings.authority()).text())
                        .anyMatch(origin -> text(claims, "iss").equalsIgnoreCase(origin + "/" + tenant + "/v2.0"));
    }

    private static boolean isFor(String nonce, JsonNode claims) {
        return !nonce.isEmpty()
                && MessageDigest.isEqual(
                        nonce.getBytes(StandardCharsets.UTF_8),
                        text(claims, "nonce").getBytes(StandardCharsets.UTF_8));
    }

    /** The expiry is Entra's own and taken exactly; "not before" may be ahead of our clock. */
    private static boolean isTimely(JsonNode claims, Instant now) {
        JsonNode expiry = claims.path("exp");
        JsonNode start = claims.path("nbf");
        return expiry.isNumber()
                && expiry.canConvertToLong()
                && now.getEpochSecond() < expiry.asLong()
                && (start.isMissingNode() || start.asLong() <= now.plus(SKEW).getEpochSecond());
    }

    /** RS256 alone: a token that chooses its own algorithm chooses "none" (RFC 8725, 3.1). */
    private boolean isSigned(JsonNode header, String[] parts) {
        if (!text(header, "alg").equals("RS256") || header.has("crit")) {
            return false;
        }
        byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
        return Optional.of(text(header, "kid"))
                .filter(id -> !id.isBlank())
                .flatMap(keys)
                .filter(key -> fits(key, signed, parts[2]))
                .isPresent();
    }

    private static boolean fits(PublicKey key, byte[] signed, String signature) {
        try {
            Signature check = Signature.getInstance("SHA256withRSA");
            check.initVerify(key);
            check.update(signed);
            return check.verify(Base64.getUrlDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static Optional<JsonNode> object(String part) {
        try {
            JsonNode read = JSON.readTree(Base64.getUrlDecoder().decode(part));
            return Optional.of(read).filter(JsonNode::isObject);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String text(JsonNode object, String name) {
        return object.path(name).isTextual() ? object.path(name).textValue() : "";
    }
}
