package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.platform.PlatformException;
import dev.lockstep.presence.CallState;
import dev.lockstep.presence.Signal;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long it took until each platform showed what an event had changed. */
class ConvergenceTest {
    private final SyncFixture theatre = new SyncFixture();

    private void taken(Signal signal, Duration onItsWay) {
        theatre.converged.clear();
        theatre.advance(onItsWay);
        theatre.take(signal);
    }

    @Test
    void itIsCountedFromTheArrivalUntilEachPlatformShows() {
        taken(theatre.call("a", CallState.CONNECTED), Duration.ofSeconds(3));
        assertThat(theatre.converged).containsExactly("dynamics protecting PT4S", "teams protecting PT4S");

        taken(theatre.call("a", CallState.ENDED), Duration.ofSeconds(2));
        assertThat(theatre.converged).contains("dynamics releasing PT3S", "teams releasing PT3S");
    }

    @Test
    void whatChangesNothingIsNotCounted() {
        taken(theatre.call("a", CallState.CONNECTED), Duration.ZERO);
        taken(theatre.call("b", CallState.CONNECTED), Duration.ofSeconds(3));

        assertThat(theatre.converged).isEmpty();
    }

    @Test
    void retriesCountToo() {
        theatre.teams.refusals.add(new PlatformException.Throttled(Optional.of(Duration.ofSeconds(40))));
        taken(theatre.call("a", CallState.CONNECTED), Duration.ofSeconds(3));
        assertThat(theatre.converged).containsExactly("dynamics protecting PT4S");

        theatre.advance(Duration.ofSeconds(60));
        theatre.synchronizer.resync("rita", SyncFixture.trigger("queue"));
        assertThat(theatre.converged).containsExactly("dynamics protecting PT4S", "teams protecting PT1M4S");
    }
}
