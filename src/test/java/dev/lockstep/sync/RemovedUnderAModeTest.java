package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.concurrent.Countdown;
import dev.lockstep.intake.GivenCrew;
import dev.lockstep.presence.CallState;
import dev.lockstep.store.InMemoryControl;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What we hold for somebody who was removed while a mode held everything back is taken back once it ends. */
class RemovedUnderAModeTest {
    private final SyncFixture theatre = new SyncFixture();
    private final InMemoryControl control = new InMemoryControl(theatre.clock);
    private final ModeChanges changes =
            new ModeChanges(theatre.store, control, GivenCrew.with(theatre.runner), theatre.clock);

    private void minutes(int minutes) {
        for (int minute = 0; minute < minutes; minute++) {
            theatre.advance(Duration.ofMinutes(1));
            changes.run(Countdown.of(theatre.clock, Duration.ofSeconds(10)));
            theatre.sweep();
        }
    }

    @Test
    void whatWeHoldIsTakenBackOnceTheModeEnds() throws Exception {
        theatre.take(theatre.call("a", CallState.CONNECTED));
        assertThat(theatre.teams.valueOf("t-rita")).isEqualTo("onACall");
        control.put("mode", "observe", Optional.empty());
        theatre.mode = WriteModes.Mode.OBSERVE;
        minutes(1);
        theatre.store.save(theatre.rita().remove().dueBy(theatre.instant()));
        minutes(2);
        assertThat(theatre.teams.valueOf("t-rita")).isEqualTo("onACall");

        control.remove("mode");
        theatre.mode = WriteModes.Mode.ON;
        minutes(5);
        assertThat(theatre.teams.valueOf("t-rita")).isEmpty();
    }
}
