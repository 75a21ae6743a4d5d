package dev.lockstep.dynamics;

import dev.lockstep.dynamics.dataverse.OmnichannelApi;
import dev.lockstep.platform.PlatformGroup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;

/** Puts the Dynamics side together. Without its URL there is none. */
@Singleton
final class DynamicsBeans {
    @Produces
    @Singleton
    PlatformGroup platforms(
            DynamicsDescriptor descriptor,
            OmnichannelApi api,
            CachedPresenceCatalogue presences,
            DynamicsSettings settings,
            InstantSource clock) {
        DynamicsPlatform platform = new DynamicsPlatform(api, presences, settings, clock);
        return new PlatformGroup(descriptor, () -> settings.url().isPresent() ? List.of(platform) : List.of());
    }
}
