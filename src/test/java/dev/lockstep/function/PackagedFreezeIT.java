package dev.lockstep.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.local.teams.model.Pair;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Lambda freezes a function between two invocations for as long as it likes, and meanwhile the platforms, the store and
 * the queue close its connections: the first event after that is written all the same, and no write fails first.
 */
class PackagedFreezeIT {
    /** Longer than the servers here keep a connection that nobody uses; {@code -Dlockstep.freeze=PT3M} for a long one. */
    private static final Duration FREEZE = Duration.parse(System.getProperty("lockstep.freeze", "PT45S"));

    private final Installation lockstep = Installation.shared();

    @Test
    void noWriteFailsAfterAFreeze() throws InterruptedException {
        PackagedPerson ira = lockstep.signedIn("ira");
        lockstep.send("phone-event.generic-connected", ira);
        lockstep.eventually(() -> lockstep.shows(ira, "On a call", Pair.IN_A_CALL));
        lockstep.send("phone-event.generic-ended", ira);
        lockstep.eventually(() -> lockstep.shows(ira, "Available", Pair.AVAILABLE));
        String before = lockstep.output("phone-event");

        lockstep.freeze("phone-event", FREEZE);
        lockstep.send("phone-event.generic-connected", ira);

        lockstep.eventually(() -> lockstep.shows(ira, "On a call", Pair.IN_A_CALL));
        assertThat(lockstep.output("phone-event").substring(before.length()))
                .doesNotContain("PlatformErrors", "closed", "reset");
    }
}
