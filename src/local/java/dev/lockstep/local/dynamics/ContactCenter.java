package dev.lockstep.local.dynamics;

import dev.lockstep.local.dynamics.model.DynamicsBehaviour;
import dev.lockstep.local.dynamics.model.DynamicsModel;
import dev.lockstep.local.dynamics.model.Later;
import dev.lockstep.local.dynamics.model.WorkforceModel;
import dev.lockstep.local.dynamics.webhook.Courier;
import dev.lockstep.local.dynamics.webhook.HttpTransport;
import dev.lockstep.local.dynamics.webhook.WebhookEngine;
import dev.lockstep.local.dynamics.webhook.WebhookTiming;
import dev.lockstep.local.dynamics.webhook.WebhookTransport;
import dev.lockstep.local.server.Outbox;
import dev.lockstep.local.server.ServerFaults;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** One simulated organisation: presence, shifts and the webhooks that tell of them. */
public record ContactCenter(DynamicsModel presence, WorkforceModel shifts, WebhookEngine webhooks) {
    /** The platform gives up on a webhook after this time. */
    private static final Duration WEBHOOK_TIMEOUT = Duration.ofSeconds(60);

    /**
     * An organisation in real time that calls webhooks over HTTP.
     *
     * @param faults strike its notifications as {@code NOTIFY <path of the receiver>}
     */
    public static ContactCenter live(
            InstantSource clock,
            ScheduledExecutorService timers,
            ServerFaults faults,
            RandomGenerator random,
            DynamicsBehaviour rules,
            WebhookTiming timing) {
        Later later = (delay, task) ->
                timers.schedule(() -> Thread.startVirtualThread(task), delay.toMillis(), TimeUnit.MILLISECONDS);
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(WEBHOOK_TIMEOUT)
                .build();
        Outbox outbox = new Outbox(faults, timers);
        WebhookTransport transport = new HttpTransport(client, WEBHOOK_TIMEOUT);
        return of(clock, later, outbox::send, transport, random, rules, timing);
    }

    /** An organisation in whatever time and over whatever transport, such as a deterministic simulation's. */
    public static ContactCenter of(
            InstantSource clock,
            Later later,
            Courier courier,
            WebhookTransport transport,
            RandomGenerator random,
            DynamicsBehaviour rules,
            WebhookTiming timing) {
        DynamicsModel presence = new DynamicsModel(clock, later, rules);
        WebhookEngine webhooks = new WebhookEngine(presence, courier, transport, random, timing);
        return new ContactCenter(presence, new WorkforceModel(presence), webhooks);
    }
}
