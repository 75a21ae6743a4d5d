package dev.lockstep.sync.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.store.InMemoryControl;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BulkLaneTest {
    private Instant now = Instant.parse("2026-11-23T09:00:00Z");
    private final InMemoryControl control = new InMemoryControl(() -> now);
    private final BulkLane lane = new BulkLane(GivenPlatforms.CATALOGUE, control, () -> now);

    private long turns(BulkLane through, int asked) {
        return IntStream.range(0, asked).filter(i -> through.turn().isEmpty()).count();
    }

    @Test
    void allInstancesTogetherStayUnderTheSmallestBudget() {
        assertThat(turns(lane, 100) + turns(new BulkLane(GivenPlatforms.CATALOGUE, control, () -> now), 100))
                .isEqualTo(160);
    }

    @Test
    void whoseTurnHasNotComeIsToldWhenToAskAgain() {
        now = now.plusSeconds(3);
        turns(lane, 160);

        assertThat(lane.turn()).contains(Duration.ofSeconds(7));
        now = now.plusSeconds(7);
        assertThat(lane.turn()).isEmpty();
    }

    @Test
    void aThrottledPlatformPausesTheLaneForEverybodyUntilTheTimeThatItNamed() {
        lane.pause("dynamics", Duration.ofSeconds(45));
        BulkLane other = new BulkLane(GivenPlatforms.CATALOGUE, control, () -> now);

        assertThat(other.turn()).contains(Duration.ofSeconds(45));
        now = now.plusSeconds(44);
        assertThat(other.turn()).contains(Duration.ofSeconds(1));
        now = now.plusSeconds(1);
        assertThat(other.turn()).isEmpty();
    }

    @Test
    void theLongerOfTwoPausesCounts() {
        lane.pause("dynamics", Duration.ofSeconds(20));
        lane.pause("teams", Duration.ofSeconds(50));

        assertThat(lane.turn()).contains(Duration.ofSeconds(50));
    }

    @Test
    void aPauseThatWasNamedLaterDoesNotShortenTheOneBefore() {
        lane.pause("dynamics", Duration.ofSeconds(60));
        lane.pause("dynamics", Duration.ofSeconds(5));

        assertThat(lane.turn()).contains(Duration.ofSeconds(60));
    }

    @Test
    void aPauseTakesNothingFromTheBudget() {
        lane.pause("teams", Duration.ofSeconds(1));
        turns(lane, 50);
        now = now.plusSeconds(1);

        assertThat(turns(lane, 200)).isEqualTo(160);
    }
}
