package dev.lockstep.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every read is counted once, by what became of it. */
class ReadMeterTest {
    private final List<String> counted = new ArrayList<>();
    private final ReadMeter meter = (platform, outcome) -> counted.add(platform + " " + outcome);

    @Test
    void whatWasReadIsHandedOn() {
        assertThat(meter.counting("teams", () -> "seen")).isEqualTo("seen");
        assertThat(counted).containsExactly("teams Done");
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new PlatformException.Throttled(Optional.empty()), "Throttled"),
                Arguments.of(new PlatformException.NotSignedIn(), "NotSignedIn"),
                Arguments.of(new PlatformException.PermissionMissing("grant Presence.Read.All"), "PermissionMissing"),
                Arguments.of(new PlatformException.Rejected("no"), "Rejected"),
                Arguments.of(new PlatformException.Unreachable("silent"), "Unreachable"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureIsCountedByItsKindAndPassedOn(PlatformException failure, String outcome) {
        assertThatThrownBy(() -> meter.counting("teams", () -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(counted).containsExactly("teams " + outcome);
    }
}
