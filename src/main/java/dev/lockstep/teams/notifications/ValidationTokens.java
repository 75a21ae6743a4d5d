package dev.lockstep.teams.notifications;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.lockstep.protocol.entra.EntraSettings;
import dev.lockstep.protocol.http.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Checks the tokens by which Graph proves that a notification comes from it
 * (learn.microsoft.com/graph/change-notifications-with-resource-data, "Validation tokens in the change notification").
 */
public final class ValidationTokens {
    /** "Microsoft Graph Change Tracking", the only sender of notifications. */
    private static final String SENDER = "0bf30f3b-4a52-48df-9a82-234910c4a086";

    private static final int LONGEST = 16 * 1024;
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final ObjectReader JSON =
            new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final EntraSettings application;
    private final Function<String, Optional<PublicKey>> keys;

    /** @param keys Entra's, by key id; throws if they cannot be had */
    public ValidationTokens(EntraSettings application, Function<String, Optional<PublicKey>> keys) {
        this.application = application;
        this.keys = keys;
    }

    /**
     * Whether Graph issued it for us, and it has not expired.
     *
     * @throws dev.lockstep.platform.PlatformException.Unreachable if Entra's keys are not known and cannot be had
     */
    boolean isGenuine(String token, Instant now) {
        String[] parts = token.split("\\.", -1);
        if (token.length() > LONGEST || parts.length != 3) {
            return false;
        }
        Optional<JsonNode> header = object(parts[0]);
        Optional<JsonNode> claims = object(parts[1]);
        // What costs nothing first: keys are asked for only for a token that could be ours.
        return header.isPresent()
                && claims.isPresent()
                && isForUs(claims.get())
                && isTimely(claims.get(), now)
                && isSigned(header.get(), parts);
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

    private boolean isForUs(JsonNode claims) {
        boolean ours = application
                .clientId()
                .filter(text(claims, "aud")::equalsIgnoreCase)
                .isPresent();
        String tenant = application.tenantId().map(String::strip).orElse("");
        String caller = switch (text(claims, "ver")) {
            case "1.0" -> text(claims, "appid");
            case "2.0" -> text(claims, "azp");
            default -> "";
        };
        return ours
                && caller.equalsIgnoreCase(SENDER)
                && !tenant.isEmpty()
                && text(claims, "tid").equalsIgnoreCase(tenant)
                && issuers(text(claims, "ver"), tenant).anyMatch(text(claims, "iss")::equalsIgnoreCase);
    }

    private Stream<String> issuers(String version, String tenant) {
        return version.equals("1.0")
                ? Stream.of("https://sts.windows.net/" + tenant + "/")
                : Stream.of(
                        "https://login.microsoftonline.com/" + tenant + "/v2.0",
                        Origin.of(application.authority()) + "/" + tenant + "/v2.0");
    }

    /** The expiry is Entra's own and taken exactly; "not before" may be ahead of our clock. */
    private static boolean isTimely(JsonNode claims, Instant now) {
        JsonNode expiry = claims.path("exp");
        JsonNode start = claims.path("nbf");
        return expiry.canConvertToLong()
                && expiry.isNumber()
                && now.getEpochSecond() < expiry.asLong()
                && (start.isMissingNode() || start.asLong() <= now.plus(SKEW).getEpochSecond());
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
