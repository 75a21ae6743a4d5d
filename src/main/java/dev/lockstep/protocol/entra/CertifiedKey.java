package dev.lockstep.protocol.entra;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** A private key and the certificate that belongs to it. Its text form names neither. */
public record CertifiedKey(PrivateKey key, X509Certificate certificate) {
    /**
     * @param text PEM blocks in any order, or a PKCS12 store in Base64
     * @param password of the PKCS12 store; blank for none
     * @param name the configuration key it came from, for messages
     * @throws dev.lockstep.platform.PlatformException.PermissionMissing saying what is wrong with it, and never what
     *     it holds
     */
    public static CertifiedKey read(String text, String password, String name) {
        return CertificateText.read(text, password, name);
    }

    @Override
    public String toString() {
        return "CertifiedKey[until " + certificate.getNotAfter().toInstant() + "]";
    }
}
