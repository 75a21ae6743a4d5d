package dev.lockstep.platform;

import dev.lockstep.mapping.MappingSchema;
import io.quarkus.arc.All;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** Gathers what the adapters bring. */
@Singleton
final class PlatformBeans {
    @Produces
    @Singleton
    MappingSchema mappings(PlatformCatalogue catalogue) {
        return catalogue.mappings();
    }

    @Produces
    @Singleton
    Platforms platforms(@All List<PlatformGroup> groups) {
        return Platforms.of(groups);
    }
}
