package dev.lockstep.protocol.entra;

import java.util.Optional;

/** An app registration in Entra, and by what we prove to be it. */
public interface AppRegistration {
    /** The application's (client) id. */
    Optional<String> clientId();

    /** The client secret, or the reference of the stored one. */
    Optional<String> clientSecret();

    /**
     * Instead of the client secret: certificate and private key as PEM, or a PKCS12 store in Base64; the text itself
     * or the reference of the stored one.
     */
    Optional<String> certificate();

    /** The PKCS12 store's password, or the reference of the stored one; missing for an empty one. */
    Optional<String> certificatePassword();
}
