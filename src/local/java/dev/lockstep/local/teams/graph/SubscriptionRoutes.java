package dev.lockstep.local.teams.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.local.entra.Caller;
import dev.lockstep.local.server.Json;
import dev.lockstep.local.server.Reply;
import dev.lockstep.local.server.Request;
import dev.lockstep.local.server.SimulatedServer;
import dev.lockstep.local.teams.notifications.ActiveSubscriptions;
import dev.lockstep.local.teams.notifications.EncryptionKey;
import dev.lockstep.local.teams.notifications.Receiver;
import dev.lockstep.local.teams.notifications.Subscription;
import dev.lockstep.local.teams.notifications.Watched;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Creating and keeping subscriptions, learn.microsoft.com/graph/api/subscription-post-subscriptions. */
public final class SubscriptionRoutes {
    private static final Duration SHORTEST = Duration.ofMinutes(45);
    private static final Duration NEVER_BOTH_WITHIN = Duration.ofMinutes(10);
    private static final Set<String> CHANGEABLE =
            Set.of("expirationDateTime", "notificationUrl", "encryptionCertificate", "encryptionCertificateId");

    private final Gate gate;
    private final ActiveSubscriptions subscriptions;
    private final Receiver receiver;
    private final InstantSource clock;
    private final GraphBehaviour rules;
    private final Throttle calls;
    private final Throttle lists;
    private final Throttle reauthorizations;

    public SubscriptionRoutes(
            Gate gate,
            ActiveSubscriptions subscriptions,
            Receiver receiver,
            InstantSource clock,
            GraphBehaviour rules) {
        this.gate = gate;
        this.subscriptions = subscriptions;
        this.receiver = receiver;
        this.clock = clock;
        this.rules = rules;
        Duration window = Duration.ofSeconds(20);
        boolean decimal = !rules.has(GraphBehaviour.Option.WHOLE_RETRY_AFTER);
        calls = new Throttle(500, window, clock, decimal);
        lists = new Throttle(25, window, clock, decimal);
        reauthorizations = new Throttle(1_000, window, clock, decimal);
    }

    public void route(SimulatedServer server, String base) {
        server.on("POST", base + "/subscriptions", this::create)
                .on("GET", base + "/subscriptions", this::list)
                .on("GET", base + "/subscriptions/{id}", this::read)
                .on("PATCH", base + "/subscriptions/{id}", this::update)
                .on("DELETE", base + "/subscriptions/{id}", this::delete)
                .on("POST", base + "/subscriptions/{id}/reauthorize", this::reauthorize)
                .on("GET", "/_subscriptions", this::everybodys)
                .on("POST", "/_subscriptions/{id}/challenge", this::challenge);
    }

    private Reply create(Request request) {
        Caller caller = caller(request, calls);
        JsonNode body = request.json();
        Watched watched = Watched.read(required(body, "resource"));
        demandPermission(caller, watched);
        demandChangeType(watched, required(body, "changeType"));
        subscriptions.demandRoom(caller, watched);
        Subscription made = subscription(caller, watched, body);
        receiver.validate(made.notificationUrl());
        made.lifecycleUrl().ifPresent(receiver::validate);
        subscriptions.add(caller, made);
        return Reply.json(201, withContext(made.write(true)));
    }

    private Subscription subscription(Caller caller, Watched watched, JsonNode body) {
        Instant expires = expiry(body, watched);
        Optional<String> lifecycle = Json.text(body, "lifecycleNotificationUrl").map(this::demandUrl);
        if (lifecycle.isEmpty() && expires.isAfter(clock.instant().plus(Duration.ofMinutes(60)))) {
            throw GraphError.badRequest(
                    "lifecycleNotificationUrl is required when the subscription lives over an hour.");
        }
        return new Subscription(
                UUID.randomUUID().toString(),
                caller.appId(),
                ActiveSubscriptions.creator(caller),
                watched,
                required(body, "resource"),
                required(body, "changeType"),
                demandUrl(required(body, "notificationUrl")),
                lifecycle,
                expires,
                clientState(body),
                encryption(body, watched),
                caller.tokenExpires(),
                Instant.MIN,
                Instant.MIN,
                Instant.MIN);
    }

    private Reply list(Request request) {
        Caller caller = caller(request, lists);
        ObjectNode body = Json.object().put("@odata.context", "$metadata#subscriptions");
        var value = body.putArray("value");
        subscriptions.of(caller).forEach(each -> value.add(each.write(false)));
        return Reply.json(200, body);
    }

    private Reply read(Request request) {
        Caller caller = caller(request, calls);
        return Reply.json(
                200, withContext(subscriptions.find(caller, request.part("id")).write(false)));
    }

    private Reply delete(Request request) {
        subscriptions.remove(caller(request, calls), request.part("id"));
        return Reply.empty(204);
    }

    /** Renews, and so reauthorizes; the resource cannot be changed. */
    private Reply update(Request request) {
        Caller caller = caller(request, calls);
        JsonNode body = request.json();
        Subscription before = subscriptions.find(caller, request.part("id"));
        body.fieldNames().forEachRemaining(SubscriptionRoutes::demandChangeable);
        demandApart(before.reauthorized());
        Optional<String> url = Json.text(body, "notificationUrl").map(this::demandUrl);
        url.ifPresent(receiver::validate);
        Optional<EncryptionKey> key = key(body);
        Instant expires = body.has("expirationDateTime") ? expiry(body, before.watched()) : before.expires();
        Instant now = clock.instant();
        Subscription after = subscriptions.replace(caller, before.id(), found -> {
            Subscription moved = url.map(found::sentTo).orElse(found);
            return key.map(moved::encryptedFor).orElse(moved).renewed(expires, caller.tokenExpires(), now);
        });
        return Reply.json(200, withContext(after.write(false)));
    }

