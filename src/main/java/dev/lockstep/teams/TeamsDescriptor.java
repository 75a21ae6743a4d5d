package dev.lockstep.teams;

import dev.lockstep.mapping.MappingPart;
import dev.lockstep.platform.BulkLimit;
import dev.lockstep.platform.IdentityForm;
import dev.lockstep.platform.PlatformDescriptor;
import dev.lockstep.platform.Shares;
import dev.lockstep.protocol.entra.EntraSettings;
import dev.lockstep.teams.graph.GraphApplications;
import dev.lockstep.teams.graph.GraphSettings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** Microsoft Teams, as everybody else knows it. */
@Singleton
public final class TeamsDescriptor implements PlatformDescriptor {
    private static final String DISPLAY_NAME = "Teams";

    /**
     * Graph presence: 1,500 requests in thirty seconds (presence-get; the general limits page says more), and up to two
     * writes for an agent.
     */
    private static final BulkLimit LIMIT = BulkLimit.Quota.of(1_500, Duration.ofSeconds(30), 2);

    private final Shares shares;

    @Inject
    TeamsDescriptor(GraphSettings settings, EntraSettings entra) {
        this(GraphApplications.shares(settings, entra));
    }

    public TeamsDescriptor(Shares shares) {
        this.shares = shares;
    }

    @Override
    public Shares shares() {
        return shares;
    }

    @Override
    public String name() {
        return TeamsPlatform.NAME;
    }

    @Override
    public String displayName() {
        return DISPLAY_NAME;
    }

    @Override
    public Optional<IdentityForm> identities() {
        return Optional.of(IdentityForm.guid("<Entra object id>", IdentityForm.Issuer.ENTRA));
    }

    @Override
    public Optional<MappingPart> mapping() {
        return Optional.of(MappingPart.of(
                TeamsPlatform.NAME, DISPLAY_NAME, new TeamsMappingSyntax(), TeamsDescriptor.class, "mapping.yaml"));
    }

    @Override
    public BulkLimit bulkLimit() {
        return LIMIT;
    }
}
