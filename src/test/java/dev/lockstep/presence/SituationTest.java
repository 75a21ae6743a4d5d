package dev.lockstep.presence;

import static dev.lockstep.presence.Calls.SOME_CALL;
import static dev.lockstep.presence.GivenSignals.DESK;
import static dev.lockstep.presence.GivenSignals.LINE;
import static dev.lockstep.presence.GivenSignals.WFM;
import static dev.lockstep.presence.GivenSignals.at;
import static dev.lockstep.presence.GivenSignals.back;
import static dev.lockstep.presence.GivenSignals.call;
import static dev.lockstep.presence.GivenSignals.calls;
import static dev.lockstep.presence.GivenSignals.choice;
import static dev.lockstep.presence.GivenSignals.fact;
import static dev.lockstep.presence.GivenSignals.factEnded;
import static dev.lockstep.presence.GivenSignals.login;
import static dev.lockstep.presence.GivenSignals.logout;
import static dev.lockstep.presence.GivenSignals.lost;
import static dev.lockstep.presence.GivenSignals.moment;
import static dev.lockstep.presence.GivenSignals.shifts;
import static dev.lockstep.presence.GivenSignals.situation;
import static dev.lockstep.presence.GivenSignals.weakCall;
import static dev.lockstep.presence.GivenSignals.withdrawn;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SituationTest {
    private static List<String> up(Situation situation) {
        return situation
                .calls()
                .open()
                .filter(call -> call.state().isUp())
                .map(KnownCall::callId)
                .toList();
    }

    @Nested
    @Tag("property")
    class Folding {
        static LongStream seeds() {
            return LongStream.range(0, 120);
        }

        @ParameterizedTest
        @MethodSource("seeds")
        void twiceChangesNothing(long seed) {
            List<Signal> day = new GivenSignals.AnyDay(new Random(seed)).signals(20);
            Situation once = Situation.unknown().fold(day);

            for (Signal signal : day) {
                assertThat(once.fold(signal)).as("%s again", signal).isEqualTo(once);
            }
        }

        /** What is decided at any time of the day, by anybody, is the same whatever overtook what. */
        @ParameterizedTest
        @MethodSource("seeds")
        @DisplayName("the order of arrival makes no difference where sources give the time")
        void orderMakesNoDifference(long seed) {
            GivenSignals.AnyDay any = new GivenSignals.AnyDay(new Random(seed));
            List<Signal> day = any.signals(16);
            Situation inOrder = Situation.unknown().fold(day);
            Decider decider = new Decider(Policy.DEFAULT);

            for (int i = 0; i < 5; i++) {
                List<Signal> shuffled = any.shuffled(day);
                Situation other = Situation.unknown().fold(shuffled);
                for (int minute = 0; minute <= 900; minute += 30) {
                    Decision expected = decider.decide(inOrder, at(minute));
                    Decision decision = decider.decide(other, at(minute));
                    assertThat(decision.status())
                            .as("seed %d minute %d", seed, minute)
                            .isEqualTo(expected.status());
                    assertThat(decision.choice())
                            .as("seed %d minute %d", seed, minute)
                            .isEqualTo(expected.choice());
                    assertThat(decision.reviewAt())
                            .as("seed %d minute %d", seed, minute)
                            .isEqualTo(expected.reviewAt());
                }
            }
        }
    }

    @Nested
    class Calls {
        @Test
        void aNumberThatRingsAgainBringsNoCallBackThatAListHasEnded() {
            for (boolean weak : List.of(true, false)) {
                Situation known = situation(
                        new Signal.Call(DESK, moment(0), LINE, "7", CallState.CONNECTED, weak),
                        calls(10),
                        new Signal.Call(DESK, moment(20), LINE, "7", CallState.RINGING, weak));

                assertThat(known.calls().open().filter(call -> call.state().isUp()))
                        .isEmpty();
                assertThat(known.fold(new Signal.Call(DESK, moment(21), LINE, "7", CallState.CONNECTED, weak))
                                .calls()
                                .open())
                        .hasSize(1);
            }
        }

        @Test
        void anEndIsForGoodWhereTheSourceHasNoOrder() {
            Situation over = situation(call("a", CallState.CONNECTED, 1), call("a", CallState.ENDED, 2));

            assertThat(up(over)).isEmpty();
            assertThat(up(over.fold(call("a", CallState.CONNECTED, 1.5)))).isEmpty();
            assertThat(up(over.fold(call("a", CallState.CONNECTED, 3)))).isEmpty();
            assertThat(up(over.fold(call("a", CallState.HELD, 3)))).isEmpty();
        }

        @Test
        void anEndThatComesFirstKeepsTheLateAnswerOut() {
            assertThat(up(situation(call("a", CallState.ENDED, 2), call("a", CallState.CONNECTED, 1))))
                    .isEmpty();
        }

        @Test
        void aRingingThatComesLateDoesNotHangUp() {
            assertThat(up(situation(call("a", CallState.CONNECTED, 2), call("a", CallState.RINGING, 1))))
                    .containsExactly("a");
            assertThat(up(situation(call("a", CallState.CONNECTED, 1), call("a", CallState.RINGING, 2))))
                    .containsExactly("a");
        }

        @ParameterizedTest
        @EnumSource(
                value = CallState.class,
                names = {"HELD", "RESUMED", "CONNECTED"})
        void aHeldCallIsUpEvenIfItsAnswerWasNeverTold(CallState state) {
            assertThat(up(situation(call("a", state, 1)))).containsExactly("a");
        }

        @ParameterizedTest
        @EnumSource(
                value = CallState.class,
                names = {"RINGING", "DIALING", "ENDED"})
        void aCallThatNobodyAnsweredIsNotUp(CallState state) {
            assertThat(up(situation(call("a", state, 1)))).isEmpty();
        }

        @Test
        void itBeganWhenItWasAnsweredAndNotWhenItWasLastHeld() {
            Situation held = situation(call("a", CallState.HELD, 9), call("a", CallState.CONNECTED, 3));

            assertThat(held.calls().open().map(KnownCall::upSince)).containsExactly(at(3));
        }

        @Test
        void aDeskPhonesNumberIsUsedAgain() {
            Situation second = situation(
                    weakCall("1", CallState.CONNECTED, 1),
                    weakCall("1", CallState.ENDED, 2),
                    weakCall("1", CallState.RINGING, 2.5),
                    weakCall("1", CallState.CONNECTED, 3));

            assertThat(up(second)).containsExactly("1");
            assertThat(second.calls().open().map(KnownCall::upSince)).containsExactly(at(3));
        }

        @Test
        void theFormerCallsEndDoesNotEndTheNextOneThatRingsUnderItsNumber() {
            Situation second = situation(weakCall("1", CallState.RINGING, 2.5), weakCall("1", CallState.ENDED, 2));

            assertThat(second.calls().open().map(KnownCall::state)).containsExactly(CallState.RINGING);
            assertThat(up(second.fold(weakCall("1", CallState.CONNECTED, 3)))).containsExactly("1");
        }

        @Test
        void aNumberThatRingsAnewIsANewCallBeforeAnybodyAnswers() {
            Situation second = situation(weakCall("1", CallState.ENDED, 2), weakCall("1", CallState.RINGING, 2.5));

            assertThat(second.calls().open().map(KnownCall::state)).containsExactly(CallState.RINGING);
        }

        @Test
        void aDeskPhonesLateAnswerIsNoNewCall() {
            assertThat(up(situation(weakCall("1", CallState.ENDED, 2), weakCall("1", CallState.CONNECTED, 2.03))))
                    .isEmpty();
        }

        @Test
        void anAnswerSomeSecondsAfterTheEndIsTheNextCallOfThatNumber() {
            Situation second = situation(
                    weakCall("1", CallState.CONNECTED, 1),
                    weakCall("1", CallState.ENDED, 2),
                    weakCall("1", CallState.CONNECTED, 2.05));

            assertThat(up(second)).containsExactly("1");
            assertThat(second.calls().open().map(KnownCall::upSince)).containsExactly(at(2.05));
            assertThat(up(second.fold(weakCall("1", CallState.ENDED, 3)))).isEmpty();
        }

        @Test
        void whatATombstoneKeepsDownDoesNotProlongIt() {
            Situation over = situation(weakCall("1", CallState.ENDED, 0), weakCall("1", CallState.CONNECTED, 0.03));

            assertThat(over.forgetting(at(5.01)).calls().known()).isEmpty();
        }

        @ParameterizedTest
        @EnumSource(
                value = CallState.class,
                names = {"HELD", "RESUMED", "CONNECTED"})
        void whatItsSourcePlacesAfterTheEndTakesTheCallUpAgain(CallState again) {
            List<Signal> parkedAndRetrieved =
                    List.of(told("a", CallState.CONNECTED, 1), told("a", CallState.ENDED, 2), told("a", again, 4));

            inEveryOrder(parkedAndRetrieved, situation -> {
                assertThat(up(situation)).containsExactly("a");
                assertThat(up(situation.fold(told("a", CallState.ENDED, 5)))).isEmpty();
                assertThat(up(situation.fold(told("a", CallState.ENDED, 3)))).containsExactly("a");
            });
        }

        @Test
        void aCallThatComesBackRingsBeforeItIsUpAgain() {
            inEveryOrder(
                    List.of(
                            told("a", CallState.CONNECTED, 1),
                            told("a", CallState.ENDED, 2),
                            told("a", CallState.RINGING, 3)),
                    situation -> assertThat(situation.calls().open().map(KnownCall::state))
                            .containsExactly(CallState.RINGING));
        }

        @Test
        void aSequenceOrdersEndAndAnswerToo() {
            Signal ended = numbered("a", CallState.ENDED, 1, "", "2");

            assertThat(up(situation(ended, numbered("a", CallState.CONNECTED, 1, "", "1"))))
                    .isEmpty();
            assertThat(up(situation(ended, numbered("a", CallState.CONNECTED, 1, "", "2"))))
                    .isEmpty();
            assertThat(up(situation(ended, numbered("a", CallState.CONNECTED, 1, "", "3"))))
                    .containsExactly("a");
        }

        @Test
        void whatHappenedInTheMomentOfTheEndIsOver() {
            inEveryOrder(
                    List.of(told("a", CallState.CONNECTED, 2), told("a", CallState.ENDED, 2)),
                    situation -> assertThat(up(situation)).isEmpty());
        }

        @Test
        void aCallIsAsOldAsWhatWasLastReceivedOfIt() {
            Signal late = new Signal.Call(
                    DESK, SourceTime.at(at(0)).told(at(0), at(60)), LINE, "a", CallState.CONNECTED, false);
            Decider decider = new Decider(Policy.DEFAULT);

            assertThat(decider.decide(situation(late), at(60 + 239)).status()).contains(Status.ON_A_CALL);
            assertThat(decider.decide(situation(late), at(60 + 241)).status()).isEmpty();
        }

        private static Signal told(String id, CallState state, double minute) {
            SourceTime moment = SourceTime.at(at(minute)).told(at(minute), at(minute + 0.01));
            return new Signal.Call(DESK, moment, LINE, id, state, false);
        }

        private static Signal numbered(String id, CallState state, double minute, String by, String sequence) {
            return new Signal.Call(DESK, moment(minute).numbered(by, sequence), LINE, id, state, false);
        }

        private static void inEveryOrder(List<Signal> signals, Consumer<Situation> check) {
            Random random = new Random(1);
            for (int i = 0; i < 20; i++) {
                List<Signal> shuffled = new ArrayList<>(signals);
                Collections.shuffle(shuffled, random);
                check.accept(Situation.unknown().fold(shuffled));
            }
        }

        @Test
        void aLastingIdIsNeverUsedAgain() {
            assertThat(up(situation(
                            call("a", CallState.ENDED, 2),
                            call("a", CallState.RINGING, 3),
                            call("a", CallState.CONNECTED, 4))))
                    .isEmpty();
        }

        @Test
        void anEndWithoutANameEndsTheOnlyCall() {
            assertThat(up(situation(call("7", CallState.CONNECTED, 1), call("", CallState.ENDED, 2))))
                    .isEmpty();
        }

        @Test
        void anEndWithoutANameEndsNoneOfTwo() {
            assertThat(up(situation(
                            call("7", CallState.CONNECTED, 1),
                            call("8", CallState.CONNECTED, 1.5),
                            call("", CallState.ENDED, 2))))
                    .containsExactly("7", "8");
        }

        @Test
        void anEndWithoutANameEndsTheNextCallTooAfterOneThatMeantNone() {
            assertThat(up(situation(
                            weakCall("", CallState.ENDED, 1),
                            weakCall("8", CallState.CONNECTED, 2),
                            weakCall("", CallState.ENDED, 3))))
                    .isEmpty();
        }

        @Test
        void anEndWithoutANameEndsTheOnlyNamedCallOfAPhoneInUse() {
            Situation inUse =
                    situation(weakCall(SOME_CALL, CallState.CONNECTED, 1), weakCall("7", CallState.CONNECTED, 1));

            assertThat(up(inUse.fold(weakCall("", CallState.ENDED, 2)))).isEmpty();
        }

        @Test
        void anEndWithoutANameMeansACallOfItsOwnLineAndConnection() {
            Signal otherLine = new Signal.Call(DESK, moment(1), "1043", "8", CallState.CONNECTED, false);
            Signal otherPhone = new Signal.Call(Source.phone("pbx"), moment(1), LINE, "9", CallState.CONNECTED, false);

            assertThat(up(situation(
                            call("7", CallState.CONNECTED, 1), otherLine, otherPhone, call("", CallState.ENDED, 2))))
                    .containsExactlyInAnyOrder("8", "9");
        }

        @Test
        void anEndOfAnotherLineOrConnectionChangesNothing() {
            Signal otherLine = new Signal.Call(DESK, moment(2), "1043", "7", CallState.ENDED, false);
            Signal otherPhone = new Signal.Call(Source.phone("pbx"), moment(2), LINE, "7", CallState.ENDED, false);

            assertThat(up(situation(call("7", CallState.CONNECTED, 1), otherLine, otherPhone)))
                    .containsExactly("7");
        }

        @Test
        void beingInUseEndsWithTheLastCallThatHasAName() {
            Situation inUse = situation(
                    call(SOME_CALL, CallState.CONNECTED, 1),
                    call("7", CallState.CONNECTED, 1),
                    call("8", CallState.CONNECTED, 2));

            assertThat(up(inUse.fold(call("7", CallState.ENDED, 3)))).contains(SOME_CALL);
            assertThat(up(inUse.fold(List.of(call("7", CallState.ENDED, 3), call("8", CallState.ENDED, 4)))))
                    .isEmpty();
        }

        /** Its forwarder tells whole seconds, and does not count. */
        @Test
        void ofOneMomentTheLaterToComeCounts() {
            Signal ended = told(CallState.ENDED, 2);
            Signal connected = told(CallState.CONNECTED, 3);

            assertThat(up(situation(told(CallState.RINGING, 1), ended, connected)))
                    .hasSize(1);
            assertThat(up(situation(connected, ended))).as("in any order").hasSize(1);
            assertThat(up(situation(told(CallState.CONNECTED, 1), ended))).isEmpty();
        }

        private Signal told(CallState state, long millis) {
            SourceTime told = moment(0).told(at(0), at(0).plusMillis(millis));
            return new Signal.Call(DESK, told, LINE, "9", state, false);
        }

        @Test
        void aSecondCallThatNobodyAnsweredDoesNotEndTheFirst() {
            Situation inUse = situation(call(SOME_CALL, CallState.CONNECTED, 1), call("2", CallState.RINGING, 2));

            assertThat(up(inUse.fold(call("2", CallState.ENDED, 3)))).containsExactly(SOME_CALL);
            assertThat(up(inUse.fold(List.of(call("2", CallState.ENDED, 3), call("2", CallState.ENDED, 3)))))
                    .as("told twice")
                    .containsExactly(SOME_CALL);
            assertThat(up(inUse.fold(call("7", CallState.ENDED, 3))))
                    .as("of which nothing else was told: a phone may be set up to tell of ends alone")
                    .isEmpty();
            assertThat(up(situation(weakCall("7", CallState.ENDED, 0), weakCall(SOME_CALL, CallState.CONNECTED, 1))
                            .fold(weakCall("7", CallState.ENDED, 2))))
                    .as("another call under the same number")
                    .isEmpty();
        }

        @Test
        void whoNamesNoCallMeansTheOneThatIsThere() {
            for (CallState begun : List.of(CallState.RINGING, CallState.DIALING)) {
                assertThat(up(situation(
                                call("", begun, 1), call("7", CallState.CONNECTED, 2), call("", CallState.ENDED, 3))))
                        .isEmpty();
            }
            Situation held = situation(call("7", CallState.CONNECTED, 1), call("", CallState.HELD, 2));
            assertThat(up(held)).containsExactly("7");
            assertThat(up(held.fold(call("7", CallState.ENDED, 3)))).isEmpty();
            assertThat(up(held.fold(List.of(call("", CallState.RINGING, 3), call("", CallState.ENDED, 4)))))
                    .as("whose end that is cannot be told")
                    .containsExactly("7");
            Situation two = situation(call("7", CallState.CONNECTED, 1), call("8", CallState.CONNECTED, 1));
            assertThat(two.fold(call("", CallState.HELD, 2))).isEqualTo(two);
            assertThat(up(situation(call("", CallState.HELD, 1))))
                    .as("a hold proves a call")
                    .hasSize(1);
        }

        @Test
        void aCallThatANewerListRuledOutDoesNotKeepThePhoneInUse() {
            Situation inUse = situation(
                    call("6", CallState.CONNECTED, 1),
                    calls(2),
                    call(SOME_CALL, CallState.CONNECTED, 3),
                    call("7", CallState.CONNECTED, 3));

            assertThat(up(inUse.fold(call("7", CallState.ENDED, 4)))).isEmpty();
        }

        @Test
        void beingInUseThatIsToldLateStaysOverToo() {
            Situation over = situation(
                    call(SOME_CALL, CallState.CONNECTED, 1),
                    call("7", CallState.CONNECTED, 1),
                    call("7", CallState.ENDED, 3));

            assertThat(up(over.fold(call(SOME_CALL, CallState.CONNECTED, 2)))).isEmpty();
        }

        @Test
        void tombstonesAreKeptForAsLongAsSendersRetry() {
            Situation over = situation(call("a", CallState.ENDED, 0), weakCall("1", CallState.ENDED, 0));

            assertThat(over.forgetting(at(5)).calls().known()).hasSize(2);
            assertThat(over.forgetting(at(6)).calls().known().values())
                    .extracting(KnownCall::weakId)
                    .containsExactly(false);
            assertThat(over.forgetting(at(90)).calls().known()).hasSize(1);
            assertThat(over.forgetting(at(91)).calls().known()).isEmpty();
        }

        @Test
        void aCallWithoutAnEndIsForgottenAfterAWeek() {
            Situation open = situation(call("a", CallState.CONNECTED, 0));

            assertThat(open.forgetting(at(7 * 24 * 60)).calls().known()).hasSize(1);
            assertThat(open.forgetting(at(7 * 24 * 60 + 1)).calls().known()).isEmpty();
        }
    }

    @Nested
    class Snapshots {
        @Test
        void endWhatTheyDoNotName() {
            Situation two = situation(call("a", CallState.CONNECTED, 1), call("b", CallState.RINGING, 1));

            assertThat(up(two.fold(calls(2, "b")))).containsExactly("b");
            assertThat(two.fold(calls(2)).calls().open()).isEmpty();
        }

        @Test
        void sayNothingOfWhatCameAfterThem() {
            assertThat(up(situation(calls(2), call("a", CallState.CONNECTED, 3))))
                    .containsExactly("a");
            assertThat(up(situation(call("a", CallState.CONNECTED, 3), calls(2))))
                    .containsExactly("a");
        }

        @Test
        void anOlderOneThatComesLateIsNotBelieved() {
            assertThat(up(situation(calls(5), calls(4, "a")))).isEmpty();
        }

        @Test
        void raiseNobodyFromTheDead() {
            assertThat(up(situation(call("a", CallState.ENDED, 1), calls(2, "a"))))
                    .isEmpty();
        }

        @Test
        void ofTheMomentOfACallDoNotEndIt() {
            assertThat(up(situation(call("a", CallState.CONNECTED, 2), calls(2))))
                    .containsExactly("a");
        }

        @Test
        void ofOneMomentHoldWhatEitherLists() {
            assertThat(up(situation(calls(2, "a"), calls(2, "b")))).containsExactly("a", "b");
            assertThat(up(situation(calls(2, "b"), calls(2, "a")))).containsExactly("a", "b");
        }

        @Test
        void areOfOneLine() {
            Signal elsewhere = new Signal.Call(DESK, moment(1), "1043", "a", CallState.CONNECTED, false);

            assertThat(up(situation(elsewhere, calls(2)))).containsExactly("a");
        }
    }

    @Nested
    class Limits {
        private Situation after(IntFunction<Signal> signal, int count) {
            return Situation.unknown()
                    .fold(IntStream.range(0, count).mapToObj(signal).toList())
                    .forgetting(at(1));
        }

        @Test
        void whatRingsForEverIsForgotten() {
            assertThat(situation(call("a", CallState.RINGING, 0))
                            .forgetting(at(121))
                            .calls()
                            .known())
                    .isEmpty();
        }

        @Test
        void aCallThatIsUpOutlivesAnyNumberOfOthers() {
            Situation crowded = situation(call("up", CallState.CONNECTED, 0));
            for (int n = 0; n < 1_000; n++) {
                crowded = crowded.fold(call("e" + n, n % 2 == 0 ? CallState.ENDED : CallState.RINGING, 0.5));
            }

            assertThat(crowded.forgetting(at(1)).calls().known()).hasSize(150);
            assertThat(up(crowded.forgetting(at(1)))).containsExactly("up");
        }

        @Test
        @DisplayName("a line that was taken away and given back tells of new calls, however slow its clock is")
        void aListWithoutOrderEndsOnlyWhatCameBeforeIt() {
            SourceTime slow = SourceTime.at(at(-25)).told(at(-25), at(5));
            Signal.Call answered = new Signal.Call(DESK, slow, LINE, "a", CallState.CONNECTED, false);

            assertThat(situation(calls(4)).fold(List.of(answered)).calls().open())
                    .hasSize(1);
            assertThat(situation(answered).fold(List.of(calls(6))).calls().open())
                    .isEmpty();
        }

        @Test
        void anIdOfAnyLengthTakesLittleRoomAndIsKnownAgain() {
            String endless = "\u7535".repeat(256);
            Situation listed = situation(calls(1, endless, "a"));
            Situation over = listed.fold(List.of(call(endless, CallState.ENDED, 2)));

            assertThat(listed.calls().lines().values())
                    .allSatisfy(line -> assertThat(line.callIds()).allMatch(id -> id.length() <= 128));
            assertThat(listed.calls().open()).hasSize(2);
            assertThat(over.calls().open()).extracting(KnownCall::callId).containsExactly("a");
        }

        @Test
        void aListOfCallsIsForgottenOnceItRulesNothingOut() {
            Situation idle = situation(calls(0)).forgetting(at(95));
            Situation ruledOut =
                    situation(call("a", CallState.CONNECTED, 0), calls(1)).forgetting(at(95));

            assertThat(idle.calls().lines()).isEmpty();
            assertThat(ruledOut.calls().lines()).hasSize(1);
            assertThat(ruledOut.calls().open()).isEmpty();
        }

        @Test
        void aRowThatIsReadAgainReplacesWhatWasReadBefore() {
            Signal fact = fact(Source.DYNAMICS, "unanswered work", Status.AWAY, 5);
            Signal none = factEnded(Source.DYNAMICS, "unanswered work", 5);

            assertThat(situation(fact, none).facts().open(Source.DYNAMICS, "unanswered work"))
                    .isEmpty();
            assertThat(situation(fact, none, fact).facts().open(Source.DYNAMICS, "unanswered work"))
                    .isPresent();
        }

        @Test
        void factsOfPlatformsOutliveWhatApplicationsInvent() {
            Situation missed = situation(fact(Source.DYNAMICS, "unanswered work", Status.AWAY, 0))
                    .fold(IntStream.range(0, 1_000)
                            .mapToObj(n -> fact(Source.application("a" + n), "status", Status.BUSY, 1))
                            .toList());

            assertThat(missed.forgetting(at(2)).facts().open(Source.DYNAMICS, "unanswered work"))
                    .isPresent();
        }

        @Test
        void sourcesThatSomebodyInventsDoNotFillTheItem() {
            assertThat(after(n -> fact(Source.application("a" + n), "status", Status.BUSY, 0), 1_000)
                            .facts()
                            .known())
                    .hasSize(100);
            Situation chosen = after(n -> choice(Source.application("a" + n), Status.BUSY, n / 1_000.0), 1_000);
            assertThat(chosen.choices().known()).hasSize(100);
            assertThat(chosen.choices().latest().map(KnownChoice::source)).contains(Source.application("a999"));
        }

        @Test
        void whatAnApplicationChoseLongAgoIsForgottenOnceSomethingNewerWasChosen() {
            Source crm = Source.application("crm");
            Source wiki = Source.application("wiki");
            double twoDays = 2 * 24 * 60;
            Situation chosen = situation(
                    choice(crm, Status.BUSY, 0),
                    choice(wiki, Status.BUSY, 1),
                    withdrawn(wiki, 2),
                    choice(Source.TEAMS, Status.AWAY, 3),
                    choice(Source.DYNAMICS, Status.AVAILABLE, 4));

            assertThat(chosen.forgetting(at(twoDays)).choices()).isEqualTo(chosen.choices());
            Situation later = chosen.forgetting(at(twoDays + 5));
            assertThat(later.choices().known()).containsOnlyKeys("dynamics", "teams");
            assertThat(later.choices().withdrawals()).isEmpty();
            assertThat(later.fold(choice(crm, Status.BUSY, 0)).choices().latest())
                    .isEqualTo(chosen.choices().latest());
        }

        @Test
        void anApplicationsChoiceThatNothingNewerReplacedIsKept() {
            Situation chosen = situation(choice(Source.application("crm"), Status.BUSY, 0));

            assertThat(chosen.forgetting(at(7 * 24 * 60)).choices()).isEqualTo(chosen.choices());
        }

        @Test
        void aFactThatEndedLongAgoIsForgotten() {
            Situation ended = situation(factEnded(Source.TEAMS, "m", 0), fact(Source.DYNAMICS, "work", Status.BUSY, 0));

            assertThat(ended.forgetting(at(2 * 24 * 60 + 1)).facts().known()).containsOnlyKeys("dynamics|work");
        }
    }

    @Nested
    class FactsAndChoices {
        @Test
        void anEndedFactIsNotBroughtBackByOlderNews() {
            Situation ended = situation(factEnded(Source.TEAMS, "m", 5), fact(Source.TEAMS, "m", Status.BUSY, 4));

            assertThat(ended.facts().open(Source.TEAMS, "m")).isEmpty();
        }

        @Test
        void ofOneTimeTheStricterCountsInWhateverOrder() {
            Signal begun = fact(Source.TEAMS, "m", Status.BUSY, 5);
            Signal stricter = fact(Source.TEAMS, "m", Status.DO_NOT_DISTURB, 5);
            Signal ended = factEnded(Source.TEAMS, "m", 5);

            for (Situation one : List.of(situation(begun, ended), situation(ended, begun))) {
                assertThat(one.facts().open(Source.TEAMS, "m").map(KnownFact::status))
                        .contains(Status.BUSY);
            }
            for (Situation one : List.of(situation(begun, stricter), situation(stricter, begun))) {
                assertThat(one.facts().open(Source.TEAMS, "m").map(KnownFact::status))
                        .contains(Status.DO_NOT_DISTURB);
            }
        }

        @Test
        void aFactToldAgainKeepsItsBeginning() {
            Situation twice =
                    situation(fact(Source.TEAMS, "m", Status.BUSY, 5), fact(Source.TEAMS, "m", Status.BUSY, 9));

            assertThat(twice.facts().open(Source.TEAMS, "m").orElseThrow().since())
                    .isEqualTo(at(5));
        }

        @Test
        void factsOfOneNameFromTwoSourcesAreTwo() {
            Situation two = situation(fact(Source.TEAMS, "m", Status.BUSY, 5), factEnded(Source.DYNAMICS, "m", 6));

            assertThat(two.facts().open(Source.TEAMS, "m")).isPresent();
        }

        @Test
        void theNewestChoiceAnywhereCounts() {
            Situation chosen = situation(
                    choice(Source.TEAMS, Status.AWAY, 7),
                    choice(Source.DYNAMICS, Status.BUSY, 6),
                    choice(Source.TEAMS, Status.BE_RIGHT_BACK, 5));

            assertThat(chosen.choices().latest().orElseThrow().status()).isEqualTo(Status.AWAY);
        }

        @Test
        void ofTwoChoicesOfOneTimeTheStricterCountsWhicheverCameFirst() {
            Signal one = choice(Source.DYNAMICS, Status.BUSY, 5);
            Signal other = choice(Source.TEAMS, Status.AWAY, 5);

            assertThat(situation(one, other).choices().latest().map(KnownChoice::source))
                    .contains(Source.DYNAMICS);
            assertThat(situation(other, one).choices().latest().map(KnownChoice::source))
                    .contains(Source.DYNAMICS);
        }

        @Test
        void aChoiceSaysWhatTheLatestDoesWhereNothingElseWasSaidBetweenThem() {
            Signal lunch = choice(Source.DYNAMICS, Status.AWAY, 5);
            Signal same = choice(Source.application("crm"), Status.AWAY, 7);

            assertThat(saidInDynamics(lunch)).isPresent();
            assertThat(saidInDynamics(lunch, same)).isPresent();
            assertThat(saidInDynamics(lunch, choice(Source.TEAMS, Status.BUSY, 6), same))
                    .isEmpty();
            assertThat(saidInDynamics(lunch, same, withdrawn(Source.DYNAMICS, 8)))
                    .isEmpty();
        }

        private Optional<KnownChoice> saidInDynamics(Signal... signals) {
            Choices choices = situation(signals).choices();
            return choices.saidAlready(Source.DYNAMICS, choices.latest().orElseThrow());
        }

        @Test
        void takingBackTheNewestBringsNoOlderOneBack() {
            Situation chosen = situation(
                    choice(Source.DYNAMICS, Status.BUSY, 5),
                    choice(Source.TEAMS, Status.AWAY, 6),
                    withdrawn(Source.TEAMS, 7));

            assertThat(chosen.choices().latest()).isEmpty();
        }

        @Test
        void takingBackThatComesFirstTakesBackAllTheSame() {
            assertThat(situation(withdrawn(Source.TEAMS, 7), choice(Source.TEAMS, Status.AWAY, 6))
                            .choices()
                            .latest())
                    .isEmpty();
            assertThat(situation(withdrawn(Source.TEAMS, 7), choice(Source.TEAMS, Status.AWAY, 8))
                            .choices()
                            .latest())
                    .isPresent();
        }

        @Test
        void takingBackOnOnePlatformLeavesTheOthersChoice() {
            assertThat(situation(choice(Source.DYNAMICS, Status.AWAY, 6), withdrawn(Source.TEAMS, 7))
                            .choices()
                            .latest())
                    .isPresent();
        }
    }

    @Nested
    class SignIn {
        @Test
        void nobodyIsSignedInWhoWasNeverSeen() {
            assertThat(Situation.unknown().signIn().holdsAt(at(0))).isFalse();
            assertThat(Situation.unknown().signIn().isKnown()).isFalse();
            assertThat(situation(logout(1)).signIn().isKnown()).isTrue();
        }

        @Test
        void aLogoutCountsAtOnceAndALostConnectionAfterItsTime() {
            assertThat(situation(login(1), logout(2)).signIn().holdsAt(at(2))).isFalse();
            assertThat(situation(login(1), lost(2)).signIn().holdsAt(at(2).plus(Duration.ofSeconds(164))))
                    .isTrue();
            assertThat(situation(login(1), lost(2)).signIn().holdsAt(at(2).plus(Duration.ofSeconds(165))))
                    .isFalse();
        }

        @Test
        void aLogoutEndsTheWaitForALostConnection() {
            Situation gone = situation(login(1), lost(2), logout(3));
            Situation told = situation(login(1), logout(2), lost(2));
            Situation later = situation(login(1), lost(2), logout(2));

            assertThat(gone.signIn().holdsAt(at(3))).isFalse();
            assertThat(told.signIn().holdsAt(at(2))).isFalse();
            assertThat(later.signIn().holdsAt(at(2))).isFalse();
        }

        @Test
        void aLogoutToldTwiceIsOne() {
            assertThat(situation(login(1), logout(2), logout(2))).isEqualTo(situation(login(1), logout(2)));
        }

        @Test
        void whoComesBackInTimeNeverLeft() {
            Stream.of(situation(login(1), lost(2), back(3)), situation(login(1), back(3), lost(2)))
                    .forEach(returned -> {
                        assertThat(returned.signIn().holdsAt(at(2.5))).isTrue();
                        assertThat(returned.signIn().holdsAt(at(60))).isTrue();
                        assertThat(returned.signIn().signOut()).isEmpty();
                    });
        }

        @Test
        void whoComesBackLaterHadLeft() {
            assertThat(situation(login(1), lost(2), back(30)).signIn().signOut())
                    .isPresent();
            assertThat(situation(login(1), lost(2), back(30)).signIn().holdsAt(at(31)))
                    .isTrue();
        }

        @Test
        void anOldLogoutDoesNotEndANewSession() {
            assertThat(situation(login(5), logout(4)).signIn().holdsAt(at(6))).isTrue();
        }

        @Test
        void anOlderSignInThatComesLateTakesNothingBack() {
            assertThat(situation(login(5), back(1), logout(3)).signIn().holdsAt(at(6)))
                    .isTrue();
        }

        @Test
        void onlyALoginIsASignOfBeingThere() {
            assertThat(situation(login(1), back(5)).signIn().lastLogin()).contains(at(1));
            assertThat(situation(login(5), login(1)).signIn().lastLogin()).contains(at(5));
        }
    }

    @Nested
    class Rosters {
        @Test
        void aShiftThatWasMovedOrDeletedIsGone() {
            Situation moved = situation(shifts(0, 0, 60, 120), shifts(10, 0, 90, 150));

            assertThat(moved.rosters().of(WFM)).containsExactly(new Shift(at(90), at(150)));
            assertThat(moved.fold(shifts(20, 0)).rosters().of(WFM)).isEmpty();
        }

        @Test
        void anOlderReadingChangesNothing() {
            Situation newest = situation(shifts(10, 0, 90, 150));

            assertThat(newest.fold(shifts(5, 0, 60, 120))).isEqualTo(newest);
        }

        @Test
        void theLastShiftBeforeTheWindowIsRemembered() {
            Situation today = situation(shifts(0, -2000, -1900, -1800, -1000, -900), shifts(10, 0, 60, 120));

            assertThat(today.rosters().of(WFM))
                    .containsExactly(new Shift(at(-1000), at(-900)), new Shift(at(60), at(120)));
        }

        @Test
        void shiftsAreKeptInOrderAndOnce() {
            List<Shift> given = new ArrayList<>(
                    List.of(new Shift(at(300), at(400)), new Shift(at(0), at(100)), new Shift(at(0), at(100))));
            Collections.reverse(given);
            Situation told = situation(new Signal.Shifts(WFM, moment(0), at(0), given));

            assertThat(told.rosters().of(WFM)).containsExactly(new Shift(at(0), at(100)), new Shift(at(300), at(400)));
        }
    }
}
