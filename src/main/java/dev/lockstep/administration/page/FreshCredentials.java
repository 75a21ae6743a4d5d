package dev.lockstep.administration.page;

import dev.lockstep.configured.ConfigSettings;
import dev.lockstep.configured.ConnectionSystem;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** Makes tokens and signing secrets, where the configuration itself may hold them. */
@Singleton
final class FreshCredentials {
    private static final int BYTES = 32;

    private final ConfigSettings settings;
    private final RandomGenerator random;

    @Inject
    FreshCredentials(ConfigSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    boolean areAllowed() {
        return settings.inlineSecrets();
    }

    /** Plain enough for a URL, or as Standard Webhooks asks for (standardwebhooks.com, "Signature scheme"). */
    String next(ConnectionSystem.Credential kind) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return switch (kind) {
            case TOKENS -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            case SECRETS -> "whsec_" + Base64.getEncoder().encodeToString(bytes);
        };
    }
}
