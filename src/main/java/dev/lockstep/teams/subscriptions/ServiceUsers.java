package dev.lockstep.teams.subscriptions;

import dev.lockstep.configured.SecretWriter;
import dev.lockstep.configured.Secrets;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.protocol.entra.EntraTokens;
import dev.lockstep.protocol.entra.Tokens;
import dev.lockstep.store.Control;
import dev.lockstep.store.ControlKeys;
import dev.lockstep.teams.graph.GraphSettings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Signs the service users in and keeps them signed in. A refresh token lives for 90 days, and each use gives the next one
 * without ending its own life (learn.microsoft.com/entra/identity-platform/refresh-tokens). So one a day is stored: more
 * is too often for the secret store, and a crash loses nothing.
 */
@Singleton
public class ServiceUsers {
    static final Duration STORED_EACH = Duration.ofDays(1);

    private static final Logger LOG = Logger.getLogger(ServiceUsers.class);

    private final SubscriptionSettings settings;
    private final GraphSettings graph;
    private final EntraTokens entra;
    private final Secrets secrets;
    private final SecretWriter writer;
    private final Control control;
    private final InstantSource clock;
    private final Map<String, SubscriptionApi> known = new ConcurrentHashMap<>();

    @Inject
    public ServiceUsers(
            SubscriptionSettings settings,
            GraphSettings graph,
            EntraTokens entra,
            Secrets secrets,
            SecretWriter writer,
            Control control,
            InstantSource clock) {
        this.settings = settings;
        this.graph = graph;
        this.entra = entra;
        this.secrets = secrets;
        this.writer = writer;
        this.control = control;
        this.clock = clock;
    }

    /** @param reference of the user's refresh token */
    public SubscriptionApi subscriptions(int number, String reference) {
        return known.computeIfAbsent(reference, any -> {
            Tokens tokens = entra.ofUser(
                    GraphSubscriptions.PERMISSION,
                    () -> secrets.reveal(reference),
                    (used, next) -> keep(number, reference, used, next));
            return new GraphSubscriptions(graph, tokens, clock, settings.subscriptionTimeout());
        });
    }

    private void keep(int number, String reference, String used, String next) {
        String key = ControlKeys.REFRESH_TOKEN_STORED + SubscriptionRecord.digest(reference);
        if (control.get(key).isPresent()) {
            return;
        }
        try {
            writer.replace(reference, used, next);
            control.put(key, "stored", Optional.of(clock.instant().plus(STORED_EACH)));
        } catch (PlatformException e) {
            LOG.warnf("the next refresh token of service user %d is not stored: %s", number, e.getMessage());
        }
    }
}
