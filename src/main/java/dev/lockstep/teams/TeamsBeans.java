package dev.lockstep.teams;

import dev.lockstep.agent.AgentStore;
import dev.lockstep.agent.Control;
import dev.lockstep.agent.Identities;
import dev.lockstep.agent.NewsDesk;
import dev.lockstep.platform.Pause;
import dev.lockstep.platform.PlatformGroup;
import dev.lockstep.platform.Secrets;
import dev.lockstep.platform.entra.EntraKeys;
import dev.lockstep.platform.entra.EntraSettings;
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
    TeamsPlatform platform(PresenceApi api, TeamsRules rules, InstantSource clock) {
        return new TeamsPlatform(api, rules, clock);
    }

    @Produces
    @Singleton
    PlatformGroup platforms(TeamsPlatform platform, EntraSettings entra) {
        return () -> entra.clientId().isPresent() ? List.of(platform) : List.of();
    }

    @Produces
    @Singleton
    TeamsWatch watch(TeamsPlatform platform, AgentStore store, NewsDesk desk) {
        return new TeamsWatch(
                platform, store, desk::matters, (agentId, news) -> desk.take(agentId, news, "teams-watch"));
    }

    @Produces
    @Singleton
    TeamsChange change(
            NotificationSettings settings,
            EntraSettings entra,
            EntraKeys keys,
            Secrets secrets,
            TeamsPlatform platform,
            Identities identities,
            Control control,
            NewsDesk desk) {
        ValidationTokens tokens = new ValidationTokens(entra, keys::named);
        return new TeamsChange(settings, secrets, tokens, platform, identities, control, desk);
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
            Pause pause) {
        return new Subscriptions(
                settings, notifications, secrets, users::subscriptions, store, control, clock, random, pause);
    }
}
