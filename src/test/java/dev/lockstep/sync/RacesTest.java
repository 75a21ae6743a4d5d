package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Lease;
import dev.lockstep.intake.IntakeOutcome;
import dev.lockstep.platform.Evidence;
import dev.lockstep.presence.CallState;
import dev.lockstep.presence.Situation;
import dev.lockstep.store.AgentStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two who are at work on one agent at the same moment: nothing is lost, and one of them has the last word. */
class RacesTest {
    private final SyncFixture theatre = new SyncFixture();

    private IntakeOutcome connected() {
        return theatre.take(theatre.call("a", CallState.CONNECTED));
    }

    private Evidence news(String call, CallState state) {
        return new Evidence.Reported(theatre.call(call, state));
    }

    /** Does it once, just before that call of the store's. */
    private void before(String call, Runnable deed) {
        theatre.steps = step -> {
            if (step.equals(call + " before")) {
                theatre.steps = any -> {};
                deed.run();
            }
        };
    }

    private void store(AgentState state) {
        try {
            theatre.store.save(state);
        } catch (AgentStore.Conflict e) {
            throw new IllegalStateException(e);
        }
    }

    private void leaseTo(String owner, int seconds) {
        store(theatre.rita().leasedTo(new Lease(owner, theatre.instant().plusSeconds(seconds))));
    }

    private List<String> calls() {
        Situation situation = theatre.rita().situation();
        return situation.calls().known().values().stream()
                .map(call -> call.callId())
                .toList();
    }

    @Test
    void newsThatComesBetweenReadingAndStoringIsTakenAlong() {
        before("agents.save", () -> theatre.store.append("rita", List.of(news("b", CallState.CONNECTED))));

        assertThat(connected()).isEqualTo(IntakeOutcome.SETTLED);
        assertThat(calls()).containsExactly("a", "b");
        assertThat(theatre.rita().inbox()).isEmpty();
        assertThat(theatre.diary).containsExactly("dynamics onACall", "teams onACall");
    }

    @Test
    @DisplayName("what an administrator or the directory says of an agent during a write is not written over")
    void whoseProfileChangesMeanwhileKeepsTheNewOne() {
        theatre.dynamics.during = () -> {
            theatre.dynamics.during = () -> {};
            store(theatre.rita().remove().dueBy(theatre.instant()));
        };

        connected();
        theatre.sweep();

        assertThat(theatre.rita().isRemoved()).isTrue();
        assertThat(theatre.teams.valueOf("t-rita")).isEmpty();
        assertThat(theatre.dynamics.valueOf("d-rita")).isNotEqualTo("onACall");
    }

    @Test
    @DisplayName("whom a change of the mapping concerns is looked at again when all know it, whoever looked before")
    void aLookIsTheLastOnlyWhenAllKnowWhatWasChanged() {
        Instant known = theatre.instant().plusSeconds(90);
        theatre.dynamics.during = () -> {
            theatre.dynamics.during = () -> {};
            store(theatre.rita().dueBy(theatre.instant()).lookedAtAgainAt(known));
        };

        connected();
        assertThat(theatre.rita().dueAt()).contains(known);

        theatre.advance(Duration.ofSeconds(60));
        theatre.take(theatre.call("b", CallState.CONNECTED));
        assertThat(theatre.rita().dueAt()).contains(known);

        theatre.advance(Duration.ofSeconds(30));
        theatre.sweep();
        assertThat(theatre.rita().lookAgainAt()).isEmpty();
        assertThat(theatre.rita().dueAt()).isNotEqualTo(Optional.of(known));
    }

    @Test
    void whoIsRemovedMeanwhileIsUnknown() {
        before("agents.save", () -> theatre.store.remove("rita"));
        assertThat(connected()).isEqualTo(IntakeOutcome.UNKNOWN_AGENT);

        SyncFixture other = new SyncFixture();
        other.steps = step -> {
            if (step.equals("agents.append before")) {
                other.store.remove("rita");
            }
        };
        other.hire("anna");
        try {
            other.store.save(
                    other.rita().leasedTo(new Lease("another", other.instant().plusSeconds(10))));
        } catch (AgentStore.Conflict e) {
            throw new IllegalStateException(e);
        }
        assertThat(other.take(other.call("a", CallState.CONNECTED))).isEqualTo(IntakeOutcome.UNKNOWN_AGENT);
        assertThat(other.diary).isEmpty();
    }

    @Test
    @DisplayName("who never gets to store leaves the news in the inbox, after six attempts and once more six")
    void whoNeverGetsToStoreLeavesTheNews() {
        AtomicInteger attempts = new AtomicInteger();
        theatre.steps = step -> {
            if (step.equals("agents.save before")) {
                int number = attempts.incrementAndGet();
                theatre.store.append("rita", List.of(news("other" + number, CallState.RINGING)));
            }
        };

        assertThat(connected()).isEqualTo(IntakeOutcome.RECORDED);
        assertThat(attempts).hasValue(12);
        assertThat(theatre.diary).isEmpty();

        theatre.steps = step -> {};
        theatre.sweep();
        assertThat(calls()).contains("a", "other1", "other12");
        assertThat(theatre.dynamics.valueOf("d-rita")).isEqualTo("onACall");
    }

