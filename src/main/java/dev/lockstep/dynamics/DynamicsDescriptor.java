package dev.lockstep.dynamics;

import dev.lockstep.dynamics.dataverse.ApplicationUsers;
import dev.lockstep.mapping.MappingPart;
import dev.lockstep.platform.BulkLimit;
import dev.lockstep.platform.IdentityForm;
import dev.lockstep.platform.PlatformDescriptor;
import dev.lockstep.platform.Shares;
import dev.lockstep.protocol.entra.EntraSettings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** Dynamics 365 Contact Center, as everybody else knows it. */
@Singleton
public final class DynamicsDescriptor implements PlatformDescriptor {
    private static final String DISPLAY_NAME = "Dynamics";

    /** Dataverse: 6,000 requests and 20 minutes of execution time in five minutes for a user (api-limits). */
    private static final BulkLimit LIMIT =
            new BulkLimit.Quota(6_000, Duration.ofMinutes(5), 1, Optional.of(Duration.ofMinutes(20)));

    private final Shares shares;

    @Inject
    DynamicsDescriptor(DynamicsSettings settings, EntraSettings entra) {
        this(ApplicationUsers.shares(settings, entra));
    }

    public DynamicsDescriptor(Shares shares) {
        this.shares = shares;
    }

    @Override
    public Shares shares() {
        return shares;
    }

    @Override
    public String name() {
        return DynamicsPlatform.NAME;
    }

    @Override
    public String displayName() {
        return DISPLAY_NAME;
    }

    @Override
    public Optional<IdentityForm> identities() {
        return Optional.of(IdentityForm.guid("<systemuserid>", IdentityForm.Issuer.PLATFORM));
    }

    @Override
    public Optional<MappingPart> mapping() {
        return Optional.of(MappingPart.of(
                DynamicsPlatform.NAME,
                DISPLAY_NAME,
                new DynamicsMappingSyntax(),
                DynamicsDescriptor.class,
                "mapping.yaml"));
    }

    @Override
    public BulkLimit bulkLimit() {
        return LIMIT;
    }
}
