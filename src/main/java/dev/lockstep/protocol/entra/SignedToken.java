package dev.lockstep.protocol.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
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

/** A JSON Web Token that Entra may have signed, taken apart: what it claims is worth nothing before it is checked. */
public final class SignedToken {
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final JsonNode header;
    private final JsonNode claims;
    private final byte[] signed;
    private final String signature;

    private SignedToken(JsonNode header, JsonNode claims, byte[] signed, String signature) {
        this.header = header;
        this.claims = claims;
        this.signed = signed;
        this.signature = signature;
    }

    /**
     * @param longest characters that are looked at
     * @return empty if it is none
     */
    public static Optional<SignedToken> read(String token, int longest, ObjectReader json) {
        String[] parts = token.split("\\.", -1);
        if (token.length() > longest || parts.length != 3) {
            return Optional.empty();
        }
        byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
        return object(parts[0], json)
                .flatMap(header ->
                        object(parts[1], json).map(claims -> new SignedToken(header, claims, signed, parts[2])));
    }

    private static Optional<JsonNode> object(String part, ObjectReader json) {
        try {
            JsonNode read = json.readTree(Base64.getUrlDecoder().decode(part));
            return Optional.of(read).filter(JsonNode::isObject);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    JsonNode claims() {
        return claims;
    }

    /** Blank if it is none, or no text. */
    public String claim(String name) {
        return text(claims, name);
    }

    /** The expiry is Entra's own and taken exactly; "not before" may be ahead of our clock. */
    public boolean isTimely(Instant now) {
        JsonNode expiry = claims.path("exp");
        JsonNode start = claims.path("nbf");
        return expiry.isNumber()
                && expiry.canConvertToLong()
                && now.getEpochSecond() < expiry.asLong()
                && (start.isMissingNode() || start.asLong() <= now.plus(SKEW).getEpochSecond());
    }

    /**
     * RS256 alone: a token that chooses its own algorithm chooses "none" (RFC 8725, 3.1).
     *
     * @param keys Entra's, by key id; throws if they cannot be had
     */
    public boolean isSignedBy(Function<String, Optional<PublicKey>> keys) {
        if (!text(header, "alg").equals("RS256") || header.has("crit")) {
            return false;
        }
        return Optional.of(text(header, "kid"))
                .filter(id -> !id.isBlank())
                .flatMap(keys)
                .filter(this::fits)
                .isPresent();
    }

    private boolean fits(PublicKey key) {
        try {
            Signature check = Signature.getInstance("SHA256withRSA");
            check.initVerify(key);
            check.update(signed);
            return check.verify(Base64.getUrlDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static String text(JsonNode object, String name) {
        return object.path(name).isTextual() ? object.path(name).textValue() : "";
    }
}
