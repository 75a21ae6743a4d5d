package dev.lockstep.webhook;

import dev.lockstep.configured.Connection;
import dev.lockstep.configured.Connections;
import dev.lockstep.configured.Secrets;
import dev.lockstep.platform.Platform;
import dev.lockstep.protocol.delivery.DeliveryLog;
import dev.lockstep.protocol.signature.StandardWebhooks;
import dev.lockstep.store.Control;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The third-party applications that are configured at present. They are made anew only when a connection changed. */
public final class Applications {
    private final Connections connections;
    private final Secrets secrets;
    private final StandardWebhooks signatures;
    private final WebhookDelivery delivery;
    private final Control control;
    private final DeliveryLog log;
    private final AtomicReference<Made> made = new AtomicReference<>(new Made(List.of(), List.of()));

    public Applications(
            Connections connections,
            Secrets secrets,
            StandardWebhooks signatures,
            WebhookDelivery delivery,
            Control control,
            DeliveryLog log) {
        this.connections = connections;
        this.secrets = secrets;
        this.signatures = signatures;
        this.delivery = delivery;
        this.control = control;
        this.log = log;
    }

    /** One platform for each; a connection without a URL cannot be told anything and is left out. */
    public List<Platform> platforms() {
        return List.copyOf(configured());
    }

    /** The application of a connection; empty where that is no application, or has no URL. */
    public Optional<ApplicationPlatform> of(Connection connection) {
        return configured().stream()
                .filter(one -> one.connection().key().equals(connection.key()))
                .findFirst();
    }

    List<ApplicationPlatform> configured() {
        List<Connection> called = connections.all().stream()
                .filter(connection -> connection.system().equals(OutgoingWebhook.NAME))
                .filter(connection -> connection.url().isPresent())
                .toList();
        return made.updateAndGet(last -> last.of().equals(called) ? last : new Made(called, platforms(called)))
                .platforms();
    }

    private List<ApplicationPlatform> platforms(List<Connection> called) {
        return called.stream()
                .map(connection -> new ApplicationPlatform(
                        connection,
                        secrets,
                        signatures,
                        delivery,
                        new ApplicationSubscription(connection, control, delivery.clock()),
                        log))
                .toList();
    }

    /** The applications, and the connections that they were made of. */
    private record Made(List<Connection> of, List<ApplicationPlatform> platforms) {}
}
