package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.Defaults;
import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Lease;
import dev.lockstep.failure.RecordedLog;
import dev.lockstep.intake.IntakeOutcome;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.presence.CallState;
import dev.lockstep.presence.Decision;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.presence.Status;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.StoreUnavailable;
import dev.lockstep.store.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SynchronizerTest {
    private final SyncFixture theatre = new SyncFixture();

    private IntakeOutcome connected() {
        return theatre.take(theatre.call("a", CallState.CONNECTED));
    }

    private IntakeOutcome ended() {
        return theatre.take(theatre.call("a", CallState.ENDED));
    }

    private void assertEverywhere(String value) {
        assertThat(theatre.dynamics.valueOf("d-rita")).isEqualTo(value);
        assertThat(theatre.teams.valueOf("t-rita")).isEqualTo(value);
    }

    @Test
    void aCallIsToldEverywhereWithThreeWritesToTheStore() {
        assertThat(connected()).isEqualTo(IntakeOutcome.SETTLED);

        assertEverywhere("onACall");
        assertThat(theatre.storeCalls).containsExactly("agents.load", "agents.save", "agents.save", "timeline.append");
        assertThat(theatre.rita().lease()).isEmpty();
        assertThat(theatre.standing("dynamics").condition()).isEqualTo(Condition.IN_SYNC);
        assertThat(theatre.timeline.of("rita", Instant.EPOCH, 1))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.before()).isEqualTo("available");
                    assertThat(event.after()).isEqualTo("onACall");
                    assertThat(event.answers()).containsOnlyKeys("dynamics", "teams");
                });
    }

    @Test
    void whatIsAlreadyKnownCostsOneReadAndTheWordThatItChangesNothing() {
        Signal again = theatre.call("a", CallState.CONNECTED);
        theatre.take(again);
        theatre.forget();

        assertThat(theatre.synchronizer.accept(
                        "rita", List.of(new Evidence.Reported(again)), SyncFixture.trigger("test")))
                .isEqualTo(IntakeOutcome.UNCHANGED);
        assertThat(theatre.storeCalls).containsExactly("agents.load", "timeline.append");
        assertThat(toldLast()).containsExactly("changes nothing: it was known, or a later event says otherwise");
        assertThat(theatre.diary).isEmpty();
        assertThat(theatre.synchronizer.wouldChange(theatre.rita(), List.of(new Evidence.Reported(again))))
                .isFalse();
    }

    private List<String> toldLast() {
        return theatre.timeline.of("rita", Instant.EPOCH, 1).getFirst().because();
    }

    @Test
    void aCallThatHasEndedSaysSoWhenItIsToldAgain() {
        Signal begun = theatre.call("a", CallState.CONNECTED);
        theatre.take(begun);
        theatre.take(theatre.call("a", CallState.ENDED));
        theatre.forget();

        assertThat(theatre.take(begun)).isEqualTo(IntakeOutcome.UNCHANGED);
        assertThat(toldLast()).singleElement().asString().contains("this call has ended");
        assertThat(theatre.timeline.of("rita", Instant.EPOCH, 1).getFirst().after())
                .isEqualTo("available");
    }

    @Test
    void whatAnApplicationSaysAndIsOutweighedSaysSo() {
        connected();
        theatre.take(new Signal.Choice(
                Source.application("crm"),
                SourceTime.at(theatre.clock.instant()),
                Status.AWAY,
                Optional.empty(),
                Optional.empty()));

        assertThat(toldLast())
                .containsExactly("changes nothing: something newer or more restrictive counts, or it was known");
    }

    @Test
    void anItemThatHoldsAsMuchAsItMaySaysSoOnceAndCountsEachTime() {
        try (RecordedLog log = new RecordedLog(SyncJournal.class)) {
            for (int i = 0; i < 149; i++) {
                theatre.take(theatre.call("+49 89 " + i, CallState.RINGING));
            }
            assertThat(log.text()).doesNotContain("as many");
            theatre.take(theatre.call("+49 89 149", CallState.RINGING));
            assertThat(log.text())
                    .contains("agent=rita", "holds as many calls as it may")
                    .doesNotContain("+49");
            theatre.take(theatre.call("+49 89 150", CallState.RINGING));

            assertThat(log.text()).containsOnlyOnce("holds as many");
        }
        assertThat(theatre.told).filteredOn("full of calls"::equals).hasSize(2);
        assertThat(theatre.rita().situation().calls().known()).hasSize(150);
    }

    @Test
    void newsThatChangesNoPlatformIsStoredWithOneWrite() {
        connected();
        theatre.forget();

        assertThat(theatre.take(theatre.call("b", CallState.RINGING))).isEqualTo(IntakeOutcome.SETTLED);
        assertThat(theatre.storeCalls).containsExactly("agents.load", "agents.save");
        assertThat(theatre.diary).isEmpty();
    }

    @Test
    void nobodyIsMadeUp() {
        assertThat(theatre.synchronizer.resync("nobody", SyncFixture.trigger("test")))
                .isEqualTo(IntakeOutcome.UNKNOWN_AGENT);
        assertThat(theatre.enqueue("nobody", List.of(), SyncFixture.trigger("test")))
                .isEqualTo(IntakeOutcome.UNKNOWN_AGENT);
    }

    @Test
    void whatIsHeldForSomebodyWhoWasRemovedIsTakenBack() throws AgentStore.Conflict {
        connected();
        AgentState rita = theatre.rita();
        theatre.store.save(rita.remove().dueBy(theatre.instant()));

        theatre.sweep();

        assertThat(theatre.teams.valueOf("t-rita"))
                .as("nothing of ours is left")
                .isEmpty();
        assertThat(theatre.dynamics.valueOf("d-rita"))
                .as("what she has without us: she is signed in")
                .isEqualTo("available");
        assertThat(theatre.rita().decided().flatMap(Decision::status)).isEmpty();

        theatre.forget();
        theatre.take(theatre.call("b", CallState.CONNECTED));
        assertThat(theatre.diary).as("nothing is written any more").isEmpty();
        assertThat(theatre.rita().situation())
                .as("and nothing is learned")
                .isEqualTo(rita.remove().situation());
    }

    @Test
    void whatIsKnownOfSomebodyWhoWasRemovedIsForgottenInTheEnd() throws AgentStore.Conflict {
        connected();
        AgentState rita = theatre.rita();
        theatre.store.save(rita.remove().dueBy(theatre.instant()));
        theatre.sweep();
        Instant end = theatre.rita().dueAt().orElseThrow();
        assertThat(end).isBefore(theatre.instant().plus(Removal.KEPT).plusSeconds(60));

        theatre.advance(Duration.between(theatre.instant(), end).minusSeconds(60));
        theatre.sweep();
        assertThat(theatre.rita().isForgotten()).isFalse();

        for (int sweeps = 0; sweeps < 3; sweeps++) {
            theatre.advance(Duration.ofMinutes(1));
            theatre.sweep();
        }
        assertIsForgotten(rita);
    }

    @Test
    @DisplayName("an account that is gone refuses for ever what is to be taken back: that ends too")
    void whatCannotBeTakenBackIsForgottenTooInTheEnd() throws AgentStore.Conflict {
        connected();
        AgentState rita = theatre.rita();
        theatre.store.save(rita.remove().dueBy(theatre.instant()));
        for (int day = 0; day <= Removal.KEPT.toDays(); day++) {
            theatre.dynamics.refusals.add(new PlatformException.NotSignedIn());
            theatre.teams.refusals.add(new PlatformException.PermissionMissing("Presence.ReadWrite.All"));
            theatre.sweep();
            theatre.advance(Duration.ofDays(1));
        }
        theatre.sweep();

        assertIsForgotten(rita);
    }

    @Test
    @DisplayName("who was away for long before they were removed: what we hold is taken back before it is forgotten")
    void whatIsHeldIsTakenBackBeforeItIsForgotten() throws AgentStore.Conflict {
        connected();
        theatre.advance(Removal.KEPT.plusDays(1));
        theatre.store.save(theatre.rita().remove().dueBy(theatre.instant()));

        theatre.sweep();

        assertThat(theatre.teams.valueOf("t-rita")).isEmpty();
    }

    /** What is told or shown of them from now on is not kept either, and makes nobody write. */
    private void assertIsForgotten(AgentState before) {
        assertThat(theatre.rita().isForgotten()).isTrue();
        assertThat(theatre.rita().profile().externalIds())
                .isEqualTo(before.profile().externalIds());
        assertThat(theatre.rita().dueAt()).isEmpty();
        theatre.forget();
        connected();
        assertThat(theatre.rita().isForgotten()).isTrue();
        assertThat(theatre.rita().dueAt()).isEmpty();
        assertThat(theatre.diary).isEmpty();
        assertThat(theatre.storeCalls).doesNotContain("agents.save");
    }

    @Test
    void whileAnotherHoldsTheLeaseNewsIsOnlyRecorded() throws AgentStore.Conflict {
        theatre.store.save(
                theatre.rita().leasedTo(new Lease("another", theatre.instant().plusSeconds(10))));
        theatre.forget();

        try (RecordedLog log = new RecordedLog(SyncJournal.class)) {
            assertThat(connected()).isEqualTo(IntakeOutcome.RECORDED);
            assertThat(log.text()).contains("agent=rita", "left to the holder of the lease");
        }
        assertThat(theatre.diary).isEmpty();
        assertThat(theatre.storeCalls).containsExactly("agents.load", "agents.append", "agents.load");

        theatre.advance(Duration.ofSeconds(10));
        theatre.sweep();
        assertEverywhere("onACall");
    }

    @Test
    void newsThatComesWhileWeWriteIsActedUponBeforeWeLetGo() {
        theatre.teams.during = () -> {
            theatre.teams.during = () -> {};
            Signal over = new Signal.Call(
                    SyncFixture.DESK, SourceTime.at(theatre.instant()), "1042", "a", CallState.ENDED, false);
            assertThat(theatre.synchronizer.accept(
                            "rita", List.of(new Evidence.Reported(over)), SyncFixture.trigger("other")))
                    .isEqualTo(IntakeOutcome.RECORDED);
        };

        assertThat(connected()).isEqualTo(IntakeOutcome.SETTLED);
        assertEverywhere("available");
        assertThat(theatre.rita().inbox()).isEmpty();
        assertThat(theatre.rita().lease()).isEmpty();
    }

    @Test
    void aBurstIsOneWrite() {
        theatre.take(
                theatre.call("a", CallState.RINGING),
                theatre.call("a", CallState.CONNECTED),
                theatre.call("a", CallState.HELD));

        assertThat(theatre.diary).containsExactly("dynamics onACall", "teams onACall");
    }

    @Test
    void bulkWorkIsRecordedAndLeftToTheQueue() {
        assertThat(theatre.enqueue(
                        "rita",
                        List.of(new Evidence.Reported(theatre.call("a", CallState.CONNECTED))),
                        SyncFixture.trigger("bulk")))
                .isEqualTo(IntakeOutcome.DEFERRED);
        assertThat(theatre.diary).isEmpty();
        assertThat(theatre.queued).containsExactly(Duration.ZERO);

        theatre.synchronizer.resync("rita", SyncFixture.trigger("queue"));
        assertEverywhere("onACall");
    }

    @Test
    void aStoreThatDoesNotAnswerIsToldToTheSender() {
        theatre.steps = step -> {
            if (step.equals("agents.save before")) {
                throw new StoreUnavailable("down", null);
            }
        };

        assertThatThrownBy(this::connected).isInstanceOf(StoreUnavailable.class);
        assertThat(theatre.diary).isEmpty();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(
                        new PlatformException.Throttled(Optional.of(Duration.ofSeconds(40))),
                        Condition.THROTTLED,
                        40,
                        50),
                Arguments.of(new PlatformException.Throttled(Optional.empty()), Condition.THROTTLED, 0, 1),
                Arguments.of(new PlatformException.NotSignedIn(), Condition.NOT_SIGNED_IN, 60, 75),
                Arguments.of(
                        new PlatformException.PermissionMissing("Presence.ReadWrite.All"),
                        Condition.PERMISSION_MISSING,
                        60,
                        75),
                Arguments.of(new PlatformException.Rejected("no such presence"), Condition.UNMAPPED, 60, 75),
                Arguments.of(new PlatformException.Unreachable("silent"), Condition.PENDING, 0, 1));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    @DisplayName(
            "what a platform refuses becomes a condition and is tried again; the other platform is told all the same")
    void refusalsBecomeConditions(PlatformException refusal, Condition condition, int least, int most) {
        theatre.dynamics.refusals.add(refusal);

        assertThat(connected()).isEqualTo(IntakeOutcome.DEFERRED);

        assertThat(theatre.teams.valueOf("t-rita")).isEqualTo("onACall");
        assertThat(theatre.standing("dynamics").condition()).isEqualTo(condition);
        assertThat(theatre.standing("dynamics").progress().message()).isNotBlank();
        Instant retry = theatre.standing("dynamics").progress().retryAt().orElseThrow();
        assertThat(Duration.between(theatre.instant(), retry))
                .isBetween(Duration.ofSeconds(least), Duration.ofSeconds(most));
        assertThat(theatre.queued).containsExactly(Duration.between(theatre.instant(), retry));
        assertThat(theatre.rita().dueAt()).contains(retry);

        theatre.forget();
        theatre.advance(Duration.between(theatre.instant(), retry).minusMillis(1));
        theatre.synchronizer.resync("rita", SyncFixture.trigger("early"));
        assertThat(theatre.diary).isEmpty();
        theatre.advance(Duration.ofMillis(1));
        theatre.sweep();
        assertEverywhere("onACall");
        assertThat(theatre.standing("dynamics").condition()).isEqualTo(Condition.IN_SYNC);
        assertThat(theatre.standing("dynamics").progress().retryAt()).isEmpty();
    }

    @Test
    void aWaitThatThePlatformAskedForIsKeptWhateverHappensAndToldToEverybody() {
        theatre.dynamics.refusals.add(new PlatformException.Throttled(Optional.of(Duration.ofSeconds(40))));
        connected();
        Instant asked = theatre.instant();
        theatre.forget();

        ended();
        assertThat(theatre.diary).noneMatch(call -> call.startsWith("dynamics"));
        assertThat(theatre.lane.reserve(1).first()).isEqualTo(asked.plusSeconds(40));
    }

    @Test
    void aWaitOfOurOwnEndsWithNews() {
        theatre.dynamics.refusals.add(new PlatformException.NotSignedIn());
        connected();
        theatre.forget();

        theatre.take(new Signal.SignedIn(Source.DYNAMICS, SourceTime.at(theatre.instant()), true));
        assertThat(theatre.dynamics.valueOf("d-rita")).isEqualTo("onACall");
    }

    @Test
    @DisplayName(
            "what is missing may be granted by now: once with each thing that is learned, never with the same again")
    void aMissingPermissionIsAskedForWithEachThingThatIsLearned() {
        PlatformException missing = new PlatformException.PermissionMissing("a role");
        theatre.dynamics.refusals.add(missing);
        theatre.dynamics.refusals.add(missing);
        Signal call = theatre.call("a", CallState.CONNECTED);
        theatre.take(call);
        theatre.forget();

        theatre.take(call);
        assertThat(theatre.diary).noneMatch(write -> write.startsWith("dynamics"));
        theatre.take(new Signal.SignedIn(Source.DYNAMICS, SourceTime.at(theatre.instant()), true));
        assertThat(theatre.diary)
                .filteredOn(write -> write.startsWith("dynamics"))
                .hasSize(1);
        theatre.take(new Signal.Call(
                SyncFixture.DESK, SourceTime.at(theatre.instant()), "1042", "b", CallState.CONNECTED, false));
        assertThat(theatre.dynamics.valueOf("d-rita")).isEqualTo("onACall");
    }

    @Test
    void waitsGrowUpToALimitAndStartAnew() {
        Duration limit = Defaults.of(SyncSettings.class).backoffLimit();
        Duration longest = Duration.ZERO;
        for (int i = 0; i < 14; i++) {
            theatre.dynamics.refusals.add(new PlatformException.Unreachable("silent"));
        }
        connected();
        for (int i = 0; i < 13; i++) {
            Duration wait = Duration.between(
                    theatre.instant(),
                    theatre.standing("dynamics").progress().retryAt().orElseThrow());
            longest = wait.compareTo(longest) > 0 ? wait : longest;
            assertThat(wait).isLessThanOrEqualTo(limit);
            theatre.advance(wait);
            theatre.synchronizer.resync("rita", SyncFixture.trigger("retry"));
        }
        assertThat(longest).isGreaterThan(limit.dividedBy(2));
        theatre.advance(limit);
        theatre.synchronizer.resync("rita", SyncFixture.trigger("retry"));
        assertThat(theatre.standing("dynamics").progress().attempts()).isZero();
    }

    @Test
    void whatWasRefusedIsNotHeldAndWhatWasNotAnsweredMayBe() {
        theatre.dynamics.refusals.add(new PlatformException.Rejected("no"));
        theatre.teams.refusals.add(new PlatformException.Unreachable("silent"));
        connected();

        assertThat(theatre.standing("dynamics")
                        .ledger()
                        .heldIn(InMemoryPlatform.SLOT, theatre.instant())
                        .map(LedgerEntry::value))
                .contains("available");
        assertThat(theatre.standing("teams").ledger().heldIn(InMemoryPlatform.SLOT, theatre.instant()))
                .hasValueSatisfying(entry -> {
                    assertThat(entry.value()).isEqualTo("onACall");
                    assertThat(entry.outcome()).isEqualTo(LedgerEntry.Outcome.UNKNOWN);
                });
    }

    @Test
    void protectionGoesOutAtOnceAndReleaseInOrder() {
        connected();
        assertThat(theatre.diary).containsExactly("dynamics onACall", "teams onACall");
        theatre.forget();

        ended();
        assertThat(theatre.diary).containsExactly("teams available", "teams read", "dynamics available");
    }

    @Test
    void aCallThatOurSessionCoveredIsFoundBeforeWorkIsLetIn() {
        connected();
        theatre.forget();
        theatre.teams.shows = Optional.of("call");

        ended();
        assertThat(theatre.diary).containsExactly("teams available", "teams read");
        assertThat(theatre.dynamics.valueOf("d-rita")).isEqualTo("onACall");
        assertThat(theatre.standing("dynamics").condition()).isEqualTo(Condition.IN_SYNC);
        assertThat(theatre.rita().decided().orElseThrow().status()).contains(Status.ON_A_CALL);
    }

    @Test
    void whatProvesNothingIsReadAgainWhileThereIsTime() {
        connected();
        theatre.forget();
        theatre.teams.doubts = 3;

        assertThat(ended()).isEqualTo(IntakeOutcome.SETTLED);
        assertThat(theatre.diary)
                .containsExactly(
                        "teams available",
                        "teams read",
                        "teams read",
                        "teams read",
                        "teams read",
                        "dynamics available");
        assertThat(theatre.waits).containsOnly(Duration.ofMillis(200)).hasSize(3);
        assertThat(theatre.reads).containsOnly("teams Done").hasSize(4);
        assertThat(theatre.queued).isEmpty();
    }

    @Test
    void nobodyIsLetInWhileTheReadProvesNothing() {
        connected();
        theatre.forget();
        theatre.teams.doubts = 100;

        assertThat(ended()).isEqualTo(IntakeOutcome.DEFERRED);
        assertThat(theatre.dynamics.valueOf("d-rita")).isEqualTo("onACall");
        assertThat(theatre.queued).as("the next visit goes on").containsExactly(Duration.ZERO);
        assertThat(reads()).isEqualTo(7);

        retry();
        assertThat(reads()).as("and reads as often").isEqualTo(14);
        retry();
        assertThat(reads()).as("the third looks once").isEqualTo(15);
        assertThat(theatre.queued).containsExactly(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(2));
        assertThat(theatre.dynamics.valueOf("d-rita")).isEqualTo("onACall");

        theatre.teams.doubts = 0;
        theatre.advance(Duration.ofSeconds(2));
        retry();
        assertEverywhere("available");
    }

    private long reads() {
        return theatre.diary.stream().filter("teams read"::equals).count();
    }

    private void retry() {
        theatre.synchronizer.resync("rita", SyncFixture.trigger("queue"));
    }

    @Test
    void aSilentPlatformIsInDoubtStillIfItWasBefore() {
        connected();
        theatre.forget();
        theatre.teams.doubts = 1;
        theatre.teams.onRead = () -> theatre.teams.unreadable = reads() > 1;

        ended();
        assertThat(theatre.dynamics.valueOf("d-rita")).isEqualTo("onACall");
    }

    @Test
    void whoCallsMeanwhileIsNotKeptWaitingByARelease() {
        connected();
        theatre.forget();
        theatre.teams.doubts = 100;
        theatre.teams.onRead = () -> {
            if (reads() == 2) {
                Evidence next = new Evidence.Reported(theatre.call("b", CallState.CONNECTED));
                assertThat(theatre.synchronizer.accept("rita", List.of(next), SyncFixture.trigger("phone")))
                        .isEqualTo(IntakeOutcome.RECORDED);
            }
        };

        ended();
        assertThat(theatre.diary).containsExactly("teams available", "teams read", "teams read", "teams onACall");
        assertThat(theatre.dynamics.valueOf("d-rita")).isEqualTo("onACall");
    }

    @Test
    void aPlatformThatCannotBeReadKeepsNobodyFromWork() {
        connected();
        theatre.teams.unreadable = true;

        ended();
        assertThat(theatre.dynamics.valueOf("d-rita")).isEqualTo("available");
        assertThat(theatre.reads).containsExactly("teams Unreachable");
    }

    @Test
    void theBreakerStopsAnAlternationAndClosesAgain() {
        theatre.dynamics.overwriting = true;
        for (int i = 0; i < 10; i++) {
            theatre.take(theatre.call("c" + i, CallState.RINGING));
        }

        assertThat(theatre.diary.stream().filter(call -> call.startsWith("dynamics")))
                .hasSizeLessThanOrEqualTo(4);
        assertThat(theatre.standing("dynamics").condition()).isEqualTo(Condition.LOOP_SUSPECTED);
        Instant open = theatre.rita().dueAt().orElseThrow();
        assertThat(open).isAfter(theatre.instant()).isBefore(theatre.instant().plus(Duration.ofMinutes(10)));

        theatre.dynamics.overwriting = false;
        theatre.advance(Duration.ofMinutes(10));
        theatre.sweep();
        assertThat(theatre.standing("dynamics").condition()).isEqualTo(Condition.IN_SYNC);
    }

    @Test
    void theBreakerIsCountedWhenItOpensAndNotAgain() {
        theatre.dynamics.overwriting = true;
        for (int i = 0; i < 10; i++) {
            theatre.take(theatre.call("c" + i, CallState.RINGING));
        }

        assertThat(theatre.told.stream().filter("dynamics loop"::equals)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OFF", "OBSERVE"})
    void whenSwitchedOffEverythingIsDecidedAndNothingWritten(WriteModes.Mode mode) {
        theatre.mode = mode;

        assertThat(connected()).isEqualTo(IntakeOutcome.SETTLED);
        assertThat(theatre.diary).isEmpty();
        assertThat(theatre.rita().decided().orElseThrow().status()).contains(Status.ON_A_CALL);
        assertThat(theatre.standing("dynamics").condition()).isEqualTo(Condition.OFF);

        theatre.mode = WriteModes.Mode.ON;
        theatre.synchronizer.resync("rita", SyncFixture.trigger("sweep"));
        assertEverywhere("onACall");
    }

    @Test
    void whatWouldBeWrittenIsShownWhileObserving() {
        theatre.mode = WriteModes.Mode.OBSERVE;
        connected();

        assertThat(theatre.standing("dynamics").progress().message()).contains("onACall");
    }

    static Stream<Integer> crashes() {
        return Stream.iterate(0, at -> at + 1).limit(24);
    }

    @ParameterizedTest
    @MethodSource("crashes")
    @DisplayName("a crash before or after any step is healed, and a crash of the healing too")
    void crashesAreHealed(int at) {
        connected();
        theatre.take(theatre.call("b", CallState.RINGING));
        AtomicInteger left = new AtomicInteger(at);
        theatre.steps = step -> {
            if (left.getAndDecrement() == 0) {
                throw new SyncFixture.Crash();
            }
        };
        Signal over = theatre.call("a", CallState.ENDED);
        List<Evidence> news = List.of(new Evidence.Reported(over));
        boolean accepted = attempt(() -> theatre.synchronizer.accept("rita", news, SyncFixture.trigger("test")));
        if (!accepted) {
            left.set(at / 2);
            boolean sentAgain = attempt(() -> theatre.synchronizer.accept("rita", news, SyncFixture.trigger("again")));
            theatre.steps = step -> {};
            if (!sentAgain) {
                theatre.synchronizer.accept("rita", news, SyncFixture.trigger("again"));
            }
        }
        theatre.steps = step -> {};
        for (int i = 0; i < 3; i++) {
            theatre.advance(Duration.ofMinutes(1));
            theatre.sweep();
        }

        assertEverywhere("available");
        assertThat(theatre.rita().lease()).isEmpty();
        assertThat(theatre.rita().inbox()).isEmpty();
        assertThat(theatre.standing("dynamics").condition()).isEqualTo(Condition.IN_SYNC);
        assertThat(theatre.standing("teams").condition()).isEqualTo(Condition.IN_SYNC);
    }

    private static boolean attempt(Runnable visit) {
        try {
            visit.run();
            return true;
        } catch (SyncFixture.Crash crash) {
            return false;
        }
    }

    @Test
    @DisplayName("once the news is stored, the sweep alone heals a crash, whenever it comes")
    void whatIsStoredIsNeverLost() {
        for (int at = 0; at < 24; at++) {
            SyncFixture other = new SyncFixture();
            AtomicInteger left = new AtomicInteger(at);
            other.steps = step -> {
                boolean stored = other.storeCalls.contains("agents.save");
                if (stored && left.getAndDecrement() == 0) {
                    throw new SyncFixture.Crash();
                }
            };
            attempt(() -> other.take(other.call("a", CallState.CONNECTED)));
            other.steps = step -> {};
            if (other.rita().situation().calls().known().isEmpty()) {
                continue;
            }
            other.advance(Duration.ofMinutes(1));
            other.sweep();
            assertThat(other.dynamics.valueOf("d-rita")).as("crash %d", at).isEqualTo("onACall");
            assertThat(other.teams.valueOf("t-rita")).as("crash %d", at).isEqualTo("onACall");
            assertThat(other.rita().lease()).isEmpty();
        }
    }

    @Test
    void oneAgentsTroubleIsNoOthers() {
        theatre.hire("anna");
        theatre.hire("zoe");
        theatre.store.append("anna", List.of(new Evidence.Reported(theatre.call("a", CallState.CONNECTED))));
        theatre.store.append("zoe", List.of(new Evidence.Reported(theatre.call("a", CallState.CONNECTED))));
        AtomicInteger loads = new AtomicInteger();
        theatre.steps = step -> {
            if (step.equals("agents.load before") && loads.getAndIncrement() == 0) {
                throw new StoreUnavailable("throttled", null);
            }
        };

        assertThat(theatre.sweep()).isEqualTo(2);
        assertThat(Stream.of("d-anna", "d-zoe").map(theatre.dynamics::valueOf).filter("onACall"::equals))
                .hasSize(1);
        theatre.sweep();
        assertThat(Stream.of("d-anna", "d-zoe").map(theatre.dynamics::valueOf)).containsOnly("onACall");
    }

    @Test
    void anItemThatCannotBeReadEndsNoSweep() {
        theatre.hire("anna");
        theatre.hire("zoe");
        theatre.store.append("anna", List.of(new Evidence.Reported(theatre.call("a", CallState.CONNECTED))));
        theatre.store.append("zoe", List.of(new Evidence.Reported(theatre.call("a", CallState.CONNECTED))));
        AtomicInteger loads = new AtomicInteger();
        theatre.steps = step -> {
            if (step.equals("agents.load before") && loads.getAndIncrement() == 0) {
                throw new IllegalStateException("cannot read a stored Remembered");
            }
        };

        assertThat(theatre.sweep()).isEqualTo(2);
        assertThat(Stream.of("d-anna", "d-zoe").map(theatre.dynamics::valueOf).filter("onACall"::equals))
                .hasSize(1);
    }

    @Test
    void anAdapterThatFailsUnexpectedlyDelaysNoOtherAndIsTriedAgain() {
        theatre.dynamics.refusals.add(new IllegalArgumentException("a fault"));

        assertThat(connected()).isEqualTo(IntakeOutcome.DEFERRED);
        assertThat(theatre.rita().lease()).isEmpty();
        assertThat(theatre.teams.valueOf("t-rita")).isEqualTo("onACall");
        assertThat(theatre.standing("teams").condition()).isEqualTo(Condition.IN_SYNC);

        theatre.advance(Duration.ofSeconds(1));
        theatre.synchronizer.resync("rita", SyncFixture.trigger("queue"));
        assertEverywhere("onACall");
    }

    @Test
    void anAgentWithoutAnIdOnAPlatformIsUnmappedThere() throws AgentStore.Conflict {
        AgentState rita = theatre.rita();
        theatre.store.save(rita.with(new dev.lockstep.agent.Profile("rita", "", java.util.Map.of("teams", "t-rita"))));

        connected();
        assertThat(theatre.standing("dynamics").condition()).isEqualTo(Condition.UNMAPPED);
        assertThat(theatre.teams.valueOf("t-rita")).isEqualTo("onACall");
    }

    @Test
    void whatBecameOfAnEventIsCounted() throws AgentStore.Conflict {
        Signal call = theatre.call("a", CallState.CONNECTED);
        theatre.take(call);
        theatre.take(call);
        theatre.synchronizer.resync("nobody", SyncFixture.trigger("retry"));
        theatre.store.save(
                theatre.rita().leasedTo(new Lease("another", theatre.instant().plusSeconds(10))));
        ended();
        theatre.enqueue("rita", List.of(), SyncFixture.trigger("bulk"));

        assertThat(theatre.outcomes)
                .containsExactly(
                        IntakeOutcome.SETTLED,
                        IntakeOutcome.UNCHANGED,
                        IntakeOutcome.UNKNOWN_AGENT,
                        IntakeOutcome.RECORDED,
                        IntakeOutcome.DEFERRED);
    }

    @Test
    void theTimelineSaysWhichEventItWas() {
        connected();

        assertThat(theatre.timeline.of("rita", Instant.EPOCH, 1))
                .extracting(Timeline.Event::trigger, Timeline.Event::correlationId)
                .containsExactly(tuple("test", "of test"));
    }

    @Test
    void whatIsTriedAgainKeepsTheIdOfTheEventThatCausedIt() {
        theatre.dynamics.refusals.add(new PlatformException.Unreachable("silent"));
        connected();
        theatre.enqueue("rita", List.of(), SyncFixture.trigger("bulk"));

        assertThat(theatre.correlationIds).containsExactly("of test", "of bulk");
    }
}
