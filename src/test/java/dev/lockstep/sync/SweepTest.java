package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.platform.Evidence;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** At which pace the sweep comes for those who are due. */
class SweepTest {
    private final SyncFixture theatre = new SyncFixture();

    private void due(int agents) {
        for (int i = 0; i < agents; i++) {
            theatre.hire("agent" + i);
            theatre.store.append("agent" + i, List.<Evidence>of());
        }
    }

    @Test
    void manyAreWorkedOffAtThePaceOfTheBulkLane() {
        due(200);

        assertThat(theatre.sweep()).isEqualTo(200);
        assertThat(theatre.store.due(theatre.instant(), 500)).isEmpty();
        assertThat(theatre.waits).hasSize(1);
    }

    @Test
    void fewWaitForNobody() {
        theatre.lane.pause("dynamics", Duration.ofMinutes(1));
        due(25);

        assertThat(theatre.sweep()).isEqualTo(25);
        assertThat(theatre.store.due(theatre.instant(), 500)).isEmpty();
        assertThat(theatre.waits).isEmpty();
    }

    @Test
    void whatPausesTheLanePausesTheSweepOfMany() {
        theatre.lane.pause("dynamics", Duration.ofMinutes(1));
        due(26);

        theatre.sweep();
        assertThat(theatre.waits).first().isEqualTo(Duration.ofMinutes(1));
    }
}
