package dev.lockstep.local.teams;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The subscriber's side of encrypted notifications, written from
 * learn.microsoft.com/graph/change-notifications-with-resource-data and held to the published notification.
 */
public final class Decryptor {
    private Decryptor() {}

    public static String decrypt(JsonNode content, PrivateKey privateKey) throws GeneralSecurityException {
        Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPWithSHA1AndMGF1Padding");
        rsa.init(Cipher.DECRYPT_MODE, privateKey);
        byte[] key = rsa.doFinal(bytes(content, "dataKey"));
        byte[] data = bytes(content, "data");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        if (!MessageDigest.isEqual(mac.doFinal(data), bytes(content, "dataSignature"))) {
            throw new GeneralSecurityException("dataSignature");
        }
        Cipher aes = Cipher.getInstance("AES/CBC/PKCS5Padding");
        aes.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(Arrays.copyOf(key, 16)));
        return new String(aes.doFinal(data), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(JsonNode content, String member) {
        return Base64.getDecoder().decode(content.path(member).asText());
    }
}
