package dev.lockstep.teams.notifications;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.local.server.Json;
import dev.lockstep.local.server.Vectors;
import dev.lockstep.protocol.entra.CertifiedKey;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The published certificate, and notifications encrypted for it as Graph does. */
public final class NotificationVectors {
    private static final CertifiedKey PUBLISHED = CertifiedKey.read(pem(), "", "the published key");

    private NotificationVectors() {}

    /** Certificate and key in one text; it expired in 2023 and must serve all the same. */
    public static String pem() {
        return Vectors.text("graph/rich-notification-certificate.pem")
                + Vectors.text("graph/rich-notification-private-key.pem");
    }

    public static CertifiedKey certifiedKey() {
        return PUBLISHED;
    }

    /** A notification's {@code encryptedContent}. */
    public static ObjectNode encrypted(JsonNode content, String certificateId) {
        return encrypted(Json.bytes(content), certificateId);
    }

    static ObjectNode encrypted(byte[] content, String certificateId) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) 7);
        try {
            Cipher aes = Cipher.getInstance("AES/CBC/PKCS5Padding");
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(Arrays.copyOf(key, 16)));
            byte[] data = aes.doFinal(content);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPWithSHA1AndMGF1Padding");
            rsa.init(Cipher.ENCRYPT_MODE, certifiedKey().certificate().getPublicKey());
            return Json.object()
                    .put("data", text(data))
                    .put("dataSignature", text(mac.doFinal(data)))
                    .put("dataKey", text(rsa.doFinal(key)))
                    .put("encryptionCertificateId", certificateId);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
