package dev.lockstep.teams.notifications;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a rich notification carries
 * (learn.microsoft.com/graph/change-notifications-with-resource-data, "Decrypting resource data").
 *
 * @param data encrypted with AES-256 in CBC mode; the vector is the first half of the key
 * @param signature HMAC-SHA256 of the data by the same key
 * @param key that key, encrypted for our certificate by RSA-OAEP with SHA-1
 */
public record EncryptedContent(byte[] data, byte[] signature, byte[] key) {
    private static final int KEY_BYTES = 32;
    private static final int BLOCK_BYTES = 16;

    /** Empty if a part is missing or not in Base64. */
    public static Optional<EncryptedContent> of(JsonNode content) {
        Optional<byte[]> data = bytes(content, "data");
        Optional<byte[]> signature = bytes(content, "dataSignature");
        Optional<byte[]> key = bytes(content, "dataKey");
        return data.isPresent() && signature.isPresent() && key.isPresent()
                ? Optional.of(new EncryptedContent(data.get(), signature.get(), key.get()))
                : Optional.empty();
    }

    /** Empty if it is not for this key, or was changed on its way: then nothing has been decrypted. */
    public Optional<byte[]> decrypted(PrivateKey ours) {
        try {
            Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPWithSHA1AndMGF1Padding");
            rsa.init(Cipher.DECRYPT_MODE, ours);
            byte[] symmetric = rsa.doFinal(key);
            return symmetric.length == KEY_BYTES && isSignedBy(symmetric)
                    ? Optional.of(decryptedBy(symmetric))
                    : Optional.empty();
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private boolean isSignedBy(byte[] symmetric) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(symmetric, "HmacSHA256"));
        return MessageDigest.isEqual(mac.doFinal(data), signature);
    }

    private byte[] decryptedBy(byte[] symmetric) throws GeneralSecurityException {
        Cipher aes = Cipher.getInstance("AES/CBC/PKCS5Padding");
        IvParameterSpec vector = new IvParameterSpec(Arrays.copyOf(symmetric, BLOCK_BYTES));
        aes.init(Cipher.DECRYPT_MODE, new SecretKeySpec(symmetric, "AES"), vector);
        return aes.doFinal(data);
    }

    private static Optional<byte[]> bytes(JsonNode content, String name) {
        try {
            return Optional.ofNullable(content.path(name).textValue())
                    .filter(text -> !text.isBlank())
                    .map(text -> Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "EncryptedContent";
    }
}