    @Test
    void whoLetsGoJustBeforeTheNewsIsLeftIsReplacedAtOnce() {
        leaseTo("another", 10);
        before("agents.append", () -> store(theatre.rita().released(Optional.empty())));

        assertThat(connected()).isEqualTo(IntakeOutcome.SETTLED);
        assertThat(theatre.diary).containsExactly("dynamics onACall", "teams onACall");
        assertThat(theatre.rita().inbox()).isEmpty();
    }

    @Test
    void nothingIsDoneForAnInboxThatTheHolderHasEmptied() {
        leaseTo("another", 10);
        before("agents.append", () -> {
            theatre.steps = step -> {
                if (step.equals("agents.append after")) {
                    theatre.steps = any -> {};
                    AgentState taken = theatre.rita();
                    store(taken.withInbox(List.of(), taken.version()).released(Optional.empty()));
                }
            };
        });

        assertThat(connected()).isEqualTo(IntakeOutcome.RECORDED);
        assertThat(theatre.diary).isEmpty();
    }

    @Test
    void whoseLeaseRanOutLeavesTheLastWordToTheNextHolder() {
        theatre.teams.during = () -> {
            theatre.teams.during = () -> {};
            theatre.advance(Duration.ofSeconds(16));
            assertThat(theatre.synchronizer.accept(
                            "rita", List.of(news("a", CallState.ENDED)), SyncFixture.trigger("next")))
                    .isEqualTo(IntakeOutcome.SETTLED);
        };

        assertThat(connected()).isEqualTo(IntakeOutcome.DEFERRED);
        assertThat(theatre.queued).contains(Duration.ofSeconds(1));
        assertThat(theatre.rita().decided().orElseThrow().status().orElseThrow().label())
                .isEqualTo("available");

        theatre.synchronizer.resync("rita", SyncFixture.trigger("queue"));
        assertThat(theatre.dynamics.valueOf("d-rita")).isEqualTo("available");
    }

    @Test
    void theNextHoldersLeaseIsNotTakenAway() {
        theatre.teams.during = () -> {
            theatre.teams.during = () -> {};
            theatre.advance(Duration.ofSeconds(16));
            leaseTo("another", 15);
        };

        assertThat(connected()).isEqualTo(IntakeOutcome.DEFERRED);
        assertThat(theatre.rita().lease().map(Lease::owner)).contains("another");
    }

    @Test
    void whoNeverGetsToSettleComesBackForIt() {
        connected();
        theatre.forget();
        AtomicInteger attempts = new AtomicInteger();
        theatre.steps = step -> {
            if (step.equals("agents.save before") && theatre.diary.size() > 1) {
                theatre.store.append("rita", List.of(news("x" + attempts.incrementAndGet(), CallState.RINGING)));
            }
        };

        assertThat(theatre.take(theatre.call("a", CallState.ENDED))).isEqualTo(IntakeOutcome.DEFERRED);
        assertThat(attempts).hasValue(6);
        assertThat(theatre.queued).containsExactly(Duration.ofSeconds(1));

        theatre.steps = step -> {};
        theatre.advance(Duration.ofSeconds(15));
        theatre.synchronizer.resync("rita", SyncFixture.trigger("queue"));
        assertThat(theatre.rita().lease()).isEmpty();
        assertThat(calls()).contains("x1", "x6");
    }

    @Test
    @DisplayName("news that keeps coming while we write is acted upon six times, then left to the next visit")
    void newsThatKeepsComing() {
        AtomicInteger round = new AtomicInteger();
        theatre.teams.during = () -> {
            CallState state = round.incrementAndGet() % 2 == 0 ? CallState.CONNECTED : CallState.ENDED;
            theatre.store.append("rita", List.of(news("c" + round.get() / 2, state)));
        };

        assertThat(theatre.take(theatre.call("c0", CallState.CONNECTED))).isEqualTo(IntakeOutcome.DEFERRED);
        assertThat(round).hasValue(6);
        assertThat(theatre.queued).containsExactly(Duration.ZERO);
        assertThat(theatre.rita().lease()).isEmpty();
        assertThat(theatre.rita().dueAt()).contains(theatre.instant());

        theatre.teams.during = () -> {};
        theatre.sweep();
        assertThat(theatre.teams.valueOf("t-rita")).isEqualTo("onACall");
        assertThat(theatre.dynamics.valueOf("d-rita")).isEqualTo("onACall");
    }

    @Test
    @DisplayName("whoever sent the news is not kept waiting for more than twice the deadline")
    void aVisitEndsInTime() {
        theatre.teams.during = () -> {
            theatre.teams.during = () -> {};
            theatre.advance(Duration.ofMillis(4001));
            theatre.store.append("rita", List.of(news("a", CallState.ENDED)));
        };

        assertThat(connected()).isEqualTo(IntakeOutcome.DEFERRED);
        assertThat(theatre.diary).containsExactly("dynamics onACall", "teams onACall");
        assertThat(theatre.queued).containsExactly(Duration.ZERO);

        theatre.synchronizer.resync("rita", SyncFixture.trigger("queue"));
        assertThat(theatre.dynamics.valueOf("d-rita")).isEqualTo("available");
    }

    @Test
    void whoTookLongAndHasNothingLeftIsDone() {
        theatre.teams.during = () -> theatre.advance(Duration.ofMillis(4001));

        assertThat(connected()).isEqualTo(IntakeOutcome.SETTLED);
        assertThat(theatre.queued).isEmpty();
    }
}
