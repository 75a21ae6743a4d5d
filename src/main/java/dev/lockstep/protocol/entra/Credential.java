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
    static final String SECRET_KEY = "lockstep.entra.client-secret";
    static final String CERTIFICATE_KEY = "lockstep.entra.certificate";

    /** A certificate is taken before a secret: Microsoft recommends it (Dynamics, presence-status-sync). */
    static Credential of(EntraSettings settings, Secrets secrets) {
        return settings.certificate()
                .map(reference -> certificate(reference, settings, secrets))
                .or(() -> settings.clientSecret().map(reference -> secret(secrets.reveal(reference))))
                .orElseThrow(() -> new PlatformException.PermissionMissing(
                        "neither " + SECRET_KEY + " nor " + CERTIFICATE_KEY + " is set"));
    }

    private static Credential secret(String value) {
        if (value.isBlank()) {
            throw new PlatformException.PermissionMissing(SECRET_KEY + " is empty");
        }
        return new Credential(ClientCredentialFactory.createFromSecret(value.strip()), SECRET_KEY, Optional.empty());
    }

    private static Credential certificate(String reference, EntraSettings settings, Secrets secrets) {
        String password = settings.certificatePassword().map(secrets::reveal).orElse("");
        CertifiedKey pair = CertificateText.read(secrets.reveal(reference), password);
        return new Credential(
                ClientCredentialFactory.createFromCertificate(pair.key(), pair.certificate()),
                CERTIFICATE_KEY,
                Optional.of(pair.certificate().getNotAfter().toInstant()));
    }
}
