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

/** Instances know of a mode's end up to half a minute after the sweep does; who has a call in that time is protected all the same. */
class ModeEndedByStaleInstanceTest {
    private final SyncFixture theatre = new SyncFixture();
    private final InMemoryControl control = new InMemoryControl(theatre.clock);
    private final ModeChanges changes =
            new ModeChanges(theatre.store, control, GivenCrew.with(theatre.runner), theatre.clock);

    private void run() {
        changes.run(Countdown.of(theatre.clock, Duration.ofSeconds(10)));
        theatre.sweep();
    }

    @Test
    void whomAnInstanceThatDoesNotKnowOfTheEndHoldsBackIsBroughtInLine() {
        control.put("mode", "observe", Optional.empty());
        theatre.mode = WriteModes.Mode.OBSERVE;
        run();
        // Nothing is to be written for her, so she is in sync under it.
        assertThat(theatre.standing("dynamics").condition()).isNotEqualTo(Condition.OFF);

        control.remove("mode");
        run();
        // Ten seconds later an instance that read the modes before handles a call.
        theatre.advance(Duration.ofSeconds(10));
        theatre.take(theatre.call("a", CallState.CONNECTED));
        assertThat(theatre.standing("dynamics").condition()).isEqualTo(Condition.OFF);

        theatre.mode = WriteModes.Mode.ON;
        for (int minute = 0; minute < 10; minute++) {
            theatre.advance(Duration.ofMinutes(1));
            run();
        }
        assertThat(theatre.dynamics.valueOf("d-rita")).isEqualTo("onACall");
    }
}
