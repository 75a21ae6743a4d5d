package dev.lockstep.webhook;

import dev.lockstep.configured.Connection;
import dev.lockstep.platform.DesiredPresence;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Plan;
import dev.lockstep.platform.Platform;
import dev.lockstep.platform.PlatformCalls;
import dev.lockstep.platform.Standing;
import dev.lockstep.platform.Subject;
import dev.lockstep.presence.Status;
import dev.lockstep.protocol.delivery.GivenDeliveryLog;
import dev.lockstep.protocol.signature.StandardWebhooks;
import dev.lockstep.store.InMemoryControl;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A third-party application that is told of everything, without HTTP in between. */
public final class ApplicationInSimulation implements Platform {
    private static final HttpClient UNUSED = WebhookDelivery.client(Duration.ofSeconds(1));

    private final ApplicationPlatform platform;
    private final PlatformCalls calls;
    private final Map<String, String> told = new HashMap<>();

    public ApplicationInSimulation(String name, PlatformCalls calls, InstantSource clock) {
        Optional<URI> url = Optional.of(URI.create("https://application.example/presence"));
        Connection connection = new Connection(name, "webhook", List.of(), List.of(), url, List.of());
        StandardWebhooks signatures = new StandardWebhooks(clock, Duration.ofMinutes(5));
        this.platform = new ApplicationPlatform(
                connection,
                reference -> reference,
                signatures,
                new WebhookDelivery(UNUSED, Duration.ofSeconds(2), true, clock),
                new ApplicationSubscription(connection, new InMemoryControl(clock), clock),
                GivenDeliveryLog.in(clock));
        this.calls = calls;
    }

    /** What the application was last told of an agent. */
    public String told(String agentId) {
        return told.getOrDefault(agentId, Status.OFFLINE.label());
    }

    @Override
    public String name() {
        return platform.name();
    }

    @Override
    public boolean knowsAgentsByOurId() {
        return platform.knowsAgentsByOurId();
    }

    @Override
    public boolean concerns(Subject subject) {
        return platform.concerns(subject);
    }

    @Override
    public Plan plan(DesiredPresence wish, Standing standing, Instant now) {
        return platform.plan(wish, standing, now);
    }

    @Override
    public void perform(LedgerEntry step, Subject subject, Standing standing) {
        String status =
                new PresenceChange(step, subject).event().data().path("status").textValue();
        calls.call(name(), subject.agentId(), () -> told.put(subject.agentId(), status));
    }
}
