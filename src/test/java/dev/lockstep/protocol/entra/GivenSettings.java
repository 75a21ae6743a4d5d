package dev.lockstep.protocol.entra;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Settings that a test gives by hand. */
public record GivenSettings(
        URI authority,
        Optional<String> tenantId,
        Optional<String> clientId,
        Optional<String> clientSecret,
        Optional<String> certificate,
        Optional<String> certificatePassword,
        Duration connectTimeout,
        Duration timeout)
        implements EntraSettings {
    public static final String TENANT = "77777777-0000-0000-0000-000000000007";
    public static final String CLIENT = "88888888-0000-0000-0000-000000000008";

    public static GivenSettings secret(String authority, String secret) {
        return new GivenSettings(
                URI.create(authority),
                Optional.of(TENANT),
                Optional.of(CLIENT),
                Optional.of(secret),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(20),
                Duration.ofSeconds(20));
    }

    /** Without an application. */
    public static GivenSettings none() {
        return secret("https://login.microsoftonline.com", "").without("client-id");
    }

    GivenSettings waiting(Duration limit) {
        return new GivenSettings(
                authority, tenantId, clientId, clientSecret, certificate, certificatePassword, limit, limit);
    }

    GivenSettings withCertificate(String text, String password) {
        return new GivenSettings(
                authority,
                tenantId,
                clientId,
                Optional.empty(),
                Optional.of(text),
                Optional.of(password).filter(it -> !it.isEmpty()),
                connectTimeout,
                timeout);
    }

    GivenSettings without(String key) {
        return new GivenSettings(
                authority,
                tenantId.filter(it -> !key.equals("tenant-id")),
                clientId.filter(it -> !key.equals("client-id")),
                clientSecret.filter(it -> !key.equals("client-secret")),
                certificate,
                certificatePassword,
                connectTimeout,
                timeout);
    }
}
