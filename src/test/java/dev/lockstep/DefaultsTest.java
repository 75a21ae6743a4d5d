package dev.lockstep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.sync.SyncSettings;
import dev.lockstep.teams.TeamsSettings;
import dev.lockstep.teams.graph.GraphSettings;
import io.smallrye.config.ConfigValidationException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DefaultsTest {
    @Test
    void areThoseOfTheProduct() {
        SyncSettings settings = Defaults.of(SyncSettings.class);

        assertThat(settings.lease()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.backoffLimit()).isEqualTo(Duration.ofSeconds(30));
        assertThat(Defaults.of(TeamsSettings.class).clientState()).isEmpty();
    }

    @Test
    void oneValueIsAnotherAndAllElseStays() {
        SyncSettings settings = Defaults.of(SyncSettings.class, Map.of("lockstep.sync.lease", "1ms"));

        assertThat(settings.lease()).isEqualTo(Duration.ofMillis(1));
        assertThat(settings.backoff()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void whatReadsAnotherSettingFollowsIt() {
        assertThat(Defaults.of(GraphSettings.class, Map.of("lockstep.deadline", "5s"))
                        .timeout())
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void severalValuesAreWrittenWithCommas() {
        assertThat(Defaults.of(TeamsSettings.class, Map.of("lockstep.teams.client-state", "new,old"))
                        .clientState())
                .contains(List.of("new", "old"));
    }

    @Test
    void aNameThatDoesNotExistIsRefused() {
        assertThatExceptionOfType(ConfigValidationException.class)
                .isThrownBy(() -> Defaults.of(SyncSettings.class, Map.of("lockstep.sync.leese", "1ms")));
    }
}
