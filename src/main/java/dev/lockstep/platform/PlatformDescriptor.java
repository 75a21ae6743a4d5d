package dev.lockstep.platform;

import dev.lockstep.mapping.MappingPart;
import java.util.Optional;

/**
 * What everybody else has to know of a kind of platform, connected or not. An adapter brings one as a bean; whoever
 * names platforms asks the {@link PlatformCatalogue} for them.
 *
 * <p>It needs no connection and is cheap to make. The adapter's checks are beans of their own
 * ({@link dev.lockstep.check.CheckGroup}), for they need what the adapter needs.
 */
public interface PlatformDescriptor {
    /** As in {@link Platform#name}; platforms of which there are several are called {@code name:which}. */
    String name();

    /** For people to read. */
    String displayName();

    /** How an agent's id is written there; empty if agents need none of their own. */
    Optional<IdentityForm> identities();

    /** Its part of a mapping document; empty if it is told the statuses by our own names. */
    Optional<MappingPart> mapping();

    /** How much work that concerns many agents it takes from one application of ours. */
    BulkLimit bulkLimit();

    /** Among which applications of ours its agents are shared out. */
    default Shares shares() {
        return Shares.ONE;
    }

    /** Whether a platform of that name is of this kind. */
    default boolean describes(String platform) {
        return platform.equals(name()) || platform.startsWith(name() + ":");
    }
}
