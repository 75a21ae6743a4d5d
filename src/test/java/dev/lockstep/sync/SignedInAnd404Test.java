package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.agent.AgentView;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.presence.CallState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A platform that says of somebody who is signed in that they are not, for minutes, is out of sync: their call is not protected. */
class SignedInAnd404Test {
    private final SyncFixture theatre = new SyncFixture();

    @Test
    void whoIsSignedInAndCannotBeWrittenForMinutesIsOutOfSync() {
        for (int i = 0; i < 100; i++) {
            theatre.dynamics.refusals.add(new PlatformException.NotSignedIn());
        }
        theatre.take(theatre.call("a", CallState.CONNECTED));
        for (int minute = 0; minute < 10; minute++) {
            theatre.advance(Duration.ofMinutes(1));
            theatre.sweep();
        }
        assertThat(theatre.rita().situation().signIn().holdsAt(theatre.instant()))
                .isTrue();
        assertThat(theatre.dynamics.valueOf("d-rita")).isEqualTo("available");
        assertThat(AgentView.of(theatre.rita()).isOutOfSync(theatre.instant())).isTrue();
    }
}
