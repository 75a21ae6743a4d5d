package dev.lockstep.teams;

import dev.lockstep.platform.PlatformGroup;
import dev.lockstep.protocol.entra.EntraSettings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** Puts the Teams side together. Without an application in Entra there is none. */
@Singleton
final class TeamsBeans {
    @Produces
    @Singleton
    PlatformGroup platforms(TeamsDescriptor descriptor, TeamsPlatform platform, EntraSettings entra) {
        return new PlatformGroup(descriptor, () -> entra.clientId().isPresent() ? List.of(platform) : List.of());
    }
}
