package dev.lockstep.local.entra;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.local.server.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import java.util.Optional;

/** A JSON Web Token in its compact form (RFC 7515, RFC 7519). */
record Jwt(JsonNode header, JsonNode claims, String signedPart, byte[] signature) {

    static String sign(JsonNode header, JsonNode claims, PrivateKey key) {
        String signedPart = encode(Json.bytes(header)) + "." + encode(Json.bytes(claims));
        try {
            Signature signer = Signature.getInstance("SHA256withRSA");
            signer.initSign(key);
            signer.update(signedPart.getBytes(StandardCharsets.US_ASCII));
            return signedPart + "." + encode(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Empty when the text has not the shape of a signed token. */
    static Optional<Jwt> parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            JsonNode header = Json.MAPPER.readTree(decode(parts[0]));
            JsonNode claims = Json.MAPPER.readTree(decode(parts[1]));
            boolean objects = header != null && header.isObject() && claims != null && claims.isObject();
            return objects
                    ? Optional.of(new Jwt(header, claims, parts[0] + "." + parts[1], decode(parts[2])))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** True when the key signed it with RS256 or PS256; every other algorithm is refused. */
    boolean isSignedBy(PublicKey key) {
        try {
            Optional<Signature> verifier = verifier();
            if (verifier.isEmpty()) {
                return false;
            }
            verifier.get().initVerify(key);
            verifier.get().update(signedPart.getBytes(StandardCharsets.US_ASCII));
            return verifier.get().verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private Optional<Signature> verifier() throws GeneralSecurityException {
        return switch (header.path("alg").asText()) {
            case "RS256" -> Optional.of(Signature.getInstance("SHA256withRSA"));
            case "PS256" -> {
                Signature pss = Signature.getInstance("RSASSA-PSS");
                pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
                yield Optional.of(pss);
            }
            default -> Optional.empty();
        };
    }

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] decode(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}
