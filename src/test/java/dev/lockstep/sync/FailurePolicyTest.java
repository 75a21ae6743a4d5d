package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.Defaults;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who failed together does not come back together, and nobody comes sooner than was asked. */
class FailurePolicyTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

    private final FailurePolicy policy = new FailurePolicy(Defaults.of(SyncSettings.class), () -> NOW, new Random(1));

    private List<Duration> waitsOfMany(PlatformException failure) {
        return IntStream.range(0, 1000)
                .mapToObj(agent -> policy.failed(Standing.NEW, failure))
                .map(standing ->
                        Duration.between(NOW, standing.progress().retryAt().orElseThrow()))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"8, 10", "40, 50", "600, 630"})
    void thoseWhoWereAskedToWaitComeBackOneAfterTheOther(int asked, int most) {
        List<Duration> waits = waitsOfMany(new PlatformException.Throttled(Optional.of(Duration.ofSeconds(asked))));

        assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofSeconds(asked)) >= 0);
        assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofSeconds(most)) <= 0);
        assertSpread(waits, most - asked);
    }

    @Test
    void soDoThoseWhomOnlyPeopleCanHelp() {
        List<Duration> waits = waitsOfMany(new PlatformException.PermissionMissing("Presence.ReadWrite.All"));

        assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofSeconds(60)) >= 0);
        assertSpread(waits, 15);
    }

    /** In none of its seconds come more than three times as many as there would be if all had the same. */
    private static void assertSpread(List<Duration> waits, int seconds) {
        assertThat(waits.stream()
                        .collect(Collectors.groupingBy(Duration::toSeconds, Collectors.counting()))
                        .values())
                .allMatch(count -> count <= 3L * waits.size() / seconds);
    }
}
