package dev.lockstep.directory;

import dev.lockstep.platform.PlatformCatalogue;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.Identities;
import io.quarkus.arc.All;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** Puts together who is who. */
@Singleton
final class DirectoryBeans {
    @Produces
    @Singleton
    DirectoryBuilder builder(
            PlatformCatalogue platforms, @All List<PeopleSource> sources, AgentStore store, Identities identities) {
        return new DirectoryBuilder(platforms, sources, store, identities);
    }

    @Produces
    @Singleton
    AgentLookup lookup(PlatformCatalogue platforms, AgentStore store, Identities identities) {
        return new AgentLookup(platforms, store, identities);
    }
}
