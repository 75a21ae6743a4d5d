package dev.lockstep.administration;

import dev.lockstep.agent.AgentState;
import dev.lockstep.directory.AgentLookup;
import dev.lockstep.platform.PlatformCatalogue;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.Identities;
import dev.lockstep.store.NewerForm;
import dev.lockstep.store.StoreUnavailable;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Who is meant by a name, among the stored agents. Each is asked for once. */
final class KnownAgents {
    private final PlatformCatalogue platforms;
    private final AgentStore agents;
    private final Identities identities;
    private final Map<String, Optional<AgentState>> loaded = new HashMap<>();
    private final Map<String, Optional<String>> holders = new HashMap<>();

    KnownAgents(PlatformCatalogue platforms, AgentStore agents, Identities identities) {
        this.platforms = platforms;
        this.agents = agents;
        this.identities = identities;
    }

    /** Who was removed is nobody here until they are configured again. */
    Optional<AgentState> stored(String agentId) {
        return evenRemoved(agentId).filter(agent -> !agent.isRemoved());
    }

    /** Whose past somebody may go on with: what we still hold for them on the platforms. */
    Optional<AgentState> evenRemoved(String agentId) {
        return isTooLong(agentId) ? Optional.empty() : loaded.computeIfAbsent(agentId, this::loaded);
    }

    private Optional<AgentState> loaded(String agentId) {
        try {
            return agents.load(agentId);
        } catch (NewerForm newer) {
            throw new Unreadable(agentId, newer);
        } catch (StoreUnavailable silent) {
            throw silent;
        } catch (RuntimeException spoilt) {
            throw new Unreadable(agentId, spoilt);
        }
    }

    /** What is stored of an agent cannot be read: a newer version wrote it, or it is spoilt. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Unreadable(String agentId, RuntimeException why) {
            super(
                    "the agent " + agentId
                            + " cannot be read: a newer version wrote what is stored of them, or it is spoilt; update every"
                            + " function, or mend the item",
                    why);
        }
    }

    /** The stored agent that an identity belongs to. */
    Optional<String> holder(String identity) {
        return isTooLong(identity)
                ? Optional.empty()
                : holders.computeIfAbsent(identity.toLowerCase(Locale.ROOT), identities::agentOf);
    }

    /** Nobody's name is, and the store would refuse to look for it. */
    static boolean isTooLong(String name) {
        return name.length() > AgentLookup.LONGEST;
    }

    /** By the agent's id, a full identity, or an id on any platform. */
    Optional<String> called(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        Stream<Optional<String>> asId =
                Stream.of(text, lower).distinct().map(id -> stored(id).map(AgentState::agentId));
        Stream<Optional<String>> asIdentity = text.contains("#") ? Stream.of(holder(text)) : Stream.empty();
        Stream<Optional<String>> asBareId = Stream.concat(Stream.of(Upn.PLATFORM), platforms.withIdentities().stream())
                .map(platform -> holder(Identities.of(platform, platforms.spelled(platform, text))));
        return Stream.of(asId, asIdentity, asBareId)
                .flatMap(stream -> stream)
                .flatMap(Optional::stream)
                .filter(id -> stored(id).isPresent())
                .findFirst();
    }
}