    private Reply reauthorize(Request request) {
        Caller caller = caller(request, reauthorizations);
        Instant now = clock.instant();
        subscriptions.replace(caller, request.part("id"), found -> {
            demandApart(found.patched());
            return found.reauthorized(caller.tokenExpires(), now);
        });
        return Reply.empty(204);
    }

    private Reply everybodys(Request request) {
        var value = Json.array();
        subscriptions.everybodys().forEach(each -> value.add(each.write(false)));
        return Reply.json(200, value);
    }

    private Reply challenge(Request request) {
        return Reply.empty(subscriptions.challenge(request.part("id")) ? 202 : 404);
    }

    private Caller caller(Request request, Throttle throttle) {
        Caller caller = gate.caller(request);
        throttle.admit(caller.appId() + caller.tenantId());
        return caller;
    }

    /** Application permission is "not supported" for presence, learn.microsoft.com/graph/changenotifications-for-presence. */
    private static void demandPermission(Caller caller, Watched watched) {
        boolean allowed = switch (watched) {
            case Watched.Presences presences -> caller.isDelegated() && caller.may("Presence.Read.All");
            case Watched.Shifts shifts -> caller.may("Schedule.Read.All", "Schedule.ReadWrite.All");
        };
        if (!allowed) {
            throw GraphError.forbidden("Operation: Create; Exception: [Status Code: Forbidden; Reason: Caller does "
                    + "not have access to the requested resource].");
        }
    }

    private static void demandChangeType(Watched watched, String changeType) {
        Set<String> possible =
                watched instanceof Watched.Presences ? Set.of("updated") : Set.of("created", "updated", "deleted");
        if (!possible.containsAll(Set.of(changeType.split(",")))) {
            throw GraphError.badRequest("changeType '" + changeType + "' is not supported for this resource.");
        }
    }

    /** Never both a renewal and a reauthorization within 10 minutes for one subscription. */
    private void demandApart(Instant other) {
        if (other.isAfter(clock.instant().minus(NEVER_BOTH_WITHIN))) {
            throw GraphError.badRequest("The subscription was renewed or reauthorized less than 10 minutes ago.");
        }
    }

    private static void demandChangeable(String member) {
        if (!member.startsWith("@") && !CHANGEABLE.contains(member)) {
            throw GraphError.badRequest("The property '" + member + "' cannot be updated.");
        }
    }

    private String demandUrl(String url) {
        boolean plainAllowed = rules.has(GraphBehaviour.Option.PLAIN_HTTP_NOTIFICATIONS);
        try {
            URI uri = URI.create(url);
            String scheme = String.valueOf(uri.getScheme());
            if (uri.getHost() != null && (scheme.equals("https") || (plainAllowed && scheme.equals("http")))) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw GraphError.badRequest("'" + url + "' is not a URL.");
        }
        throw GraphError.badRequest("The notification URL must use HTTPS.");
    }

    private Instant expiry(JsonNode body, Watched watched) {
        Instant now = clock.instant();
        Instant wanted = instant(required(body, "expirationDateTime"));
        if (!wanted.isAfter(now)) {
            throw GraphError.badRequest("Subscription expiration must be in the future.");
        }
        if (wanted.isAfter(now.plus(watched.longestLife()))) {
            throw GraphError.badRequest("Subscription expiration can only be "
                    + watched.longestLife().toMinutes() + " minutes in the future.");
        }
        return wanted.isBefore(now.plus(SHORTEST)) ? now.plus(SHORTEST) : wanted;
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw GraphError.badRequest("'" + text + "' is not a date and time with an offset.");
        }
    }

    private static Optional<String> clientState(JsonNode body) {
        Optional<String> state = Json.text(body, "clientState");
        if (state.isPresent() && state.get().length() > 128) {
            throw GraphError.badRequest("clientState must not be longer than 128 characters.");
        }
        return state;
    }

    private Optional<EncryptionKey> encryption(JsonNode body, Watched watched) {
        boolean rich = body.path("includeResourceData").asBoolean(false);
        boolean presence = watched instanceof Watched.Presences;
        if (rich && !presence) {
            throw GraphError.badRequest("Resource data is not supported for this resource.");
        }
        boolean needed = rich || (presence && !rules.has(GraphBehaviour.Option.BASIC_PRESENCE_NOTIFICATIONS));
        Optional<EncryptionKey> key = key(body);
        if (needed && key.isEmpty()) {
            throw GraphError.badRequest("encryptionCertificate and encryptionCertificateId are required.");
        }
        return rich ? key : Optional.empty();
    }

    private static Optional<EncryptionKey> key(JsonNode body) {
        Optional<String> certificate = Json.text(body, "encryptionCertificate");
        Optional<String> id = Json.text(body, "encryptionCertificateId");
        if (certificate.isPresent() != id.isPresent()) {
            throw GraphError.badRequest("encryptionCertificate and encryptionCertificateId belong together.");
        }
        return certificate.map(base64 -> EncryptionKey.read(id.orElseThrow(), base64));
    }

    private static ObjectNode withContext(ObjectNode subscription) {
        return subscription.put("@odata.context", "$metadata#subscriptions/$entity");
    }

    private static String required(JsonNode body, String member) {
        return Json.text(body, member)
                .orElseThrow(() -> GraphError.badRequest("The property '" + member + "' is required."));
    }
}
