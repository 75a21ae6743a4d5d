package dev.lockstep.api;

import dev.lockstep.configured.Connections;
import dev.lockstep.directory.AgentLookup;
import dev.lockstep.protocol.delivery.DeliveryLog;
import dev.lockstep.protocol.delivery.GivenDeliveryLog;
import dev.lockstep.protocol.signature.StandardWebhooks;
import dev.lockstep.store.InMemoryControl;
import dev.lockstep.sync.WriteModes;
import dev.lockstep.webhook.Applications;
import dev.lockstep.webhook.WebhookDelivery;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;

/** What is asked of connections, for tests. */
public final class GivenConnectionsApi {
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final HttpClient CLIENT = WebhookDelivery.client(DEADLINE);

    private GivenConnectionsApi() {}

    /** For tests that ask nothing of it. */
    public static ConnectionsApi unasked(Connections connections, AgentLookup lookup, InstantSource clock) {
        return of(connections, GivenDeliveryLog.in(clock), lookup, (subject, platform) -> WriteModes.Mode.ON, clock);
    }

    static ConnectionsApi of(
            Connections connections, DeliveryLog log, AgentLookup lookup, WriteModes modes, InstantSource clock) {
        Applications applications = new Applications(
                connections,
                reference -> reference,
                new StandardWebhooks(clock, Duration.ofMinutes(5)),
                new WebhookDelivery(CLIENT, DEADLINE, true, clock),
                new InMemoryControl(clock),
                log);
        return new ConnectionsApi(connections, log, applications, lookup, modes);
    }
}
