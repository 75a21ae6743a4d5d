package dev.lockstep.dynamics;

import dev.lockstep.check.Check;
import dev.lockstep.check.CheckGroup;
import dev.lockstep.check.Expiring;
import dev.lockstep.check.Finding;
import dev.lockstep.dynamics.dataverse.ApplicationUsers;
import dev.lockstep.dynamics.dataverse.DataverseSettings;
import dev.lockstep.protocol.entra.EntraCheck;
import dev.lockstep.protocol.entra.EntraSettings;
import dev.lockstep.protocol.entra.Tokens;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether our application gets a token for Dynamics 365. */
@Singleton
class DynamicsTokenChecks implements CheckGroup, Expiring {
    private final EntraSettings entra;
    private final Tokens tokens;
    private final DataverseSettings settings;
    private final ApplicationUsers users;

    @Inject
    DynamicsTokenChecks(EntraSettings entra, Tokens tokens, DataverseSettings settings, ApplicationUsers users) {
        this.entra = entra;
        this.tokens = tokens;
        this.settings = settings;
        this.users = users;
    }

    @Override
    public List<Check> checks() {
        return List.of(new EntraCheck(entra).of("token-dynamics", this::token));
    }

    /** Of the further registrations; the first one's is told elsewhere. */
    @Override
    public Optional<Instant> end() {
        return settings.url().isPresent() ? users.credentialExpiry() : Optional.empty();
    }

    private Finding token() {
        if (settings.url().isEmpty()) {
            return Finding.skipped("Dynamics 365 is not connected", "set lockstep.dynamics.url");
        }
        tokens.current(settings.url().get());
        return Finding.ok("a token for Dynamics 365 is issued");
    }
}
