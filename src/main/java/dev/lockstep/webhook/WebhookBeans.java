package dev.lockstep.webhook;

import dev.lockstep.configured.Connections;
import dev.lockstep.configured.Secrets;
import dev.lockstep.platform.PlatformGroup;
import dev.lockstep.protocol.signature.StandardWebhooks;
import dev.lockstep.settings.InstallationSettings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Puts the third-party applications together. */
@Singleton
final class WebhookBeans {
    @Produces
    @Singleton
    PlatformGroup platforms(
            ApplicationDescriptor descriptor,
            Connections connections,
            Secrets secrets,
            StandardWebhooks signatures,
            InstallationSettings settings) {
        Duration deadline = settings.deadline();
        Applications applications =
                new Applications(connections, secrets, signatures, ApplicationPlatform.client(deadline), deadline);
        return new PlatformGroup(descriptor, applications::platforms);
    }
}
