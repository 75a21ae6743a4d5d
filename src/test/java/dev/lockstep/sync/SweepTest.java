package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.agent.AgentState;
import dev.lockstep.intake.GivenRoll;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.presence.CallState;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.store.AgentStore;
import dev.lockstep.sync.queue.RetryMessage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** At which pace the sweep comes for those who are due. */
class SweepTest {
    private final SyncFixture theatre = new SyncFixture();

    /** All of them have something to be written, and nothing is wrong with any. */
    private void due(int agents) {
        for (int i = 0; i < agents; i++) {
            String id = "agent" + i;
            theatre.hire(id);
            Signal signIn = new Signal.SignedIn(Source.DYNAMICS, SourceTime.at(theatre.instant()), true);
            store(theatre.store.load(id).orElseThrow(), signIn);
        }
    }

    private void store(AgentState agent, Signal news) {
        try {
            theatre.store.save(agent.with(agent.situation().fold(List.of(news))).dueBy(theatre.instant()));
        } catch (AgentStore.Conflict e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> stillDue() {
        return GivenRoll.due(theatre.store, theatre.instant());
    }

    @Test
    void fewWaitForNobody() {
        theatre.lane.pause("dynamics", "rita", Duration.ofMinutes(1));
        due(50);

        assertThat(theatre.sweep()).isEqualTo(50);
        assertThat(stillDue()).isEmpty();
        assertThat(theatre.inTurn).isEmpty();
        assertThat(theatre.diary).hasSize(100);
    }

    @Test
    void manyGetTurnsAndAreDueAgainOnlyAfterThem() {
        due(200);

        assertThat(theatre.sweep()).isEqualTo(200);
        assertThat(theatre.diary).isEmpty();
        assertThat(theatre.inTurn).hasSize(200).doesNotHaveDuplicates();
        assertThat(theatre.queued).isSorted();
        assertThat(stillDue()).isEmpty();

        RetryMessage last = theatre.inTurn.getLast();
        theatre.clock.advance(Duration.between(theatre.instant(), last.turn().orElseThrow()));
        assertThat(stillDue()).doesNotContain(last.agentId());
        theatre.clock.advance(Duration.ofSeconds(30));
        assertThat(stillDue()).contains(last.agentId());
    }

    @Test
    void whoNeedsNoWriteIsDoneWithAtOnce() {
        for (int i = 0; i < 200; i++) {
            theatre.hire("agent" + i);
            theatre.store.append("agent" + i, List.<Evidence>of());
        }

        theatre.sweep();
        assertThat(theatre.inTurn).isEmpty();
        assertThat(stillDue()).isEmpty();
    }

    @Test
    void whoseWriteFailedDoesNotWaitBehindMany() {
        theatre.dynamics.refusals.add(new PlatformException.Unreachable("silent"));
        theatre.take(theatre.call("a", CallState.CONNECTED));
        theatre.advance(Duration.ofSeconds(30));
        due(200);

        theatre.sweep();
        assertThat(theatre.dynamics.valueOf("d-rita")).isEqualTo("onACall");
        assertThat(theatre.inTurn).hasSize(200);
    }

    @Test
    void whoseNewsNobodyLookedAtDoesNotWaitBehindMany() {
        due(200);
        theatre.store.append("rita", List.of(new Evidence.Reported(theatre.call("a", CallState.CONNECTED))));

        theatre.sweep();
        assertThat(theatre.dynamics.valueOf("d-rita")).isEqualTo("onACall");
        assertThat(theatre.inTurn).hasSize(200);
    }

    @Test
    void withoutAQueueTheTurnsAreWaitedForAsLongAsThereIsTime() {
        theatre.takes = false;
        due(1000);

        theatre.sweep();
        assertThat(theatre.diary.size() / 2).isBetween(340, 360);
        assertThat(theatre.waits).isNotEmpty();
        int first = theatre.diary.size();

        theatre.advance(Duration.ofSeconds(35));
        theatre.sweep();
        assertThat(theatre.diary.size() - first).isGreaterThan(600);
    }

    @Test
    void whatPausesTheLanePausesTheSweepOfMany() {
        theatre.takes = false;
        theatre.lane.pause("dynamics", "rita", Duration.ofMinutes(1));
        due(60);

        theatre.sweep();
        assertThat(theatre.diary).isEmpty();
        assertThat(stillDue()).hasSize(60);
    }
}
