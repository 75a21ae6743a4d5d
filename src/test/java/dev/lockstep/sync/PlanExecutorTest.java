package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.intake.IntakeOutcome;
import dev.lockstep.intake.Trigger;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.presence.CallState;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.store.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of the writes of one round, and what is told of it. */
class PlanExecutorTest {
    private final SyncFixture theatre = new SyncFixture();

    private IntakeOutcome connected() {
        return theatre.take(theatre.call("a", CallState.CONNECTED));
    }

    private IntakeOutcome ended() {
        return theatre.take(theatre.call("a", CallState.ENDED));
    }

    private Map<String, String> answers() {
        return theatre.timeline.of("rita", Instant.EPOCH, 1).stream()
                .map(Timeline.Event::answers)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyWriteIsCountedAndTold() {
        theatre.teams.refusals.add(new PlatformException.Throttled(Optional.of(Duration.ofSeconds(40))));
        connected();

        assertThat(theatre.told).containsExactly("dynamics Done", "teams Throttled", "test decided");
        assertThat(answers())
                .containsOnly(
                        Map.entry("dynamics", "slot onACall: done"),
                        Map.entry("teams", "slot onACall: Throttled: the platform asked us to wait"));
    }

    @Test
    void ofTwoRoundsBothAnswersAreTold() {
        theatre.teams.during = () -> {
            theatre.teams.during = () -> {};
            Evidence over = new Evidence.Reported(theatre.call("a", CallState.ENDED));
            theatre.store.append("rita", List.of(over));
        };
        connected();

        assertThat(answers()).containsEntry("teams", "slot onACall: done; slot available: done");
    }

    @Test
    void whatIsTakenBackIsCalledSo() {
        connected();
        theatre.take(
                theatre.call("a", CallState.ENDED),
                new Signal.SignedOut(Source.DYNAMICS, SourceTime.at(theatre.instant()), theatre.instant()));

        assertThat(answers()).containsEntry("teams", "slot taken back: done");
    }

    @Test
    void whoDoesNotAnswerInTimeMayHaveDoneItAndIsAskedAgain() {
        theatre.runner.leaveUnanswered(1);

        assertThat(connected()).isEqualTo(IntakeOutcome.DEFERRED);
        assertThat(theatre.told).contains("dynamics Done", "teams Pending");
        assertThat(theatre.standing("dynamics").condition()).isEqualTo(Condition.IN_SYNC);
        assertThat(theatre.standing("teams").condition()).isEqualTo(Condition.PENDING);
        assertThat(theatre.standing("teams")
                        .ledger()
                        .held()
                        .get(InMemoryPlatform.SLOT)
                        .outcome())
                .isEqualTo(LedgerEntry.Outcome.UNKNOWN);

        theatre.runner.leaveUnanswered(0);
        theatre.advance(Duration.ofSeconds(1));
        theatre.synchronizer.resync("rita", SyncFixture.trigger("queue"));
        assertThat(theatre.teams.valueOf("t-rita")).isEqualTo("onACall");
    }

    @Test
    void aWaitIsSpreadOverTheUpperHalfOfWhatItMayBe() {
        for (int i = 0; i < 20; i++) {
            SyncFixture other = new SyncFixture();
            other.advance(Duration.ofSeconds(i));
            other.dynamics.refusals.add(new PlatformException.Unreachable("silent"));
            other.teams.refusals.add(new PlatformException.Unreachable("silent"));
            other.take(other.call("a", CallState.CONNECTED));

            assertThat(other.queued)
                    .isNotEmpty()
                    .allSatisfy(wait -> assertThat(wait).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1)));
        }
    }

    @Test
    void whatAnotherPlatformIsToBeToldLetsNobodyIn() {
        connected();
        theatre.forget();
        theatre.teams.shows = Optional.of("call");
        theatre.teams.overwriting = true;

        ended();
        assertThat(theatre.dynamics.valueOf("d-rita")).isEqualTo("onACall");
        assertThat(theatre.diary).doesNotContain("dynamics available");
    }

    @Test
    void whatIsReadBeforeTheReleaseIsShown() {
        connected();
        ended();

        assertThat(theatre.standing("teams").display().showing().map(status -> status.label()))
                .contains("available");
    }

    @Test
    void whatDoesNotShowYetIsLeftToTheQueueWhichAsksAgainWhileThereIsTime() {
        for (int i = 0; i < 4; i++) {
            theatre.teams.refusals.add(new PlatformException.NotYetShown("lags"));
        }

        assertThat(connected()).isEqualTo(IntakeOutcome.DEFERRED);
        assertThat(theatre.waits).as("whoever phones has an answer").isEmpty();
        assertThat(theatre.queued).containsExactly(Duration.ofMillis(200));
        assertThat(theatre.standing("teams").progress().message()).isEqualTo("lags");

        retry();
        assertThat(theatre.teams.valueOf("t-rita")).isEqualTo("onACall");
        assertThat(theatre.waits).containsOnly(Duration.ofMillis(200)).hasSize(3);
        assertThat(theatre.queued).hasSize(1);
    }

    @Test
    void fromTheThirdVisitOnItIsAskedForOnce() {
        for (int i = 0; i < 100; i++) {
            theatre.teams.refusals.add(new PlatformException.NotYetShown("lags"));
        }
        connected();
        retry();
        theatre.forget();
        retry();

        assertThat(theatre.diary).containsExactly("teams onACall");
        assertThat(theatre.queued)
                .singleElement()
                .satisfies(wait -> assertThat(wait).isGreaterThan(Duration.ofMillis(200)));
    }

    private void retry() {
        theatre.advance(Duration.ofSeconds(1));
        theatre.synchronizer.resync("rita", new Trigger("retry", "c", 1, ""));
    }
}
