package dev.lockstep.webhook;

import dev.lockstep.configured.Connections;
import dev.lockstep.configured.Secrets;
import dev.lockstep.platform.PlatformGroup;
import dev.lockstep.protocol.signature.StandardWebhooks;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

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
            @ConfigProperty(name = "lockstep.deadline", defaultValue = "2s") Duration deadline) {
        Applications applications =
                new Applications(connections, secrets, signatures, ApplicationPlatform.client(deadline), deadline);
        return new PlatformGroup(descriptor, applications::platforms);
    }
}
