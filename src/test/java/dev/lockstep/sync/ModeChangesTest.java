package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.concurrent.Countdown;
import dev.lockstep.intake.GivenCrew;
import dev.lockstep.platform.Condition;
import dev.lockstep.presence.CallState;
import dev.lockstep.store.InMemoryControl;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whom a mode held back is brought in line once it ends, though nothing happens to them. */
class ModeChangesTest {
    private final SyncFixture theatre = new SyncFixture();
    private final InMemoryControl control = new InMemoryControl(theatre.clock);
    private final ModeChanges changes =
            new ModeChanges(theatre.store, control, GivenCrew.with(theatre.runner), theatre.clock);

    private int run() {
        return changes.run(Countdown.of(theatre.clock, Duration.ofSeconds(10)));
    }

    private void hold(String key, String word) {
        control.put(key, word, Optional.empty());
        theatre.mode = WriteModes.Mode.OBSERVE;
        assertThat(run()).isZero();
        theatre.take(theatre.call("a", CallState.CONNECTED));
        theatre.sweep();
        assertThat(theatre.standing("dynamics").condition()).isEqualTo(Condition.OFF);
    }

    private void letGo(String key) {
        control.remove(key);
        theatre.mode = WriteModes.Mode.ON;
    }

    @Test
    void whoWasHeldBackIsDueAndBroughtInLine() {
        hold("mode", "observe");
        letGo("mode");
        theatre.sweep();
        assertThat(theatre.diary).isEmpty();

        assertThat(run()).isEqualTo(1);
        theatre.sweep();
        assertThat(theatre.dynamics.valueOf("d-rita")).isEqualTo("onACall");
        assertThat(theatre.teams.valueOf("t-rita")).isEqualTo("onACall");
        assertThat(run()).isZero();
    }

    @Test
    void whoComesFirstMayNotKnowOfItYet() {
        hold("mode#agent#rita", "observe");
        control.remove("mode#agent#rita");
        run();
        theatre.sweep();
        assertThat(theatre.diary).isEmpty();

        theatre.mode = WriteModes.Mode.ON;
        theatre.advance(WriteModes.KNOWN_TO_ALL);
        theatre.sweep();
        assertThat(theatre.dynamics.valueOf("d-rita")).isEqualTo("onACall");
    }

    @Test
    void aModeThatEndsByItselfIsSeenToo() {
        hold("mode", "observe");
        control.put("mode", "observe", Optional.of(theatre.instant().plusSeconds(60)));
        assertThat(run()).isZero();

        theatre.advance(Duration.ofSeconds(61));
        assertThat(run()).isEqualTo(1);
    }

    @Test
    void whomAnotherModeStillHoldsBackIsLeftAlone() {
        hold("mode#team#late", "observe");
        control.put("mode", "obsrve", Optional.empty());
        control.remove("mode#team#late");

        assertThat(run()).isZero();
    }
}
