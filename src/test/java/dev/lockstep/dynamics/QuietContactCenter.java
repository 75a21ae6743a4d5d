package dev.lockstep.dynamics;

import dev.lockstep.concurrent.VirtualTime;
import dev.lockstep.local.dynamics.ContactCenter;
import dev.lockstep.local.dynamics.model.DynamicsBehaviour;
import dev.lockstep.local.dynamics.webhook.WebhookTiming;
import java.util.SplittableRandom;

/** A contact centre whose webhooks reach nobody: what it shows is seen only by who reads it. */
public final class QuietContactCenter {
    private QuietContactCenter() {}

    public static ContactCenter of(VirtualTime time, DynamicsBehaviour rules) {
        return ContactCenter.of(
                time,
                time::after,
                (receiver, latency, delivery) -> {},
                (url, headers, body) -> 200,
                new SplittableRandom(1),
                rules,
                WebhookTiming.usual());
    }
}
