package dev.lockstep.presence;

import static dev.lockstep.presence.GivenSignals.DESK;
import static dev.lockstep.presence.GivenSignals.HOLD;
import static dev.lockstep.presence.GivenSignals.at;
import static dev.lockstep.presence.GivenSignals.back;
import static dev.lockstep.presence.GivenSignals.call;
import static dev.lockstep.presence.GivenSignals.choice;
import static dev.lockstep.presence.GivenSignals.fact;
import static dev.lockstep.presence.GivenSignals.factUntil;
import static dev.lockstep.presence.GivenSignals.login;
import static dev.lockstep.presence.GivenSignals.logout;
import static dev.lockstep.presence.GivenSignals.lost;
import static dev.lockstep.presence.GivenSignals.moment;
import static dev.lockstep.presence.GivenSignals.shifts;
import static dev.lockstep.presence.GivenSignals.situation;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DeciderTest {
    private static final Source CRM = Source.application("crm");
    private static final Decider DECIDER = new Decider(Policy.DEFAULT);
    private static final Predicate<KnownFact> NONE = fact -> false;

    private static Optional<Status> status(Situation situation, double minute) {
        return DECIDER.decide(situation, at(minute)).status();
    }

    /** At ten past nine, in every state of being there. */
    private static final Map<String, List<Signal>> THERE = Map.of(
            "never seen", List.of(),
            "signed in", List.of(login(0)),
            "signed in, shift on", List.of(shifts(0, 0, 0, 480), login(0)),
            "connection lost", List.of(login(0), lost(9)),
            "signed out", List.of(login(-60), logout(-1)),
            "came back", List.of(login(-60), lost(-30), back(-29)));

    private static final List<Signal> SHIFT_ENDED = List.of(login(-300), shifts(9, -300, -300, 9));

    /** Who is signed out is not available, whoever says so. */
    private static Optional<Status> possible(String there, Status told) {
        boolean isOut = there.equals("never seen") || there.equals("signed out");
        return Optional.of(told).filter(status -> !isOut || status != Status.AVAILABLE);
    }

    static Stream<Arguments> pairs() {
        return THERE.keySet().stream()
                .flatMap(there -> Arrays.stream(Status.values())
                        .flatMap(one -> Arrays.stream(Status.values()).map(other -> Arguments.of(there, one, other))));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    @Tag("property")
    @DisplayName("of two facts the stricter counts, whoever is there and whoever tells first")
    void theStricterFactCounts(String there, Status one, Status other) {
        Situation before = Situation.unknown().fold(THERE.get(there));
        Signal first = fact(DESK, "x", one, 1);
        Signal second = fact(CRM, "y", other, 2);
        Status stricter = one.compareTo(other) > 0 ? one : other;

        assertThat(status(before.fold(List.of(first, second)), 10)).isEqualTo(possible(there, stricter));
        assertThat(status(before.fold(List.of(second, first)), 10)).isEqualTo(possible(there, stricter));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    @Tag("property")
    @DisplayName("of a fact and a choice the stricter counts; without the fact the choice")
    void theStricterOfFactAndChoiceCounts(String there, Status fact, Status chosen) {
        Situation before = Situation.unknown().fold(THERE.get(there));
        Situation both = before.fold(List.of(fact(DESK, "x", fact, 1), choice(CRM, chosen, 2)));
        Decision decision = DECIDER.decide(both, at(10));

        assertThat(decision.status()).isEqualTo(possible(there, fact.compareTo(chosen) > 0 ? fact : chosen));
        assertThat(decision.demanded()).isEqualTo(possible(there, fact));
        assertThat(decision.choice().map(KnownChoice::status)).contains(chosen);
        assertThat(status(before.fold(choice(CRM, chosen, 2)), 10)).isEqualTo(possible(there, chosen));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    @Tag("property")
    @DisplayName("of two choices the newer counts, also where it is the milder")
    void theNewerChoiceCounts(String there, Status one, Status other) {
        Situation before = Situation.unknown().fold(THERE.get(there));

        assertThat(status(before.fold(List.of(choice(CRM, one, 1), choice(Source.TEAMS, other, 2))), 10))
                .isEqualTo(possible(there, other));
        assertThat(status(before.fold(List.of(choice(Source.TEAMS, other, 2), choice(CRM, one, 1))), 10))
                .isEqualTo(possible(there, other));
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    @DisplayName("after the shift's end only a call keeps somebody from being Offline")
    void afterTheShift(Status status) {
        Situation over = Situation.unknown().fold(SHIFT_ENDED);
        Optional<Status> withFact = status(over.fold(fact(DESK, "x", status, 1)), 10);
        Optional<Status> withChoice = status(over.fold(choice(CRM, status, 1)), 10);

        assertThat(withFact).contains(status == Status.ON_A_CALL ? Status.ON_A_CALL : Status.OFFLINE);
        assertThat(withChoice).contains(Status.OFFLINE);
    }

    @Test
    void theCallIsFinishedAndThenItIsOver() {
        Situation calling = Situation.unknown().fold(SHIFT_ENDED).fold(call("a", CallState.CONNECTED, 8));

        assertThat(status(calling, 10)).contains(Status.ON_A_CALL);
        assertThat(status(calling.fold(call("a", CallState.ENDED, 11)), 11)).contains(Status.OFFLINE);
        assertThat(DECIDER.decide(calling.fold(call("a", CallState.ENDED, 11)), at(11))
                        .demanded())
                .contains(Status.OFFLINE);
    }

    @Test
    void theCallOfThePlatformItselfKeepsTheShiftsEndFromItToo() {
        Situation teamsCall = Situation.unknown().fold(SHIFT_ENDED).fold(fact(Source.TEAMS, "c", Status.ON_A_CALL, 8));

        assertThat(DECIDER.decideFor(Source.TEAMS, NONE, teamsCall, at(10)).status())
                .contains(Status.AVAILABLE);
        assertThat(DECIDER.decideFor(Source.DYNAMICS, NONE, teamsCall, at(10)).status())
                .contains(Status.ON_A_CALL);
    }

    @Test
    void theNextLoginOrChoiceUndoesTheShiftsEnd() {
        Situation over = Situation.unknown().fold(SHIFT_ENDED);

        assertThat(status(over, 8.9)).contains(Status.AVAILABLE);
        assertThat(status(over, 9)).contains(Status.OFFLINE);
        assertThat(status(over.fold(login(12)), 12)).contains(Status.AVAILABLE);
        assertThat(status(over.fold(choice(Source.TEAMS, Status.BUSY, 12)), 12)).contains(Status.BUSY);
        assertThat(status(over.fold(back(12)), 12))
                .as("a reconnect is no sign of being there")
                .contains(Status.OFFLINE);
    }

    @Test
    void aBreakBetweenTwoSchedulesEndsNothing() {
        Signal other =
                new Signal.Shifts(Source.schedule("teams"), moment(0), at(-300), List.of(new Shift(at(-10), at(200))));

        assertThat(status(Situation.unknown().fold(SHIFT_ENDED).fold(other), 10))
                .contains(Status.AVAILABLE);
    }

    @Test
    void whatIsSaidOfSomebodyWhoIsSignedOutOnlyMakesThemLessAvailable() {
        Situation out = situation(login(0), logout(5));
        Situation available = out.fold(choice(CRM, Status.AVAILABLE, 6));

        assertThat(status(available, 7)).isEmpty();
        assertThat(DECIDER.decide(available, at(7)).shown()).isEqualTo(Status.OFFLINE);
        assertThat(DECIDER.decideFor(Source.TEAMS, NONE, available, at(7)).status())
                .isEmpty();
        assertThat(status(out.fold(choice(CRM, Status.BUSY, 6)), 7)).contains(Status.BUSY);
        assertThat(status(available.fold(login(8)), 9)).contains(Status.AVAILABLE);
    }

    @Test
    void withNothingKnownThereIsNoOpinion() {
        Decision decision = DECIDER.decide(Situation.unknown(), at(0));

        assertThat(decision.status()).isEmpty();
        assertThat(decision.shown()).isEqualTo(Status.OFFLINE);
        assertThat(decision.because()).isEmpty();
        assertThat(decision.reviewAt()).isEmpty();
        assertThat(status(situation(login(0), logout(5)), 6)).isEmpty();
    }

    @Test
    void yesterdaysAwayNeverComesBack() {
        Situation left = situation(login(0), choice(Source.DYNAMICS, Status.AWAY, 60), logout(120));
        Situation today = left.fold(login(1440));

        assertThat(status(left, 119)).contains(Status.AWAY);
        assertThat(status(today, 1441)).contains(Status.AVAILABLE);
        Situation lost = today.fold(lost(1500));
        assertThat(status(lost, 1501)).contains(Status.AVAILABLE);
        assertThat(status(lost.fold(back(1502)), 1503)).contains(Status.AVAILABLE);
        assertThat(status(today.fold(List.of(back(1502), lost(1500))), 1503)).contains(Status.AVAILABLE);
    }

    @Test
    void yesterdaysAwayDoesNotOutliveTheShiftEither() {
        Situation away = situation(
                shifts(0, 0, 0, 120),
                login(0),
                choice(Source.TEAMS, Status.AWAY, 60),
                login(1440),
                shifts(1440, 1400, 1440, 1900));

        assertThat(status(away, 1500)).contains(Status.AVAILABLE);
    }

    @Test
    void aChoiceWithATimeOfItsOwnBeginsAndEndsThen() {
        Signal held =
                new Signal.Choice(Source.DYNAMICS, moment(1), Status.OFFLINE, Optional.of(at(4)), Optional.of(at(20)));
        Situation chosen = situation(login(0), held);

        assertThat(status(chosen, 3.9)).contains(Status.AVAILABLE);
        assertThat(status(chosen, 4)).contains(Status.OFFLINE);
        assertThat(status(chosen, 20)).contains(Status.AVAILABLE);
        assertThat(DECIDER.decide(chosen, at(2)).reviewAt()).contains(at(4));
        assertThat(DECIDER.decide(chosen, at(4)).reviewAt()).contains(at(20));
    }

    @Test
    void aCallWithoutAnEndExpiresAndItIsSaid() {
        Situation calling = situation(login(0), call("a", CallState.CONNECTED, 10));
        Decision over = DECIDER.decide(calling, at(250));

        assertThat(status(calling, 249.9)).contains(Status.ON_A_CALL);
        assertThat(over.status()).contains(Status.AVAILABLE);
        assertThat(over.because()).anySatisfy(reason -> {
            assertThat(reason.kind()).isEqualTo(Reason.Kind.EXPIRED);
            assertThat(reason.source()).isEqualTo(DESK);
            assertThat(reason.since()).isEqualTo(at(250));
        });
        assertThat(DECIDER.decide(calling, at(260)).because())
                .noneMatch(reason -> reason.kind() == Reason.Kind.EXPIRED);
    }

    @Test
    void newsOfACallStartsItsAgeAnew() {
        Situation held = situation(call("a", CallState.CONNECTED, 10), call("a", CallState.HELD, 200));

        assertThat(status(held, 251)).contains(Status.ON_A_CALL);
        assertThat(status(held, 440)).isEmpty();
    }

    @Test
    void aFactThatIsNotConfirmedExpiresAndItIsSaid() {
        Situation meeting = situation(login(0), factUntil(Source.TEAMS, "presence", Status.IN_A_MEETING, 1, 30));

        assertThat(status(meeting, 29)).contains(Status.IN_A_MEETING);
        assertThat(status(meeting, 30)).contains(Status.AVAILABLE);
        assertThat(DECIDER.decide(meeting, at(30)).because()).anyMatch(reason -> reason.kind() == Reason.Kind.EXPIRED);
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void aPlatformIsNeverToldItsOwnFacts(Status status) {
        Situation own = situation(login(0), fact(Source.TEAMS, "presence", status, 1));

        assertThat(DECIDER.decideFor(Source.TEAMS, NONE, own, at(2)).status()).contains(Status.AVAILABLE);
        assertThat(DECIDER.decideFor(Source.TEAMS, NONE, own, at(2)).demanded()).isEmpty();
        assertThat(DECIDER.decideFor(Source.DYNAMICS, NONE, own, at(2)).status())
                .contains(status);
    }

    @Test
    void aPlatformIsNeverToldItsOwnCallsEither() {
        Signal own = new Signal.Call(Source.TEAMS, moment(1), "line", "a", CallState.CONNECTED, false);
        Situation calling = situation(login(0), own);

        assertThat(DECIDER.decideFor(Source.TEAMS, NONE, calling, at(2)).status())
                .contains(Status.AVAILABLE);
        assertThat(DECIDER.decideFor(Source.DYNAMICS, NONE, calling, at(2)).status())
                .contains(Status.ON_A_CALL);
    }

    @Test
    void aPlatformIsToldItsOwnChoice() {
        Situation own = situation(login(0), choice(Source.TEAMS, Status.AWAY, 1));

        assertThat(DECIDER.decideFor(Source.TEAMS, NONE, own, at(2)).status()).contains(Status.AWAY);
    }

    @Test
    void theStrictestReasonStandsFirst() {
        Situation much = situation(
                login(0),
                choice(Source.TEAMS, Status.AWAY, 1),
                fact(Source.DYNAMICS, "work", Status.BUSY, 2),
                call("a", CallState.CONNECTED, 3));

        assertThat(DECIDER.decide(much, at(4)).because())
                .extracting(Reason::status)
                .containsExactly(Status.ON_A_CALL, Status.BUSY, Status.AWAY);
    }

    @Test
    void aChoiceThatIsStricterThanEveryFactStandsBeforeThem() {
        Situation much = situation(login(0), call("a", CallState.CONNECTED, 1), choice(CRM, Status.DO_NOT_DISTURB, 2));

        assertThat(DECIDER.decide(much, at(3)).because())
                .extracting(Reason::text)
                .containsExactly("chosen in application:crm", "call on phone:desk");
    }

    @Test
    void ofEquallyStrictReasonsTheOlderStandsFirst() {
        Situation two = situation(fact(CRM, "x", Status.BUSY, 2), fact(DESK, "y", Status.BUSY, 1));

        assertThat(DECIDER.decide(two, at(3)).because())
                .extracting(Reason::text)
                .containsExactly("y in phone:desk", "x in application:crm");
    }

    @Test
    void whoOnlyCameBackIsSignedInSinceThen() {
        assertThat(DECIDER.decide(situation(back(5)), at(6)).because())
                .extracting(Reason::since)
                .containsExactly(at(5));
    }

    static Stream<Arguments> ends() {
        return Stream.of(
                Arguments.of("a call's maximum age", call("a", CallState.CONNECTED, 1), 241),
                Arguments.of("a fact's expiry", factUntil(CRM, "x", Status.BUSY, 1, 60), 60),
                Arguments.of("the wait for a lost connection", lost(1), 3.75),
                Arguments.of("a shift's end", shifts(0, 0, 0, 480), 485));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    void whatEndsByItselfIsLookedAtThen(String what, Signal signal, double minute) {
        Situation one = situation(login(0), signal);

        assertThat(DECIDER.decide(one, at(2)).reviewAt()).contains(at(minute));
        assertThat(DECIDER.decide(one, at(minute)).reviewAt()).isEmpty();
    }

    @Test
    void aCallThatNobodyAnsweredIsNoReasonToLookAgain() {
        assertThat(DECIDER.decide(situation(call("a", CallState.RINGING, 1)), at(2))
                        .reviewAt())
                .isEmpty();
    }

    @Test
    void theConfiguredOrderCounts() {
        List<Status> order = new ArrayList<>(List.of(Status.values()));
        order.remove(Status.AWAY);
        order.add(order.indexOf(Status.OFFLINE), Status.AWAY);
        Decider strictAway = new Decider(new Policy(new Strictness(order), Duration.ofHours(4)));
        Situation calling = situation(call("a", CallState.CONNECTED, 1), choice(CRM, Status.AWAY, 1));

        assertThat(strictAway.decide(calling, at(2)).status()).contains(Status.AWAY);
        assertThat(status(calling, 2)).contains(Status.ON_A_CALL);
    }

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Tag("property")
    @DisplayName("while the shift is on, one more fact never makes the result less restrictive")
    void isMonotone(long seed) {
        Situation day = Situation.unknown().fold(new GivenSignals.AnyDay(new Random(seed)).signals(12));
        for (Status status : Status.values()) {
            for (int minute = 0; minute <= 700; minute += 50) {
                int before = status(day, minute).map(Status::ordinal).orElse(-1);
                Situation more = day.fold(fact(Source.application("new"), "f", status, 0));
                assertThat(status(more, minute).map(Status::ordinal).orElse(-1))
                        .as("seed %d, %s at minute %d", seed, status, minute)
                        .isGreaterThanOrEqualTo(before);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Tag("property")
    @DisplayName("from now until the time to look again nothing changes by itself, and that time is to come")
    void reviewComesInTime(long seed) {
        Random random = new Random(seed);
        List<Signal> signals = new ArrayList<>(new GivenSignals.AnyDay(random).signals(12));
        int start = random.nextInt(300);
        signals.add(shifts(0, -60, start, start + 1 + random.nextInt(200), start + 300, start + 400));
        Situation day = Situation.unknown().fold(signals);
        for (int minute = -30; minute <= 1000; minute += 13) {
            Instant now = at(minute);
            Decision decision = DECIDER.decide(day, now);
            decision.reviewAt().ifPresent(review -> assertThat(review).isAfter(now));
            Instant end = decision.reviewAt().orElse(at(3000));
            for (Source source : List.of(Source.TEAMS, Source.DYNAMICS, DESK)) {
                Decision atFirst = DECIDER.decideFor(source, NONE, day, now);
                Stream.of(now.plusMillis(1), mid(now, end), end.minusMillis(1))
                        .filter(then -> !then.isBefore(now))
                        .forEach(then -> assertSame(atFirst, DECIDER.decideFor(source, NONE, day, then), seed, then));
            }
        }
    }

    private static Instant mid(Instant one, Instant other) {
        return one.plus(Duration.between(one, other).dividedBy(2));
    }

    private static void assertSame(Decision expected, Decision decision, long seed, Instant then) {
        assertThat(decision.status()).as("seed %d at %s", seed, then).isEqualTo(expected.status());
        assertThat(decision.demanded()).as("seed %d at %s", seed, then).isEqualTo(expected.demanded());
        assertThat(decision.choice()).as("seed %d at %s", seed, then).isEqualTo(expected.choice());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Tag("property")
    void theSameIsDecidedFromTheSame(long seed) {
        List<Signal> signals = new GivenSignals.AnyDay(new Random(seed)).signals(15);

        assertThat(DECIDER.decide(Situation.unknown().fold(signals), at(300)))
                .isEqualTo(DECIDER.decide(Situation.unknown().fold(List.copyOf(signals)), at(300)));
    }

    @Test
    @DisplayName(
            "an end counts when it was read at or after it that it is one, or after five minutes without an answer")
    void whatMayHaveBeenMoved() {
        Situation known = situation(login(0), shifts(60, 0, 0, 120));

        assertThat(status(known, 120)).contains(Status.AVAILABLE);
        assertThat(status(known, 124.9)).contains(Status.AVAILABLE);
        assertThat(status(known, 125)).contains(Status.OFFLINE);
        assertThat(status(known.fold(shifts(120, 0, 0, 120)), 120)).contains(Status.OFFLINE);
        assertThat(status(known.fold(shifts(120, 0, 0, 180)), 121)).contains(Status.AVAILABLE);
        assertThat(status(known.fold(shifts(120, 0)), 130)).as("deleted").contains(Status.AVAILABLE);
    }

    @Test
    @DisplayName("the next shift that begins lifts the Offline of the last one, and brings no old choice back")
    void aShiftThatBeginsAgain() {
        Situation split = situation(login(0), choice(CRM, Status.AWAY, 60), shifts(500, 0, 0, 120, 480, 600));

        assertThat(status(split, 400)).contains(Status.OFFLINE);
        assertThat(status(split, 480)).contains(Status.AVAILABLE);
        assertThat(status(split, 599)).contains(Status.AVAILABLE);
        assertThat(DECIDER.decide(split, at(400)).reviewAt()).contains(at(480));
        assertThat(status(split, 602)).as("may be longer by now").contains(Status.AVAILABLE);
        assertThat(status(split, 605)).contains(Status.OFFLINE);
    }

    @Test
    @DisplayName("nobody is sent home who was not there in that shift")
    void whoWasNotThere() {
        Signal shift = shifts(120, 0, 0, 120);

        assertThat(status(situation(shift), 121)).isEmpty();
        assertThat(status(situation(shift, choice(Source.TEAMS, Status.BUSY, 60)), 121))
                .as("a choice in Teams is over, but nothing is written there")
                .isEmpty();
        assertThat(status(situation(login(-300), logout(-60), shift), 121)).isEmpty();
        assertThat(status(situation(login(-300), logout(100), shift), 121)).contains(Status.OFFLINE);
        assertThat(status(situation(login(-300), lost(-60), back(-59), shift), 121))
                .contains(Status.OFFLINE);
        assertThat(status(situation(logout(100), shift), 121))
                .as("who signs out was in, even if that was never told")
                .contains(Status.OFFLINE);
        assertThat(status(situation(logout(-60), shift), 121)).isEmpty();
    }

    @Test
    @DisplayName("a platform is told those of its own facts that it asks for")
    void keptFacts() {
        Situation missed = Situation.unknown()
                .fold(List.of(login(0), fact(Source.DYNAMICS, "missed", Status.AWAY, 1)))
                .fold(fact(Source.DYNAMICS, "work", Status.BUSY, 1));

        Decision told = DECIDER.decideFor(Source.DYNAMICS, fact -> fact.key().equals("missed"), missed, at(2));
        assertThat(told.status()).contains(Status.AWAY);
        assertThat(told.demanded()).contains(Status.AWAY);
        assertThat(DECIDER.decideFor(Source.DYNAMICS, NONE, missed, at(2)).status())
                .contains(Status.AVAILABLE);
    }

    @Test
    @DisplayName(
            "work that was left assigned keeps nobody busy after the sign-out, and does again after the next sign-in")
    void workOfWhoHasLeft() {
        Situation working = Situation.unknown().fold(List.of(login(0), fact(Source.DYNAMICS, "work", Status.BUSY, 1)));
        Situation out = working.fold(logout(5));
        Situation lost = working.fold(lost(5));

        assertThat(status(working, 5)).contains(Status.BUSY);
        assertThat(status(out, 5)).isEmpty();
        assertThat(status(lost, 5 + 2)).as("may come back").contains(Status.BUSY);
        assertThat(status(lost, 5 + 3)).as("did not").isEmpty();
        assertThat(DECIDER.decide(lost, at(6)).reviewAt()).contains(at(5).plus(HOLD));
        assertThat(status(out.fold(login(60)), 61)).contains(Status.BUSY);
    }
}
