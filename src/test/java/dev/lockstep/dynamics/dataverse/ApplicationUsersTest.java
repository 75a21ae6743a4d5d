package dev.lockstep.dynamics.dataverse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lockstep.Defaults;
import dev.lockstep.dynamics.DynamicsSettings;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.Shares;
import dev.lockstep.protocol.entra.EntraSettings;
import dev.lockstep.protocol.entra.EntraTokens;
import dev.lockstep.protocol.entra.GivenSettings;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who writes to Dataverse, as it is configured. */
class ApplicationUsersTest {
    private static final EntraSettings ENTRA = GivenSettings.secret("https://login.microsoftonline.com", "s");

    private static Shares shares(Map<String, String> values) {
        return ApplicationUsers.shares(Defaults.of(DynamicsSettings.class, values), ENTRA);
    }

    @Test
    void oneRegistrationStaysAsItWas() {
        assertThat(shares(Map.of())).isEqualTo(Shares.ONE);
    }

    @Test
    void furtherOnesShareWithTheFirst() {
        assertThat(shares(Map.of(
                        "lockstep.dynamics.registrations[0].client-id", "AAAAAAAA-0000-0000-0000-000000000001",
                        "lockstep.dynamics.registrations[1].client-id", "aaaaaaaa-0000-0000-0000-000000000002")))
                .isEqualTo(new Shares(List.of(
                        GivenSettings.CLIENT,
                        "aaaaaaaa-0000-0000-0000-000000000001",
                        "aaaaaaaa-0000-0000-0000-000000000002")));
    }

    /** A Lambda is told everything by variables. */
    @Test
    void theyAreReadFromVariables() {
        DynamicsSettings settings = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withSources(new EnvConfigSource(
                        Map.of(
                                "LOCKSTEP_DYNAMICS_REGISTRATIONS_0__CLIENT_ID", "a",
                                "LOCKSTEP_DYNAMICS_REGISTRATIONS_0__CLIENT_SECRET", "s",
                                "LOCKSTEP_DYNAMICS_REGISTRATIONS_1__CLIENT_ID", "b",
                                "LOCKSTEP_DYNAMICS_REGISTRATIONS_1__CERTIFICATE", "c"),
                        300))
                .withMapping(DynamicsSettings.class)
                .build()
                .getConfigMapping(DynamicsSettings.class);

        assertThat(settings.registrations()).hasSize(2);
        assertThat(settings.registrations().getFirst().clientSecret()).contains("s");
        assertThat(settings.registrations().getLast().clientId()).contains("b");
        assertThat(settings.registrations().getLast().certificate()).contains("c");
    }

    /** All of it would be at that one user's expense. */
    @Test
    void inTheNameOfAnotherThereIsButOne() {
        assertThat(shares(Map.of(
                        "lockstep.dynamics.registrations[0].client-id", "aaaaaaaa-0000-0000-0000-000000000001",
                        "lockstep.dynamics.caller-id", "aaaaaaaa-0000-0000-0000-000000000009")))
                .isEqualTo(Shares.ONE);
    }

    @Test
    void oneWithoutAnIdOrTwiceIsRefusedByItsName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shares(Map.of("lockstep.dynamics.registrations[0].client-secret", "s")))
                .withMessage("lockstep.dynamics.registrations[0].client-id is not set");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shares(
                        Map.of("lockstep.dynamics.registrations[0].client-id", GivenSettings.CLIENT.toUpperCase())))
                .withMessageContaining("lockstep.dynamics.registrations[0].client-id is the client id of another");
    }

    @Test
    void whatIsWrongWithACredentialIsSaidByItsOwnName() {
        DynamicsSettings settings = Defaults.of(
                DynamicsSettings.class,
                Map.of("lockstep.dynamics.registrations[0].client-id", "aaaaaaaa-0000-0000-0000-000000000001"));
        EntraTokens first = new EntraTokens(ENTRA, reference -> reference, InstantSource.system());
        ApplicationUsers users = new ApplicationUsers(settings, ENTRA, first);

        assertThat(users.all()).hasSize(2);
        assertThat(users.all().getFirst().tokens()).isSameAs(first);
        assertThatExceptionOfType(PlatformException.PermissionMissing.class)
                .isThrownBy(() -> users.all().getLast().tokens().current(URI.create("https://contoso.example")))
                .withMessageContaining("lockstep.dynamics.registrations[0].client-secret");
    }
}
