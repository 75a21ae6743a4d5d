package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.platform.Subject;
import dev.lockstep.store.InMemoryControl;
import dev.lockstep.sync.WriteModes.Mode;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredWriteModesTest {
    private static final Subject RITA = new Subject("rita", "d-rita", "Rita Rep", "priority");

    private Instant now = Instant.parse("2026-11-23T09:00:00Z");
    private final InMemoryControl control = new InMemoryControl(() -> now);
    private final StoredWriteModes modes = new StoredWriteModes(control, () -> now);

    private void set(String key, String mode) {
        control.put(key, mode, Optional.empty());
    }

    @Test
    void withoutAWordEverythingIsOn() {
        assertThat(modes.of(RITA, "teams")).isEqualTo(Mode.ON);
    }

    @ParameterizedTest
    @CsvSource({
        "mode",
        "mode#platform#teams",
        "mode#team#priority",
        "mode#agent#rita",
        "mode#platform#Teams",
        "mode#team# Priority",
        "mode#agent#Rita",
        "mode#teams#priority",
        "modes"
    })
    void everyScopeCanSwitchOff(String key) {
        set(key, " off ");

        assertThat(modes.of(RITA, "teams")).isEqualTo(Mode.OFF);
    }

    @ParameterizedTest
    @CsvSource({"mode#platform#dynamics", "mode#team#other", "mode#agent#rit", "mode#agent#rita2"})
    void anothersScopeDoesNot(String key) {
        set(key, "off");

        assertThat(modes.of(RITA, "teams")).isEqualTo(Mode.ON);
    }

    @Test
    void theMostCarefulCounts() {
        set("mode", "observe");
        set("mode#agent#rita", "on");
        assertThat(modes.of(RITA, "teams")).isEqualTo(Mode.OBSERVE);

        now = now.plusSeconds(31);
        set("mode#team#priority", "off");
        assertThat(modes.of(RITA, "teams")).isEqualTo(Mode.OFF);
    }

    @Test
    void aWordThatIsNoneWritesNothingWhereItStands() {
        set("mode#platform#teams", "obsrve");

        assertThat(modes.of(RITA, "teams")).isEqualTo(Mode.OBSERVE);
        assertThat(modes.of(RITA, "dynamics")).isEqualTo(Mode.ON);
    }

    @Test
    void aChangeIsSeenWithinHalfAMinute() {
        assertThat(modes.of(RITA, "teams")).isEqualTo(Mode.ON);
        set("mode", "off");

        now = now.plusSeconds(29);
        assertThat(modes.of(RITA, "teams")).isEqualTo(Mode.ON);
        now = now.plusSeconds(1);
        assertThat(modes.of(RITA, "teams")).isEqualTo(Mode.OFF);
    }
}
