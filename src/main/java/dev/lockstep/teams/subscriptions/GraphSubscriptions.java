package dev.lockstep.teams.subscriptions;

import com.microsoft.graph.models.Subscription;
import com.microsoft.graph.models.SubscriptionCollectionResponse;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.graph.subscriptions.SubscriptionsRequestBuilder;
import dev.lockstep.concurrent.Lazy;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.protocol.entra.AccessToken;
import dev.lockstep.protocol.entra.Tokens;
import dev.lockstep.protocol.http.PageTrail;
import dev.lockstep.teams.graph.GraphCalls;
import dev.lockstep.teams.graph.GraphConnection;
import dev.lockstep.teams.graph.GraphSettings;
import dev.lockstep.teams.notifications.NotificationKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Subscriptions through Microsoft's SDK, with a user's token: Graph takes no other for presences
 * (learn.microsoft.com/graph/changenotifications-for-presence).
 */
final class GraphSubscriptions implements SubscriptionApi {
    static final String PERMISSION = "Presence.Read.All";

    private static final String RESOURCE = "communications/presences";
    private static final Duration NEW = Duration.ofMinutes(1);
    private static final int MOST_PAGES = 100;

    private final GraphSettings settings;
    private final Tokens tokens;
    private final InstantSource clock;
    private final GraphCalls calls;
    private final Lazy<GraphServiceClient> graph;
    private final GraphConnection.Patience patience;
    private Instant renewedAt = Instant.MIN;

    /** @param tokens the service user's */
    GraphSubscriptions(GraphSettings settings, Tokens tokens, InstantSource clock, Duration timeout) {
        this.settings = settings;
        this.tokens = tokens;
        this.clock = clock;
        this.calls = new GraphCalls(
                settings.url(),
                tokens,
                clock,
                "grant the application " + PERMISSION + " as a delegated permission, with an administrator's consent");
        this.graph = new Lazy<>(() -> GraphConnection.open(settings, timeout, tokens));
        this.patience = new GraphConnection.Patience(timeout);
    }

    @Override
    public List<Held> held() {
        return calls.ask(() -> {
            return pages().stream()
                    .filter(GraphSubscriptions::isOfPresences)
                    .map(GraphSubscriptions::held)
                    .toList();
        });
    }

    /** The link to the next page is used as it came, but never leads elsewhere. */
    private List<Subscription> pages() {
        List<Subscription> all = new ArrayList<>();
        PageTrail trail = new PageTrail(settings.url(), MOST_PAGES);
        SubscriptionCollectionResponse page = subscriptions().get(request -> request.options.add(patience));
        while (page != null) {
            all.addAll(Optional.ofNullable(page.getValue()).orElse(List.of()));
            String next = page.getOdataNextLink();
            if (next != null && !trail.leadsTo(next)) {
                throw new PlatformException.Rejected("Teams' pages do not end, or lead elsewhere");
            }
            page = next == null ? null : subscriptions().withUrl(next).get(request -> request.options.add(patience));
        }
        return all;
    }

    @Override
    public Optional<Held> create(Wanted wanted) {
        return freshly(
                wanted.end(),
                () -> calls.askUnless(409, () -> {
                    Subscription body = new Subscription();
                    body.setChangeType("updated");
                    body.setResource(resource(wanted.users()));
                    body.setNotificationUrl(wanted.notificationUrl());
                    body.setLifecycleNotificationUrl(wanted.lifecycleUrl());
                    body.setExpirationDateTime(utc(wanted.end()));
                    body.setClientState(wanted.clientState());
                    body.setIncludeResourceData(true);
                    encrypt(body, wanted.certificate());
                    return held(subscriptions().post(body, request -> request.options.add(patience)));
                }));
    }

    /** A renewal reauthorizes too; a reauthorization beside it would be refused within ten minutes. */
    @Override
    public boolean renew(String id, NotificationKeys.Certificate certificate, Instant end) {
        return freshly(
                        end,
                        () -> calls.askUnless(404, () -> {
                            Subscription body = new Subscription();
                            body.setExpirationDateTime(utc(end));
                            encrypt(body, certificate);
                            return subscriptions()
                                    .bySubscriptionId(id)
                                    .patch(body, request -> request.options.add(patience));
                        }))
                .isPresent();
    }

    @Override
    public void remove(String id) {
        calls.askUnless(404, () -> {
            subscriptions().bySubscriptionId(id).delete(request -> request.options.add(patience));
            return true;
        });
    }

    /**
     * Graph delivers until the token ends by which a subscription was made or renewed, so a token near its end is no good.
     * A tenant may have tokens that never live so long: then one that is new must do.
     */
    private synchronized <T> T freshly(Instant end, Supplier<T> call) {
        AccessToken token = tokens.current(settings.url());
        Instant now = clock.instant();
        if (token.expiresAt().isBefore(end) && renewedAt.isBefore(now.minus(NEW))) {
            tokens.renewed(settings.url(), token);
            renewedAt = now;
        }
        return call.get();
    }

    private SubscriptionsRequestBuilder subscriptions() {
        return graph.get().subscriptions();
    }

    private static void encrypt(Subscription body, NotificationKeys.Certificate certificate) {
        body.setEncryptionCertificate(certificate.base64());
        body.setEncryptionCertificateId(certificate.id());
    }

    private static String resource(List<String> users) {
        return users.stream().collect(Collectors.joining("','", "/" + RESOURCE + "?$filter=id in ('", "')"));
    }

    /** Graph gives the resource back with or without the first slash. */
    private static boolean isOfPresences(Subscription subscription) {
        String resource = String.valueOf(subscription.getResource());
        return resource.startsWith(RESOURCE) || resource.startsWith("/" + RESOURCE);
    }

    private static Held held(Subscription subscription) {
        if (subscription == null || subscription.getId() == null || subscription.getExpirationDateTime() == null) {
            throw new PlatformException.Unreachable("Teams answered without a whole subscription");
        }
        return new Held(
                subscription.getId(),
                Optional.ofNullable(subscription.getNotificationUrl()).orElse(""),
                Optional.ofNullable(subscription.getEncryptionCertificateId()).orElse(""),
                subscription.getExpirationDateTime().toInstant());
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
