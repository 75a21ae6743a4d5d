package dev.lockstep.webhook;

import dev.lockstep.configured.Connection;
import dev.lockstep.configured.Connections;
import dev.lockstep.configured.Secrets;
import dev.lockstep.protocol.signature.StandardWebhooks;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;

/**
 * The third-party applications that are configured at present.
 *
 * @param deadline for one exchange with an application
 */
public record Applications(
        Connections connections, Secrets secrets, StandardWebhooks signatures, HttpClient client, Duration deadline) {
    private static final String SYSTEM = "webhook";

    /** One platform for each; a connection without a URL cannot be told anything and is left out. */
    public List<ApplicationPlatform> platforms() {
        return connections.all().stream()
                .filter(connection -> connection.system().equals(SYSTEM))
                .filter(connection -> connection.url().isPresent())
                .map(this::platform)
                .toList();
    }

    private ApplicationPlatform platform(Connection connection) {
        return new ApplicationPlatform(connection, secrets, signatures, client, deadline);
    }
}
