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
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.time.Instant;
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
        // What costs nothing first: keys are asked for only for a token that could be ours.
        return SignedToken.read(token, LONGEST, JSON)
                .filter(its -> isForUs(its, clientId) && isFor(nonce, its) && its.isTimely(now))
                .filter(its -> its.isSignedBy(keys))
                .map(SignedToken::claims);
    }

    private boolean isForUs(SignedToken its, String clientId) {
        String tenant = settings.tenantId().map(String::strip).orElse("");
        return !tenant.isEmpty()
                && its.claim("aud").equalsIgnoreCase(clientId)
                && its.claim("tid").equalsIgnoreCase(tenant)
                && its.claim("ver").equals("2.0")
                && Stream.of(
                                "https://login.microsoftonline.com",
                                Origin.of(settings.authority()).text())
                        .anyMatch(origin -> its.claim("iss").equalsIgnoreCase(origin + "/" + tenant + "/v2.0"));
    }

    private static boolean isFor(String nonce, SignedToken its) {
        return !nonce.isEmpty()
                && MessageDigest.isEqual(
                        nonce.getBytes(StandardCharsets.UTF_8),
                        its.claim("nonce").getBytes(StandardCharsets.UTF_8));
    }
}
