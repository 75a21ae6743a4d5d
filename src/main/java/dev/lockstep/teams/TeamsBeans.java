package dev.lockstep.teams;

import dev.lockstep.platform.PlatformGroup;
import dev.lockstep.protocol.entra.EntraSettings;
import dev.lockstep.teams.graph.GraphApplications;
import dev.lockstep.teams.graph.GraphSettings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** Puts the Teams side together. Without an application in Entra there is none. */
@Singleton
final class TeamsBeans {
    @Produces
    @Singleton
    SessionSlots sessions(GraphSettings settings, EntraSettings entra) {
        return new SessionSlots(GraphApplications.shares(settings, entra), GraphApplications.retired(settings));
    }

    @Produces
    @Singleton
    PlatformGroup platforms(TeamsDescriptor descriptor, TeamsPlatform platform, EntraSettings entra) {
        return new PlatformGroup(descriptor, () -> entra.clientId().isPresent() ? List.of(platform) : List.of());
    }
}
