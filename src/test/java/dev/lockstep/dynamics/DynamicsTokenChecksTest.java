package dev.lockstep.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.check.Finding.Grade;
import dev.lockstep.dynamics.dataverse.ApplicationUsers;
import dev.lockstep.protocol.entra.EntraSettings;
import dev.lockstep.protocol.entra.GivenSettings;
import dev.lockstep.protocol.entra.GivenTokens;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an administrator is told of the token for Dynamics 365. */
class DynamicsTokenChecksTest {
    private static final EntraSettings ENTRA = GivenSettings.secret("https://login.microsoftonline.com", "s");
    private static final GivenTokens TOKENS = new GivenTokens("opaque");
    private static final Optional<URI> URL = Optional.of(URI.create("https://contoso.example"));

    private static Grade look(EntraSettings entra, Optional<URI> url) {
        DynamicsSettings settings = (DynamicsSettings) Proxy.newProxyInstance(
                DynamicsSettings.class.getClassLoader(),
                new Class<?>[] {DynamicsSettings.class},
                (proxy, method, args) -> url);
        return new DynamicsTokenChecks(entra, TOKENS, settings, ApplicationUsers.one(TOKENS))
                .checks().stream()
                        .filter(check -> check.name().equals("token-dynamics"))
                        .findFirst()
                        .orElseThrow()
                        .look()
                        .get()
                        .grade();
    }

    @Test
    void aTokenIsAskedForOnlyWhereThereIsSomethingToAskItFor() {
        assertThat(look(ENTRA, URL)).isEqualTo(Grade.OK);
        assertThat(look(ENTRA, Optional.empty())).isEqualTo(Grade.SKIPPED);
        assertThat(look(GivenSettings.none(), URL)).isEqualTo(Grade.SKIPPED);
    }
}
