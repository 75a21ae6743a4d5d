package dev.lockstep.teams;

import dev.lockstep.concurrent.ParallelRunner;
import dev.lockstep.concurrent.Sleeper;
import dev.lockstep.configured.Secrets;
import dev.lockstep.intake.CorrelationIds;
import dev.lockstep.intake.EvidenceIntake;
import dev.lockstep.platform.PlatformGroup;
import dev.lockstep.protocol.entra.EntraKeys;
import dev.lockstep.protocol.entra.EntraSettings;
import dev.lockstep.protocol.http.EdgeMeter;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.Control;
import dev.lockstep.store.Identities;
import dev.lockstep.teams.graph.PresenceApi;
import dev.lockstep.teams.notifications.NotificationSettings;
import dev.lockstep.teams.notifications.TeamsWebhook;
import dev.lockstep.teams.notifications.ValidationTokens;
import dev.lockstep.teams.subscriptions.ServiceUsers;
import dev.lockstep.teams.subscriptions.SubscriptionSettings;
import dev.lockstep.teams.subscriptions.Subscriptions;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/** Puts the Teams side together. Without an application in Entra there is none. */
@Singleton
final class TeamsBeans {
    @Produces
    @Singleton
    TeamsPlatform platform(PresenceApi api, TeamsSettings rules, InstantSource clock) {
        return new TeamsPlatform(api, rules, clock);
    }

    @Produces
    @Singleton
    PlatformGroup platforms(TeamsDescriptor descriptor, TeamsPlatform platform, EntraSettings entra) {
        return new PlatformGroup(descriptor, () -> entra.clientId().isPresent() ? List.of(platform) : List.of());
    }

    @Produces
    @Singleton
    TeamsPoll watch(TeamsPlatform platform, AgentStore store, EvidenceIntake intake, CorrelationIds correlationIds) {
        return new TeamsPoll(platform, store, intake, correlationIds);
    }

    @Produces
    @Singleton
    TeamsWebhook change(
            NotificationSettings settings,
            EntraSettings entra,
            EntraKeys keys,
            Secrets secrets,
            TeamsPlatform platform,
            Identities identities,
            Control control,
            EvidenceIntake intake,
            ParallelRunner parallel,
            EdgeMeter meter) {
        ValidationTokens tokens = new ValidationTokens(entra, keys::named);
        return new TeamsWebhook(settings, secrets, tokens, platform, identities, control, intake, parallel, meter);
    }

    @Produces
    @Singleton
    Subscriptions subscriptions(
            SubscriptionSettings settings,
            NotificationSettings notifications,
            ServiceUsers users,
            Secrets secrets,
            AgentStore store,
            Control control,
            InstantSource clock,
            RandomGenerator random,
            Sleeper pause,
            ParallelRunner runner) {
        return new Subscriptions(
                settings, notifications, secrets, users::subscriptions, store, control, clock, random, pause, runner);
    }
}
