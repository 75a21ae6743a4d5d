package dev.lockstep.webhook;

import dev.lockstep.configured.ConfigSettings;
import dev.lockstep.configured.Connections;
import dev.lockstep.configured.Secrets;
import dev.lockstep.platform.PlatformGroup;
import dev.lockstep.protocol.delivery.DeliveryLog;
import dev.lockstep.protocol.signature.StandardWebhooks;
import dev.lockstep.settings.InstallationSettings;
import dev.lockstep.store.Control;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Puts the third-party applications together. */
@Singleton
final class WebhookBeans {
    @Produces
    @Singleton
    Applications applications(
            Connections connections,
            Secrets secrets,
            StandardWebhooks signatures,
            InstallationSettings installation,
            ConfigSettings config,
            Control control,
            DeliveryLog log) {
        Duration deadline = installation.deadline();
        WebhookDelivery delivery = new WebhookDelivery(
                WebhookDelivery.client(deadline), deadline, config.privateNetworks(), signatures.clock());
        return new Applications(connections, secrets, signatures, delivery, control, log);
    }

    @Produces
    @Singleton
    PlatformGroup platforms(ApplicationDescriptor descriptor, Applications applications) {
        return new PlatformGroup(descriptor, applications::platforms);
    }
}
