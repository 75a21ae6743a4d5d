package dev.lockstep.teams.notifications;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.local.server.Json;
import dev.lockstep.local.server.Vectors;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs tokens with the key pair that RFC 7520, 3.4 publishes. */
final class SignedTokens {
    private static final JsonNode KEY =
            Vectors.json("jwt/rfc7520-4.1-rs256.json").path("input").path("key");

    /** As Entra's key set would give it. */
    Optional<PublicKey> key(String id) {
        try {
            PublicKey open =
                    KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(number("n"), number("e")));
            return id.equals(KEY.path("kid").asText()) ? Optional.of(open) : Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    ObjectNode header() {
        return Json.object()
                .put("typ", "JWT")
                .put("alg", "RS256")
                .put("kid", KEY.path("kid").asText());
    }

    String sign(JsonNode claims) {
        return sign(header(), claims);
    }

    String sign(JsonNode header, JsonNode claims) {
        return sign(Json.bytes(header), Json.bytes(claims));
    }

    String sign(byte[] header, byte[] claims) {
        String signed = encode(header) + "." + encode(claims);
        try {
            Signature signer = Signature.getInstance("SHA256withRSA");
            signer.initSign(
                    KeyFactory.getInstance("RSA").generatePrivate(new RSAPrivateKeySpec(number("n"), number("d"))));
            signer.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + encode(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The old trick: HS256, with the public key taken for the secret. */
    String withSecretOfThePublicKey(JsonNode claims) {
        String signed = encode(Json.bytes(header().put("alg", "HS256"))) + "." + encode(Json.bytes(claims));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(
                    key(KEY.path("kid").asText()).orElseThrow().getEncoded(), "HmacSHA256"));
            return signed + "." + encode(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BigInteger number(String member) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(KEY.path(member).asText()));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
