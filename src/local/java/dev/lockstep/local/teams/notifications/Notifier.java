package dev.lockstep.local.teams.notifications;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.local.entra.Application;
import dev.lockstep.local.entra.Tenant;
import dev.lockstep.local.entra.TokenIssuer;
import dev.lockstep.local.server.Json;
import dev.lockstep.local.server.Outbox;
import dev.lockstep.local.teams.graph.GraphBehaviour;
import dev.lockstep.local.teams.graph.PresenceJson;
import dev.lockstep.local.teams.model.ShownPresence;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Delivers change and lifecycle notifications, learn.microsoft.com/graph/change-notifications-delivery-webhooks: one
 * POST may carry several items; without a 2xx in 3 s it is tried again, ever more slowly, for up to 4 hours.
 */
public final class Notifier {
    private static final Duration GATHER = Duration.ofMillis(50);
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(3);
    private static final Duration LATER_ANSWER = Duration.ofSeconds(10);
    private static final Duration GIVE_UP = Duration.ofHours(4);

    private final GraphBehaviour rules;
    private final Outbox outbox;
    private final Receiver receiver;
    private final ScheduledExecutorService timers;
    private final InstantSource clock;
    private final Tenant directory;
    private final TokenIssuer tokens;
    private final Random random;
    private final Map<String, List<Item>> gathered = new ConcurrentHashMap<>();
    private final Map<String, ReceiverHealth> health = new ConcurrentHashMap<>();

    public Notifier(
            GraphBehaviour rules,
            Outbox outbox,
            Receiver receiver,
            ScheduledExecutorService timers,
            InstantSource clock,
            Tenant directory,
            TokenIssuer tokens,
            Random random) {
        this.rules = rules;
        this.outbox = outbox;
        this.receiver = receiver;
        this.timers = timers;
        this.clock = clock;
        this.directory = directory;
        this.tokens = tokens;
        this.random = random;
    }

    private record Item(Subscription subscription, JsonNode json) {}

    /** Tells a subscriber of a presence; nothing waits for it. */
    void presence(Subscription subscription, ShownPresence presence) {
        ObjectNode json = item(subscription, "updated", "communications/presences/" + presence.userId());
        json.set("resourceData", PresenceJson.reference(presence.userId()));
        boolean numbered = rules.has(GraphBehaviour.Option.SEQUENCE_NUMBER_IN_NOTIFICATION);
        subscription
                .encryption()
                .ifPresent(key -> json.set("encryptedContent", key.encrypt(PresenceJson.notified(presence, numbered))));
        send(subscription, subscription.notificationUrl(), json);
    }

    void shift(Subscription subscription, String changeType, String teamId, String shiftId) {
        String path = "teams/" + teamId + "/schedule/shifts/" + shiftId;
        ObjectNode json = item(subscription, changeType, path);
        json.putObject("resourceData")
                .put("@odata.type", "#microsoft.graph.shift")
                .put("@odata.id", path)
                .put("id", shiftId);
        send(subscription, subscription.notificationUrl(), json);
    }

    void lifecycle(Subscription subscription, String event) {
        ObjectNode json = Json.object().put("subscriptionId", subscription.id());
        json.put("subscriptionExpirationDateTime", subscription.expires().toString());
        json.put("tenantId", directory.tenantId());
        json.put("clientState", subscription.clientState().orElse(null));
        json.put("lifecycleEvent", event);
        subscription.lifecycleUrl().ifPresent(url -> send(subscription, url, json));
    }

    private ObjectNode item(Subscription subscription, String changeType, String resource) {
        ObjectNode json = Json.object().put("subscriptionId", subscription.id());
        json.put("clientState", subscription.clientState().orElse(null));
        json.put("changeType", changeType).put("tenantId", directory.tenantId());
        json.put("resource", resource);
        json.put("subscriptionExpirationDateTime", subscription.expires().toString());
        return json.put("organizationId", directory.tenantId());
    }

    private void send(Subscription subscription, String url, ObjectNode json) {
        Instant now = clock.instant();
        ReceiverHealth state = healthOf(url);
        if (!state.dropsAt(now)) {
            Duration latency = latency().plus(state.delayAt(now));
            outbox.send(path(url), latency, () -> gather(url, new Item(subscription, json)));
        }
    }

    private Duration latency() {
        long from = rules.latencyFrom().toMillis();
        long spread = rules.latencyTo().toMillis() - from;
        return Duration.ofMillis(from + (spread <= 0 ? 0 : random.nextLong(spread + 1)));
    }

    private void gather(String url, Item item) {
        gathered.compute(url, (any, waiting) -> {
            List<Item> items = waiting == null ? new ArrayList<>() : waiting;
            if (items.isEmpty()) {
                later(GATHER, () -> flush(url));
            }
            items.add(item);
            return items;
        });
    }

    private void flush(String url) {
        List<Item> items = gathered.remove(url);
        if (items != null) {
            attempt(url, items, clock.instant(), 0);
        }
    }

    private void attempt(String url, List<Item> items, Instant first, int number) {
        Instant begun = clock.instant();
        boolean taken = receiver.post(url, envelope(items), number == 0 ? FIRST_ANSWER : LATER_ANSWER);
        healthOf(url).answered(clock.instant(), Duration.between(begun, clock.instant()));
        Duration pause = rules.retryAfter().multipliedBy(1L << Math.min(number, 10));
        if (!taken && clock.instant().plus(pause).isBefore(first.plus(GIVE_UP))) {
            later(pause, () -> attempt(url, items, first, number + 1));
        }
    }

    private JsonNode envelope(List<Item> items) {
        ObjectNode body = Json.object();
        ArrayNode value = body.putArray("value");
        items.forEach(item -> value.add(item.json));
        List<Application> readers = items.stream()
                .filter(item -> item.json.has("encryptedContent"))
                .flatMap(item -> directory.application(item.subscription.appId()).stream())
                .distinct()
                .toList();
        if (!readers.isEmpty()) {
            body.set("validationTokens", validationTokens(readers));
        }
        return body;
    }

    private JsonNode validationTokens(List<Application> readers) {
        ArrayNode list = Json.array();
        readers.stream()
                .filter(Application::validationTokens)
                .map(tokens::validation)
                .forEach(list::add);
        return list.isEmpty() ? Json.MAPPER.nullNode() : list;
    }

    private ReceiverHealth healthOf(String url) {
        return health.computeIfAbsent(url, any -> new ReceiverHealth(rules.judgedFrom()));
    }

    private void later(Duration delay, Runnable work) {
        timers.schedule(() -> Thread.startVirtualThread(work), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static String path(String url) {
        return Optional.ofNullable(URI.create(url).getPath()).orElse("/");
    }
}
