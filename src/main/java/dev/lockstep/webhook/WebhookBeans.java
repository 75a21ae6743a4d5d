package dev.lockstep.webhook;

import dev.lockstep.configured.ConfigSettings;
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
            InstallationSettings installation,
            ConfigSettings config) {
        Duration deadline = installation.deadline();
        WebhookDelivery delivery = new WebhookDelivery(
                WebhookDelivery.client(deadline), deadline, config.privateNetworks(), signatures.clock());
        Applications applications = new Applications(connections, secrets, signatures, delivery);
        return new PlatformGroup(descriptor, applications::platforms);
    }
}
