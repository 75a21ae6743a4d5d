package dev.lockstep.protocol.entra;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.IClientCredential;
import dev.lockstep.configured.Secrets;
import dev.lockstep.platform.PlatformException;
import java.time.Instant;
import java.util.Optional;

/**
 * By what we prove to Entra who we are.
 *
 * @param name the configuration key it came from, for messages
 * @param expiresAt when the certificate ends; a client secret does not tell
 */
record Credential(IClientCredential value, String name, Optional<Instant> expiresAt) {
    private static final String SECRET = ".client-secret";
    private static final String CERTIFICATE = ".certificate";

    /**
     * A certificate is taken before a secret: Microsoft recommends it (Dynamics, presence-status-sync).
     *
     * @param prefix of its settings, for messages
     */
    static Credential of(AppRegistration registration, String prefix, Secrets secrets) {
        return registration
                .certificate()
                .map(reference -> certificate(reference, registration, prefix, secrets))
                .or(() -> registration.clientSecret().map(reference -> secret(secrets.reveal(reference), prefix)))
                .orElseThrow(() -> new PlatformException.PermissionMissing(
                        "neither " + prefix + SECRET + " nor " + prefix + CERTIFICATE + " is set"));
    }

    private static Credential secret(String value, String prefix) {
        if (value.isBlank()) {
            throw new PlatformException.PermissionMissing(prefix + SECRET + " is empty");
        }
        return new Credential(
                ClientCredentialFactory.createFromSecret(value.strip()), prefix + SECRET, Optional.empty());
    }

    private static Credential certificate(
            String reference, AppRegistration registration, String prefix, Secrets secrets) {
        String password =
                registration.certificatePassword().map(secrets::reveal).orElse("");
        CertifiedKey pair = CertificateText.read(secrets.reveal(reference), password, prefix + CERTIFICATE);
        return new Credential(
                ClientCredentialFactory.createFromCertificate(pair.key(), pair.certificate()),
                prefix + CERTIFICATE,
                Optional.of(pair.certificate().getNotAfter().toInstant()));
    }
}
