package dev.lockstep.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is set and means nothing is found, wherever it stands. */
class UnknownSettingsTest {
    private final UnknownSettings settings = new UnknownSettings(List.of(
            "lockstep.deadline",
            "lockstep.teams.poll-interval",
            "lockstep.teams.client-state",
            "lockstep.teams.client-state[*]",
            "lockstep.dynamics.registrations[*].client-id"));

    private List<String> inVariables(String name) {
        return settings.in(new SmallRyeConfigBuilder()
                .withSources(new EnvConfigSource(Map.of(name, "5s"), 300))
                .build());
    }

    private List<String> inProperties(String name, String... profiles) {
        return settings.in(new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withProfiles(List.of(profiles))
                .withSources(new PropertiesConfigSource(Map.of(name, "5s"), "a file", 100))
                .build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOCKSTEP_DEADLINE",
                "LOCKSTEP_TEAMS_POLL_INTERVAL",
                "lockstep.teams.poll-interval",
                "LOCKSTEP_TEAMS_CLIENT_STATE",
                "LOCKSTEP_TEAMS_CLIENT_STATE_0_",
                "LOCKSTEP_DYNAMICS_REGISTRATIONS_0__CLIENT_ID",
                "LOCKSTEP",
                "PATH",
                "QUARKUS_FUNQY_EXPORT"
            })
    void aVariableThatIsKnownOrNotOursIsAccepted(String name) {
        assertThat(inVariables(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lockstep.deadline",
                "lockstep.teams.poll-interval",
                "%local.lockstep.deadline",
                "lockstep.teams.client-state[1]",
                "lockstep.dynamics.registrations[12].client-id",
                "quarkus.banner.enabled"
            })
    void aPropertyThatIsKnownOrNotOursIsAccepted(String name) {
        assertThat(inProperties(name, "local")).isEmpty();
    }

    @Test
    void aMistypedVariableIsNamedOnceWithTheOneThatWasMeant() {
        assertThat(inVariables("LOCKSTEP_TEAMS_POLL_INTERVALL"))
                .containsExactly("LOCKSTEP_TEAMS_POLL_INTERVALL (environment variable): "
                        + "did you mean LOCKSTEP_TEAMS_POLL_INTERVAL?");
    }

    @Test
    void aMistypedPropertyIsNamedWithItsSource() {
        assertThat(inProperties("lockstep.teams.pol-interval"))
                .containsExactly(
                        "lockstep.teams.pol-interval (PropertiesConfigSource[source=a file]): did you mean lockstep.teams.poll-interval?");
        assertThat(inProperties("%local.lockstep.deadlin", "local"))
                .containsExactly(
                        "lockstep.deadlin (PropertiesConfigSource[source=a file]): did you mean lockstep.deadline?");
    }

    @Test
    void aMistypedSettingOfAListIsNamed() {
        assertThat(inVariables("LOCKSTEP_DYNAMICS_REGISTRATIONS_0__CLIENT_IDS"))
                .singleElement()
                .asString()
                .startsWith("LOCKSTEP_DYNAMICS_REGISTRATIONS_0__CLIENT_IDS (environment variable)");
    }

    @Test
    void whatIsLikeNothingIsNamedWithoutAHint() {
        assertThat(inVariables("LOCKSTEP_SWEEP_INTERVAL"))
                .containsExactly("LOCKSTEP_SWEEP_INTERVAL (environment variable)");
        assertThat(inProperties("lockstep.completely.made-up"))
                .containsExactly("lockstep.completely.made-up (PropertiesConfigSource[source=a file])");
    }

    @Test
    void aValueIsNotRepeated() {
        assertThat(inProperties("lockstep.entra.secret").toString()).doesNotContain("5s");
    }
}
