package dev.lockstep.protocol.entra;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * RSA keys of a JSON web key set (RFC 7517). What is damaged, or of another kind, is left out and spoils none of the
 * others: Entra adds and takes away keys every day.
 */
final class JsonWebKeys {
    /** Shorter keys protect nothing; NIST SP 800-131A. */
    private static final int SHORTEST_BITS = 2048;

    private static final int LONGEST_BITS = 8192;

    private JsonWebKeys() {}

    /** @return by key id */
    static Map<String, PublicKey> of(JsonNode set) {
        Map<String, PublicKey> keys = new HashMap<>();
        for (JsonNode key : set.path("keys")) {
            String id = key.path("kid").asText("");
            boolean signs = key.path("use").asText("sig").equals("sig");
            if (!id.isBlank() && signs && key.path("kty").asText("").equals("RSA")) {
                rsa(key).ifPresent(good -> keys.put(id, good));
            }
        }
        return Map.copyOf(keys);
    }

    private static Optional<PublicKey> rsa(JsonNode key) {
        try {
            BigInteger modulus = number(key.path("n").asText(""));
            BigInteger exponent = number(key.path("e").asText(""));
            boolean usual = modulus.bitLength() >= SHORTEST_BITS
                    && modulus.bitLength() <= LONGEST_BITS
                    && exponent.bitLength() > 1
                    && exponent.testBit(0);
            return usual
                    ? Optional.of(KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent)))
                    : Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Base64url by RFC 7518; Entra has also published Base64 with its padding. */
    private static BigInteger number(String text) {
        String url = text.replace('+', '-').replace('/', '_').replaceAll("=+$", "");
        return new BigInteger(1, Base64.getUrlDecoder().decode(url));
    }
}
