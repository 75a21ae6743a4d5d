package dev.lockstep.directory;

import dev.lockstep.agent.AgentState;
import dev.lockstep.platform.PlatformCatalogue;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.AgentViews;
import dev.lockstep.store.Identities;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds an agent by any name that they have: in every place that names an agent, all of them are understood. */
@Singleton
public final class AgentLookup {
    /** The user principal name is an identity like those of the platforms. */
    public static final String UPN = "upn";

    /** No name and no team is longer; the store would refuse to look for one (a key of DynamoDB holds 2048 bytes). */
    public static final int LONGEST = AgentViews.LONGEST_TEAM;

    private final PlatformCatalogue platforms;
    private final AgentStore store;
    private final Identities identities;

    @Inject
    public AgentLookup(PlatformCatalogue platforms, AgentStore store, Identities identities) {
        this.platforms = platforms;
        this.store = store;
        this.identities = identities;
    }

    /** @param name the agent's id in Lockstep, UPN, id on any platform, or a whole identity with its platform */
    public Optional<AgentState> find(String name) {
        if (name.length() > LONGEST) {
            return Optional.empty();
        }
        return store.load(name)
                .or(() -> store.load(name.toLowerCase(Locale.ROOT)))
                .or(() -> agentId(name).flatMap(store::load))
                .filter(agent -> !agent.isRemoved());
    }

    /** @param entraId of a person whom Entra names; they are found by that alone, for names can be chosen */
    public Optional<AgentState> ofPerson(String entraId) {
        // The store is not asked for an empty id.
        return platforms.byEntraObjectId().stream()
                .filter(platform -> !entraId.isBlank())
                .flatMap(platform -> identities.agentOf(Identities.of(platform.name(), entraId)).stream())
                .findFirst()
                .flatMap(store::load)
                .filter(agent -> !agent.isRemoved());
    }

    private Optional<String> agentId(String name) {
        Stream<String> onPlatforms = platforms.withIdentities().stream()
                .map(platform -> Identities.of(platform, platforms.spelled(platform, name)));
        return Stream.concat(Stream.of(name.toLowerCase(Locale.ROOT), Identities.of(UPN, name)), onPlatforms)
                .flatMap(identity -> identities.agentOf(identity).stream())
                .findFirst();
    }
}
