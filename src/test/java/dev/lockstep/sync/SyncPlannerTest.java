package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.intake.EvidenceIntake;
import dev.lockstep.intake.IntakeOutcome;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.presence.CallState;
import dev.lockstep.store.AgentStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SyncPlannerTest {
    private final SyncFixture theatre = new SyncFixture();

    private void alternate() {
        theatre.advance(Duration.ofMinutes(1));
        theatre.take(theatre.call("c" + theatre.instant(), CallState.RINGING));
    }

    @Test
    void whatAPlatformShowsThatIsNotConnectedChangesNothing() {
        Observation seen = new Observation("zoom", theatre.instant(), Map.of("shown", "busy"));

        assertThat(theatre.synchronizer.accept(
                        "rita", List.of(new Evidence.Observed(Optional.empty(), seen)), SyncFixture.trigger("test")))
                .isEqualTo(IntakeOutcome.UNCHANGED);
    }

    @Test
    void aTimeToLookAgainThatIsOverIsNone() {
        theatre.dynamics.reviewAt = Optional.of(theatre.instant());
        theatre.take(theatre.call("a", CallState.RINGING));

        assertThat(theatre.rita().dueAt()).isEmpty();
        assertThat(theatre.sweep()).isZero();
    }

    @Test
    void aTimeToLookAgainIsKept() {
        theatre.dynamics.reviewAt = Optional.of(theatre.instant().plusSeconds(60));
        theatre.take(theatre.call("a", CallState.RINGING));

        assertThat(theatre.rita().dueAt()).isEqualTo(theatre.dynamics.reviewAt);
    }

    @Test
    void theBreakerCountsNothingThatIsOlderThanItsWindow() {
        theatre.dynamics.overwriting = true;
        for (int i = 0; i < 4; i++) {
            alternate();
        }
        assertThat(theatre.standing("dynamics").condition()).isEqualTo(Condition.LOOP_SUSPECTED);

        theatre.forget();
        theatre.advance(Duration.ofMinutes(9));
        theatre.take(theatre.call("late", CallState.RINGING));
        assertThat(theatre.diary).contains("dynamics available");
    }

    @Test
    void newsMattersThatWouldBeActedUpon() {
        EvidenceIntake intake = theatre.synchronizer;
        List<Evidence> news = List.of(new Evidence.Reported(theatre.call("a", CallState.CONNECTED)));

        assertThat(intake.wouldChange(theatre.rita(), news)).isTrue();
        intake.accept("rita", news, SyncFixture.trigger("test"));
        assertThat(intake.wouldChange(theatre.rita(), news)).isFalse();
    }

    @Test
    void whoIsOverdueOrWaitsForAPlatformIsNoNewsByTheSameAgain() throws AgentStore.Conflict {
        List<Evidence> same = List.of(new Evidence.Reported(theatre.call("a", CallState.CONNECTED)));
        theatre.dynamics.refusals.add(new PlatformException.Unreachable("silent"));
        theatre.synchronizer.accept("rita", same, SyncFixture.trigger("test"));
        assertThat(theatre.standing("dynamics").condition()).isEqualTo(Condition.PENDING);
        assertThat(theatre.synchronizer.wouldChange(theatre.rita(), same)).isFalse();

        theatre.advance(Duration.ofMinutes(10));
        assertThat(theatre.rita().dueAt())
                .hasValueSatisfying(due -> assertThat(due).isBefore(theatre.instant()));
        assertThat(theatre.synchronizer.wouldChange(theatre.rita(), same)).isFalse();
        assertThat(theatre.synchronizer.wouldChange(
                        theatre.rita(), List.of(new Evidence.Reported(theatre.call("a", CallState.ENDED)))))
                .isTrue();
    }

    @Test
    void whatWaitsInTheInboxIsNoNewsASecondTime() {
        List<Evidence> news = List.of(new Evidence.Reported(theatre.call("a", CallState.CONNECTED)));
        theatre.store.append("rita", news);

        assertThat(theatre.synchronizer.wouldChange(theatre.rita(), news)).isFalse();
    }
}
