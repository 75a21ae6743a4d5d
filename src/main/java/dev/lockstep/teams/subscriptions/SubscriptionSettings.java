package dev.lockstep.teams.subscriptions;

import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whose subscriptions bring Graph's change notifications of presences, and where to. Part of {@code lockstep.teams}. */
public interface SubscriptionSettings {
    /**
     * A refresh token of each service user, or the references of stored ones. Each user who signed in to the application
     * with {@code Presence.Read.All} lets us watch 650 agents.
     */
    Optional<List<String>> serviceUsers();

    /** Where Graph reaches us: what stands before {@code /teams} and {@code /teams/lifecycle}. */
    Optional<URI> notificationUrl();

    /** For one question to Graph about subscriptions; while it makes one it calls both our endpoints, 10 s for each. */
    @WithDefault("25s")
    Duration subscriptionTimeout();
}
