package dev.lockstep.webhook;

import dev.lockstep.mapping.MappingPart;
import dev.lockstep.platform.BulkLimit;
import dev.lockstep.platform.IdentityForm;
import dev.lockstep.platform.PlatformDescriptor;
import dev.lockstep.presence.Source;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The third-party applications, as everybody else knows them. */
@Singleton
public final class ApplicationDescriptor implements PlatformDescriptor {
    private static final BulkLimit LIMIT =
            new BulkLimit.Unlimited("no application publishes a limit, and one that asks to wait must not hold up the"
                    + " others: the agent's standing on it keeps the wait");

    /** The name without which application: {@link Source#application}. */
    @Override
    public String name() {
        return "application";
    }

    @Override
    public String displayName() {
        return "Application";
    }

    /** An application is told of agents by their id in Lockstep. */
    @Override
    public Optional<IdentityForm> identities() {
        return Optional.empty();
    }

    /** An application is told the statuses by their own names. */
    @Override
    public Optional<MappingPart> mapping() {
        return Optional.empty();
    }

    @Override
    public BulkLimit bulkLimit() {
        return LIMIT;
    }
}
