package dev.lockstep.dynamics;

import dev.lockstep.mapping.MappingPart;
import dev.lockstep.platform.BulkLimit;
import dev.lockstep.platform.IdentityForm;
import dev.lockstep.platform.PlatformDescriptor;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Dynamics 365 Contact Center, as everybody else knows it. */
@Singleton
public final class DynamicsDescriptor implements PlatformDescriptor {
    private static final String DISPLAY_NAME = "Dynamics";

    /** Dataverse: 6,000 requests in five minutes for a user (api-limits), 200 in ten seconds. */
    private static final BulkLimit LIMIT = new BulkLimit.PerTenSeconds(160);

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
