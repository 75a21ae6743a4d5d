package dev.lockstep.webhook;

import dev.lockstep.configured.Connection;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.Platform;
import dev.lockstep.platform.PlatformContract;
import dev.lockstep.platform.Standing;
import dev.lockstep.protocol.delivery.GivenDeliveryLog;
import dev.lockstep.protocol.signature.StandardWebhooks;
import dev.lockstep.store.InMemoryControl;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

class ApplicationPlatformContractTest extends PlatformContract {
    private static final Connection CRM = new Connection(
            "crm", "webhook", List.of(), List.of(), Optional.of(URI.create("https://crm.example/hook")), List.of());

    @Override
    protected Platform platform() {
        return new ApplicationPlatform(
                CRM,
                reference -> reference,
                new StandardWebhooks(() -> Instant.EPOCH, Duration.ofMinutes(5)),
                new WebhookDelivery(
                        WebhookDelivery.client(Duration.ofSeconds(1)),
                        Duration.ofSeconds(1),
                        true,
                        () -> Instant.EPOCH),
                new ApplicationSubscription(CRM, new InMemoryControl(() -> Instant.EPOCH), () -> Instant.EPOCH),
                GivenDeliveryLog.in(() -> Instant.EPOCH));
    }

    @Override
    protected Observation shown(Standing written, Instant now) {
        throw new AssertionError("an application shows nothing");
    }

    @Override
    protected boolean needsMapping() {
        return false;
    }
}
