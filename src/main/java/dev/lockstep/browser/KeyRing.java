package dev.lockstep.browser;

import dev.lockstep.platform.PlatformException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what a browser keeps for us, so that nobody can read or change it: AES-256 in GCM (NIST SP 800-38D). The first key
 * seals and every key opens, so that keys can be replaced while what was sealed before goes on being good.
 *
 * <p>Sealed is, in Base64 for URLs: a version, four bytes by which the key is found, twelve random bytes, and the text with
 * its tag. What it is for is authenticated with it: a sign-in under way is no session.
 */
final class KeyRing {
    private static final byte VERSION = 1;
    private static final int KEY_BYTES = 32;
    private static final int ID_BYTES = 4;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int HEAD_BYTES = 1 + ID_BYTES;

    /** Of a cookie with its name and attributes browsers keep 4,096 bytes (RFC 6265, 6.1). */
    static final int LONGEST = 3_800;

    private final Supplier<List<String>> keys;
    private final RandomGenerator random;

    /** @param keys in Base64; asked for each time, because they may be replaced */
    KeyRing(Supplier<List<String>> keys, RandomGenerator random) {
        this.keys = keys;
        this.random = random;
    }

    /** @throws PlatformException if there is no key */
    String seal(String purpose, byte[] text) {
        SecretKeySpec key = ring().getFirst();
        byte[] head = head(key);
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, key, nonce, head, purpose).doFinal(text);
            byte[] all = ByteBuffer.allocate(HEAD_BYTES + NONCE_BYTES + sealed.length)
                    .put(head)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @return empty if it was not sealed with one of the keys for this purpose
     * @throws PlatformException if there is no key
     */
    Optional<byte[]> open(String purpose, String sealed) {
        byte[] all = sealed.length() > LONGEST ? new byte[0] : decoded(sealed);
        if (all.length <= HEAD_BYTES + NONCE_BYTES) {
            return Optional.empty();
        }
        byte[] head = Arrays.copyOf(all, HEAD_BYTES);
        byte[] nonce = Arrays.copyOfRange(all, HEAD_BYTES, HEAD_BYTES + NONCE_BYTES);
        return ring().stream()
                .filter(key -> Arrays.equals(head(key), head))
                .flatMap(key -> opened(key, nonce, head, purpose, all).stream())
                .findFirst();
    }

    private static Optional<byte[]> opened(SecretKeySpec key, byte[] nonce, byte[] head, String purpose, byte[] all) {
        int start = HEAD_BYTES + NONCE_BYTES;
        try {
            return Optional.of(
                    cipher(Cipher.DECRYPT_MODE, key, nonce, head, purpose).doFinal(all, start, all.length - start));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, byte[] head, String purpose)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(head);
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static byte[] head(SecretKeySpec key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return ByteBuffer.allocate(HEAD_BYTES)
                    .put(VERSION)
                    .put(digest, 0, ID_BYTES)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<SecretKeySpec> ring() {
        List<SecretKeySpec> ring = keys.get().stream().map(KeyRing::key).toList();
        if (ring.isEmpty()) {
            throw unusable();
        }
        return ring;
    }

    private static SecretKeySpec key(String text) {
        try {
            byte[] key = Base64.getDecoder().decode(text);
            if (key.length == KEY_BYTES) {
                return new SecretKeySpec(key, "AES");
            }
        } catch (IllegalArgumentException e) {
            // Answered as one of another length.
        }
        throw unusable();
    }

    private static PlatformException unusable() {
        return new PlatformException.PermissionMissing("lockstep.browser.session-keys must hold keys of 32 bytes in"
                + " Base64, such as openssl rand -base64 32 prints, separated by commas");
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
