package dev.lockstep.protocol.entra;

import dev.lockstep.platform.PlatformException;
import io.smallrye.certs.pem.parsers.PKCS1Parser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A certificate with its private key, as PEM blocks in any order or as a PKCS12 store in Base64. */
final class CertificateText {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s\\\\]*+)-----END \\1-----");

    private CertificateText() {}

    /** @throws PlatformException.PermissionMissing saying what is wrong with it, and never what it holds */
    static CertifiedKey read(String text, String password, String name) {
        try {
            return text.contains("-----BEGIN") ? pem(text) : pkcs12(text, password);
        } catch (Unusable e) {
            throw new PlatformException.PermissionMissing(name + " " + e.getMessage());
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new PlatformException.PermissionMissing(
                    name + " cannot be read: it must be PEM (certificate and private key) or PKCS12 in Base64");
        }
    }

    private static CertifiedKey pem(String text) throws GeneralSecurityException, Unusable {
        List<X509Certificate> certificates = new ArrayList<>();
        PrivateKey key = null;
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            byte[] der = Base64.getMimeDecoder().decode(block.group(2).replace("\\n", "\n"));
            switch (block.group(1)) {
                case "CERTIFICATE" -> certificates.add(certificate(der));
                case "PRIVATE KEY" -> key = rsaKey(der);
                case "RSA PRIVATE KEY" -> key = olderRsaKey(der);
                case "ENCRYPTED PRIVATE KEY" ->
                    throw new Unusable("holds an encrypted private key: store it unencrypted");
                default -> {}
            }
        }
        return pair(key, certificates);
    }

    private static CertifiedKey pkcs12(String text, String password)
            throws GeneralSecurityException, IOException, Unusable {
        byte[] store = Base64.getMimeDecoder().decode(text.strip());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(new ByteArrayInputStream(store), password.toCharArray());
        for (String alias : Collections.list(keys.aliases())) {
            Key key = keys.getKey(alias, password.toCharArray());
            if (key instanceof PrivateKey secret && keys.getCertificate(alias) instanceof X509Certificate own) {
                return pair(secret, List.of(own));
            }
        }
        throw new Unusable("is a PKCS12 store without a private key");
    }

    private static CertifiedKey pair(PrivateKey key, List<X509Certificate> certificates) throws Unusable {
        if (!(key instanceof RSAPrivateKey secret)) {
            throw new Unusable("holds no RSA private key");
        }
        return certificates.stream()
                .filter(certificate -> certificate.getPublicKey() instanceof RSAPublicKey open
                        && open.getModulus().equals(secret.getModulus()))
                .findFirst()
                .map(certificate -> new CertifiedKey(key, certificate))
                .orElseThrow(() -> new Unusable("holds no certificate that belongs to its private key"));
    }

    private static X509Certificate certificate(byte[] der) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    private static PrivateKey rsaKey(byte[] pkcs8) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    /** OpenSSL's older form is PKCS1, which the JDK does not read. */
    private static PrivateKey olderRsaKey(byte[] pkcs1) throws InvalidKeyException {
        String pem = "-----BEGIN RSA PRIVATE KEY-----\n"
                + Base64.getEncoder().encodeToString(pkcs1)
                + "\n-----END RSA PRIVATE KEY-----";
        return Optional.ofNullable(new PKCS1Parser().getKey(pem, ""))
                .orElseThrow(() -> new InvalidKeyException("no key in PKCS1"));
    }

    /** It was read, and does not hold what is needed. */
    private static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String why) {
            super(why);
        }
    }
}
