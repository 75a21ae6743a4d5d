package dev.lockstep.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.concurrent.SettableClock;
import dev.lockstep.concurrent.VirtualThreadRunner;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.store.ControlKeys;
import dev.lockstep.store.InMemoryControl;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PlatformReaderTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration LONG = Duration.ofSeconds(10);

    private final SettableClock clock = new SettableClock(NOW);
    private final InMemoryControl control = new InMemoryControl(clock);
    private final List<String> outcomes = new ArrayList<>();
    private final PlatformReader reader = new PlatformReader(
            new VirtualThreadRunner(), (source, outcome) -> outcomes.add(source + " " + outcome), control, clock);

    @Test
    void whatWasReadIsCountedAndNotedWithItsTime() {
        assertThat(reader.read("teams", LONG, () -> "all")).isEqualTo("all");

        assertThat(outcomes).containsExactly("teams Done");
        assertThat(control.withPrefix(ControlKeys.READ)).isEqualTo(Map.of(ControlKeys.READ + "teams", NOW.toString()));
    }

    @Test
    void whatFailsIsCountedAndTheLastTimeStays() {
        reader.read("teams", LONG, () -> "all");
        clock.advance(Duration.ofHours(1));

        assertThatThrownBy(() -> reader.read("teams", LONG, () -> {
                    throw new PlatformException.PermissionMissing("Presence.Read.All");
                }))
                .isInstanceOf(PlatformException.PermissionMissing.class);

        assertThat(outcomes).containsExactly("teams Done", "teams PermissionMissing");
        assertThat(control.get(ControlKeys.READ + "teams")).contains(NOW.toString());
    }

    @Test
    void whatDoesNotEndIsGivenUpAndCounted() {
        assertThatThrownBy(() -> reader.read("dynamics", Duration.ofMillis(50), PlatformReaderTest::endless))
                .isInstanceOf(PlatformException.Unreachable.class);

        assertThat(outcomes).containsExactly("dynamics Unreachable");
        assertThat(control.withPrefix(ControlKeys.READ)).isEmpty();
    }

    private static String endless() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "";
    }
}
