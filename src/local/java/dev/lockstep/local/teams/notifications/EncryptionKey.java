package dev.lockstep.local.teams.notifications;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.local.server.Json;
import dev.lockstep.local.teams.graph.GraphError;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The subscriber's certificate and the encryption for it,
 * learn.microsoft.com/graph/change-notifications-with-resource-data: a fresh AES-256 key for each item, wrapped with
 * RSA-OAEP (SHA-1), its first 16 bytes being the vector; HMAC-SHA256 over the cipher text.
 */
public record EncryptionKey(String id, X509Certificate certificate) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** @throws GraphError 400 when this is not the DER of an RSA certificate of 2048 to 4096 bits */
    public static EncryptionKey read(String id, String base64) {
        if (id.length() > 128) {
            throw GraphError.badRequest("encryptionCertificateId must not be longer than 128 characters.");
        }
        try {
            byte[] der = Base64.getDecoder().decode(base64);
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            boolean fits = certificate.getPublicKey() instanceof RSAPublicKey key
                    && key.getModulus().bitLength() >= 2048
                    && key.getModulus().bitLength() <= 4096;
            if (fits) {
                return new EncryptionKey(id, certificate);
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw GraphError.badRequest("encryptionCertificate is not a base64-encoded X.509 certificate.");
        }
        throw GraphError.badRequest("encryptionCertificate must hold an RSA key of 2048 to 4096 bits.");
    }

    /** The {@code encryptedContent} of a notification. */
    ObjectNode encrypt(JsonNode content) {
        byte[] key = new byte[32];
        RANDOM.nextBytes(key);
        try {
            Cipher aes = Cipher.getInstance("AES/CBC/PKCS5Padding");
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(Arrays.copyOf(key, 16)));
            byte[] data = aes.doFinal(Json.bytes(content));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPWithSHA1AndMGF1Padding");
            rsa.init(Cipher.ENCRYPT_MODE, certificate.getPublicKey());
            return Json.object()
                    .put("data", base64(data))
                    .put("dataSignature", base64(mac.doFinal(data)))
                    .put("dataKey", base64(rsa.doFinal(key)))
                    .put("encryptionCertificateId", id)
                    .put("encryptionCertificateThumbprint", thumbprint());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String thumbprint() throws GeneralSecurityException {
        byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded());
        return HexFormat.of().formatHex(sha1).toUpperCase(Locale.ROOT);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
