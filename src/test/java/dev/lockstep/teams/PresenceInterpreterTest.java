package dev.lockstep.teams;

import static dev.lockstep.teams.GivenTeams.done;
import static dev.lockstep.teams.GivenTeams.shown;
import static dev.lockstep.teams.TeamsPlatform.PREFERRED;
import static dev.lockstep.teams.TeamsPlatform.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.mapping.Mapping;
import dev.lockstep.mapping.MappingDocument;
import dev.lockstep.mapping.MappingInvalid;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.ReadablePlatform.Interpretation;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.presence.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a presence that Teams shows says of the person, beside what we wrote there. */
class PresenceInterpreterTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration LIFE = Duration.ofHours(4);
    private static final String AVAILABLE = "Available/Available";
    private static final String CALL = "Busy/InACall";

    private static Instant at(long seconds) {
        return NOON.plusSeconds(seconds);
    }

    private static Interpretation read(String pair, long seconds, Standing standing, Situation situation) {
        return read(shown(pair, at(seconds)), at(seconds), standing, situation);
    }

    private static Interpretation read(Observation seen, Instant now, Standing standing, Situation situation) {
        return new PresenceInterpreter(
                        seen, standing, situation, GivenPlatforms.shippedMapping(), GivenTeams.RULES, now)
                .interpretation();
    }

    private static Interpretation read(String pair) {
        return read(pair, 0, Standing.NEW, Situation.unknown());
    }

    private static Standing session(String value, long seconds) {
        return Standing.NEW.intending(done(SESSION, value, at(seconds), LIFE));
    }

    private static Standing preferred(Standing standing, String value, long seconds) {
        return standing.intending(done(PREFERRED, value, at(seconds), LIFE));
    }

    private static Situation fact(Status status) {
        return Situation.unknown()
                .fold(new Signal.Fact(
                        Source.TEAMS,
                        SourceTime.at(at(-600)),
                        PresenceInterpreter.PRESENCE,
                        status,
                        Optional.of(at(7200))));
    }

    private static Situation choice(Status status) {
        return Situation.unknown()
                .fold(new Signal.Choice(
                        Source.TEAMS, SourceTime.at(at(-600)), status, Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "Busy/InACall, ON_A_CALL",
        "busy/inacall, ON_A_CALL",
        "Busy/InAConferenceCall, ON_A_CALL",
        "InAMeeting/InACall, ON_A_CALL",
        "Busy/InAMeeting, IN_A_MEETING",
        "DoNotDisturb/Presenting, DO_NOT_DISTURB"
    })
    void callsMeetingsAndPresentingAreFactsThatCanFallSilent(String pair, Status status) {
        assertThat(read(pair).signals())
                .containsExactly(new Signal.Fact(
                        Source.TEAMS,
                        SourceTime.at(NOON),
                        PresenceInterpreter.PRESENCE,
                        status,
                        Optional.of(NOON.plus(Duration.ofHours(4)))));
    }

    @ParameterizedTest
    @CsvSource({
        "Busy/Busy, BUSY, 1",
        "DoNotDisturb/DoNotDisturb, DO_NOT_DISTURB, 1",
        "BeRightBack/BeRightBack, BE_RIGHT_BACK, 7",
        "Offline/OffWork, OFFLINE, 7"
    })
    void whatAPersonPickedIsAChoiceThatTeamsEndsByItself(String pair, Status status, int days) {
        assertThat(read(pair).signals())
                .containsExactly(new Signal.Choice(
                        Source.TEAMS,
                        SourceTime.at(NOON),
                        status,
                        Optional.of(pair),
                        Optional.empty(),
                        Optional.of(NOON.plus(Duration.ofDays(days)))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Away/Away",
                "Offline/Offline",
                "Available/AvailableInactive",
                "AvailableIdle/Available",
                "Available/OutOfOffice",
                "PresenceUnknown/PresenceUnknown",
                "Busy/OutOfOffice",
                "/",
                "Whatever/New"
            })
    void whatAMachineSaysIsNoSignal(String pair) {
        assertThat(read(pair).signals()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ignore                        | ChoiceWithdrawn
            {means: busy, as: fact}       | Fact ChoiceWithdrawn
            {means: away, as: choice}     | Choice
            {means: busy, as: choice}     | ''
            """)
    void whatIsReadOtherwiseFromNowOnWasNoChoice(String reading, String told) throws MappingInvalid {
        Signal picked = read("Busy/Busy").signals().getFirst();
        Mapping changed = GivenPlatforms.SCHEMA.mapping(
                List.of(MappingDocument.read(MappingDocument.DEFAULT, "teams: {read: {Busy/Busy: " + reading + "}}")));
        Observation still = shown("Busy/Busy", at(60));

        List<Signal> signals = new PresenceInterpreter(
                        still,
                        Standing.NEW.seeing(shown("Busy/Busy", NOON)),
                        Situation.unknown().fold(picked),
                        changed,
                        GivenTeams.RULES,
                        at(60))
                .interpretation()
                .signals();

        assertThat(signals.stream().map(signal -> signal.getClass().getSimpleName()))
                .containsExactlyElementsOf(List.of(told.split(" ")).stream()
                        .filter(name -> !name.isEmpty())
                        .toList());
    }

    @Test
    void aCallUnderWhichAnotherStatusWasPickedTakesNothingBack() {
        Signal picked = read("DoNotDisturb/DoNotDisturb").signals().getFirst();

        assertThat(read("Busy/InACall", 60, Standing.NEW, Situation.unknown().fold(picked))
                        .signals())
                .noneMatch(Signal.ChoiceWithdrawn.class::isInstance);
    }

    @Test
    void availableChoosesNothingWhereNothingWasChosen() {
        assertThat(read(AVAILABLE).signals()).isEmpty();
    }

    @Test
    void availableAgainEndsTheFactAndWithdrawsTheChoice() {
        assertThat(read(AVAILABLE, 0, Standing.NEW, fact(Status.ON_A_CALL)).signals())
                .containsExactly(new Signal.FactEnded(Source.TEAMS, SourceTime.at(NOON), PresenceInterpreter.PRESENCE));
        assertThat(read(AVAILABLE, 0, Standing.NEW, choice(Status.AWAY)).signals())
                .containsExactly(new Signal.ChoiceWithdrawn(Source.TEAMS, SourceTime.at(NOON)));
    }

    @Test
    void theSameChoiceSeenAgainIsNoNewOne() {
        assertThat(read("DoNotDisturb/DoNotDisturb", 0, Standing.NEW, choice(Status.DO_NOT_DISTURB))
                        .signals())
                .isEmpty();
    }

    @Test
    void theSameFactSeenAgainIsBelievedLongerOnlyWhenHalfItsTimeIsOver() {
        Situation meeting = Situation.unknown().fold(read("Busy/InAMeeting").signals());

        assertThat(read("Busy/InAMeeting", 7199, Standing.NEW, meeting).signals())
                .isEmpty();
        assertThat(read("Busy/InAMeeting", 7201, Standing.NEW, meeting).signals())
                .hasSize(1);
    }

    @Test
    void whatWeHoldIsOursAndConfirmsTheWrite() {
        Interpretation seen = read(CALL, 5, session(CALL, 0), Situation.unknown());

        assertThat(seen.signals()).isEmpty();
        assertThat(seen.doubtful()).isFalse();
        assertThat(seen.standing().ledger().held().get(SESSION).outcome()).isEqualTo(LedgerEntry.Outcome.SEEN);
    }

    @Test
    @DisplayName("our own Busy session covers a Teams call: it cannot say that the call is over")
    void ourSessionCovers() {
        assertThat(read(CALL, 60, session(CALL, 0), fact(Status.ON_A_CALL)).signals())
                .isEmpty();
        assertThat(read(AVAILABLE, 60, session(AVAILABLE, 0), fact(Status.ON_A_CALL))
                        .signals())
                .hasOnlyElementsOfType(Signal.FactEnded.class)
                .hasSize(1);
    }

    @Test
    void whatWasAskedBeforeOurWriteIsStale() {
        assertThat(read("DoNotDisturb/DoNotDisturb", 0, session(CALL, 0), Situation.unknown())
                        .signals())
                .isEmpty();
        assertThat(read("DoNotDisturb/DoNotDisturb", 1, session(CALL, 0), Situation.unknown())
                        .signals())
                .hasSize(1);
    }

    @Test
    void anOlderVersionOfThePresenceIsStale() {
        Observation newer = new Observation(
                "teams", at(0), Map.of("availability", "Available", "activity", "Available", "sequence", "0008"));
        Observation older =
                new Observation("teams", at(5), Map.of("availability", "Busy", "activity", "Busy", "sequence", "0007"));

        assertThat(read(older, at(5), Standing.NEW.seeing(newer), Situation.unknown())
                        .signals())
                .isEmpty();
    }

    @Test
    void ourFormerStatusIsDoubtfulForTheGraceAndThenTeamsOwn() {
        Standing released = session(CALL, -600).intending(done(SESSION, AVAILABLE, at(0), LIFE));

        assertThat(read(CALL, 29, released, Situation.unknown()).doubtful()).isTrue();
        assertThat(read(CALL, 29, released, Situation.unknown()).signals()).isEmpty();
        assertThat(read(CALL, 30, released, Situation.unknown()).signals())
                .singleElement()
                .isInstanceOf(Signal.Fact.class);
    }

    @Test
    @DisplayName("after many quick calls a late read of one of them is not taken for a call in Teams")
    void whatShowsMayBeAnOlderWriteOfTheSameValue() {
        Standing calls = session(AVAILABLE, 0);
        for (int second = 1; second <= 3; second += 2) {
            calls = calls.intending(done(SESSION, CALL, at(second), LIFE))
                    .intending(done(SESSION, AVAILABLE, at(second + 1), LIFE));
        }
        Standing read = read(AVAILABLE, 5, calls, Situation.unknown()).standing();

        assertThat(read(CALL, 6, read, Situation.unknown()).doubtful()).isTrue();
        assertThat(read(AVAILABLE, 32, read, Situation.unknown())
                        .standing()
                        .ledger()
                        .held()
                        .get(SESSION)
                        .outcome())
                .isEqualTo(LedgerEntry.Outcome.DONE);
        assertThat(read(AVAILABLE, 33, read, Situation.unknown())
                        .standing()
                        .ledger()
                        .held()
                        .get(SESSION)
                        .outcome())
                .isEqualTo(LedgerEntry.Outcome.SEEN);
    }

    @Test
    @DisplayName("Available may be what the person's client showed before a quick call, and proves no later write")
    void availableMayBeOfBeforeACallThatNobodySaw() {
        Standing hungUp = session(CALL, 0).intending(done(SESSION, AVAILABLE, at(1), LIFE));
        Standing read = read(AVAILABLE, 2, hungUp, Situation.unknown()).standing();

        assertThat(read(CALL, 3, read, Situation.unknown()).doubtful()).isTrue();
        assertThat(read(CALL, 3, read, Situation.unknown()).signals()).isEmpty();
    }

    @Test
    void whatWasSeenBeforeOurWriteIsDoubtfulTooIfItLetsWorkIn() {
        for (String mild : List.of(AVAILABLE, "Away/Away", "Busy/OutOfOffice")) {
            Standing written = Standing.NEW.seeing(shown(mild, at(-10))).intending(done(SESSION, CALL, at(0), LIFE));

            assertThat(read(mild, 5, written, Situation.unknown()).doubtful()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DoNotDisturb/DoNotDisturb", "Busy/Busy", "BeRightBack/BeRightBack", "Busy/InAMeeting"})
    @DisplayName("what keeps work away and is not ours is believed at once after a hang-up: it errs on the safe side")
    void whatKeepsWorkAwayIsBelievedThoughItWasSeenBefore(String pair) {
        Standing written =
                session(CALL, -60).seeing(shown(pair, at(-10))).intending(done(SESSION, AVAILABLE, at(0), LIFE));

        assertThat(read(pair, 1, written, Situation.unknown()).doubtful()).isFalse();
        assertThat(read(pair, 1, written, Situation.unknown()).signals()).hasSize(1);
    }

    @Test
    @DisplayName("a session that must show is looked at once more after the grace, though the same shows")
    void theFirstLookAfterTheGraceIsRemembered() {
        Standing written = session(CALL, 0).seeing(shown(AVAILABLE, at(5)));

        assertThat(read(AVAILABLE, 29, written, Situation.unknown()).standing().observed())
                .contains(shown(AVAILABLE, at(5)));
        assertThat(read(AVAILABLE, 30, written, Situation.unknown()).standing().observed())
                .contains(shown(AVAILABLE, at(30)));
    }

    @Test
    void somethingNewRightAfterOurWriteIsBelieved() {
        assertThat(read("DoNotDisturb/DoNotDisturb", 5, session(CALL, 0), Situation.unknown())
                        .signals())
                .singleElement()
                .isInstanceOf(Signal.Choice.class);
    }

    @Test
    void whoResetsOurPreferredStatusChoosesAvailable() {
        Standing ours = preferred(session(AVAILABLE, 0), "Busy/Busy", 0);
        Interpretation reset = read(AVAILABLE, 60, ours, Situation.unknown());

        assertThat(reset.signals())
                .containsExactly(new Signal.Choice(
                        Source.TEAMS, SourceTime.at(at(60)), Status.AVAILABLE, Optional.empty(), Optional.empty()));
        assertThat(reset.standing().ledger().heldIn(PREFERRED, at(60))).isEmpty();
    }

    @Test
    @DisplayName("who did so within the grace did it when it was first seen, and not when it could be believed")
    void whatIsBelievedLateWasChosenWhenItWasFirstSeen() {
        Standing ours = preferred(session(AVAILABLE, 0), "Busy/Busy", 0);
        Standing seen = read(AVAILABLE, 10, ours, Situation.unknown()).standing();

        assertThat(read(AVAILABLE, 31, seen, Situation.unknown()).signals())
                .containsExactly(new Signal.Choice(
                        Source.TEAMS, SourceTime.at(at(10)), Status.AVAILABLE, Optional.empty(), Optional.empty()));
    }

    @Test
    void whatShowedBeforeOurWriteTellsNothingOfWhenItWasReset() {
        Standing ours = preferred(session(AVAILABLE, -60).seeing(shown(AVAILABLE, at(-50))), "Busy/Busy", 0);

        assertThat(read(AVAILABLE, 31, ours, Situation.unknown()).signals())
                .containsExactly(new Signal.Choice(
                        Source.TEAMS, SourceTime.at(at(31)), Status.AVAILABLE, Optional.empty(), Optional.empty()));
    }

    @Test
    void withinTheGraceNobodyResetAnything() {
        Standing ours = preferred(session(AVAILABLE, 0), "Busy/Busy", 0);

        assertThat(read(AVAILABLE, 10, ours, Situation.unknown()).signals()).isEmpty();
        assertThat(read(AVAILABLE, 10, ours, Situation.unknown())
                        .standing()
                        .ledger()
                        .heldIn(PREFERRED, at(10)))
                .isPresent();
    }

    @Test
    void whoReplacesOurPreferredStatusOwnsTheSlot() {
        Standing ours = preferred(session(AVAILABLE, 0), "Busy/Busy", 0);
        Interpretation replaced = read("DoNotDisturb/DoNotDisturb", 60, ours, Situation.unknown());

        assertThat(replaced.standing().ledger().heldIn(PREFERRED, at(60))).isEmpty();
        assertThat(replaced.signals()).singleElement().isInstanceOf(Signal.Choice.class);
    }

    @Test
    void withoutAnySessionOfflineShowsAndOurPreferredStatusIsStillOurs() {
        Standing ours = preferred(session(AVAILABLE, 0), "Busy/Busy", 0);
        Interpretation closed = read("Offline/Offline", 60, ours, Situation.unknown());

        assertThat(closed.signals()).isEmpty();
        assertThat(closed.standing().ledger().heldIn(PREFERRED, at(60))).isPresent();
    }

    @Test
    @DisplayName(
            "Away beside a session that outranks every client is the person's; where ours can have faded it is idle")
    void awayIsTheirsOrIdle() {
        assertThat(read("Away/Away", 60, session(CALL, 0), Situation.unknown()).signals())
                .singleElement()
                .isInstanceOf(Signal.Choice.class);
        assertThat(read("Away/Away", 299, session(AVAILABLE, 0), Situation.unknown())
                        .signals())
                .singleElement()
                .isInstanceOf(Signal.Choice.class);
        assertThat(read("Away/Away", 300, session(AVAILABLE, 0), Situation.unknown())
                        .signals())
                .isEmpty();
    }

    @Test
    void anAwayThatMayBeOlderThanOurWriteIsNobodysChoice() {
        assertThat(read("Away/Away", 29, session(AVAILABLE, 0), Situation.unknown())
                        .signals())
                .isEmpty();
        assertThat(read("Away/Away", 30, session(AVAILABLE, 0), Situation.unknown())
                        .signals())
                .hasSize(1);
    }

    @Test
    @DisplayName("a choice that shows still is no new one, even if the person has chosen elsewhere since")
    void whatShowsStillIsNoNewChoice() {
        Situation chosenElsewhere = Situation.unknown()
                .fold(choice(Source.TEAMS, Status.BUSY, 0))
                .fold(choice(Source.application("crm"), Status.AVAILABLE, 60));
        Standing seen = Standing.NEW.seeing(shown("Busy/Busy", at(0)));

        assertThat(read("Busy/Busy", 65, seen, chosenElsewhere).signals()).isEmpty();
        assertThat(read("Busy/Busy", 65, Standing.NEW.seeing(shown(AVAILABLE, at(0))), chosenElsewhere)
                        .signals())
                .singleElement()
                .isInstanceOf(Signal.Choice.class);
    }

    private static Signal choice(Source source, Status status, long seconds) {
        return new Signal.Choice(source, SourceTime.at(at(seconds)), status, Optional.empty(), Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Available/AvailableInactive", "AvailableIdle/Available"})
    void underAPreferredStatusNothingFades(String faded) {
        Situation busy = Situation.unknown().fold(choice(Source.TEAMS, Status.BUSY, 0));

        assertThat(read(faded, 600, session(AVAILABLE, 0), busy).signals())
                .containsExactly(new Signal.ChoiceWithdrawn(Source.TEAMS, SourceTime.at(at(600))));
    }

    @ParameterizedTest
    @CsvSource({"BUSY, 600", "DO_NOT_DISTURB, 600", "BE_RIGHT_BACK, 600", "BE_RIGHT_BACK, 5"})
    @DisplayName("an Away in the place of another status that the person picked is the next one picked, at once")
    void fromOnePickToAnotherNobodyIsReachable(Status status, long age) {
        Situation picked = Situation.unknown().fold(choice(Source.TEAMS, status, 0));
        Standing before = session(AVAILABLE, 0).seeing(shown("BeRightBack/BeRightBack", at(1)));

        assertThat(read("Away/Away", age, before, picked).signals())
                .containsExactly(new Signal.Choice(
                        Source.TEAMS,
                        SourceTime.at(at(age)),
                        Status.AWAY,
                        Optional.empty(),
                        Optional.of(at(age).plus(Duration.ofDays(7)))));
    }

    @Test
    @DisplayName("an Away in the place of our preferred status is the person's: nothing else can have replaced it")
    void whoReplacesOurPreferredStatusByAwayChoseIt() {
        Standing ours = preferred(session(AVAILABLE, -600), "Busy/Busy", 0);

        assertThat(read("Away/Away", 60, ours, Situation.unknown()).signals())
                .singleElement()
                .isInstanceOfSatisfying(
                        Signal.Choice.class,
                        choice -> assertThat(choice.status()).isEqualTo(Status.AWAY));
    }

    @Test
    void anAwayAfterOurSessionWasSeenIsThePersonsAtOnce() {
        Standing seen = Standing.NEW.intending(
                new LedgerEntry(SESSION, AVAILABLE, at(0), Optional.of(at(0).plus(LIFE)), LedgerEntry.Outcome.SEEN));

        assertThat(read("Away/Away", 5, seen, Situation.unknown()).signals()).hasSize(1);
        assertThat(read("Away/Away", 300, seen, Situation.unknown()).signals()).isEmpty();
    }

    @Test
    void theirOwnAwayStaysWhileItShows() {
        Situation away = Situation.unknown().fold(choice(Source.TEAMS, Status.AWAY, 0));

        assertThat(read("Away/Away", 600, session(AVAILABLE, 0), away).signals())
                .isEmpty();
        assertThat(read("Available/AvailableInactive", 600, session(AVAILABLE, 0), away)
                        .signals())
                .hasSize(1);
    }

    @Test
    void onceOurWriteWasSeenNothingOlderShows() {
        Standing before = preferred(session(AVAILABLE, -60), "DoNotDisturb/DoNotDisturb", -60);
        Standing seen = preferred(before, "Busy/Busy", 0)
                .settling(done(PREFERRED, "Busy/Busy", at(0), LIFE), LedgerEntry.Outcome.SEEN);

        assertThat(read("DoNotDisturb/DoNotDisturb", 10, preferred(before, "Busy/Busy", 0), Situation.unknown())
                        .doubtful())
                .isTrue();
        assertThat(read("DoNotDisturb/DoNotDisturb", 10, seen, Situation.unknown())
                        .signals())
                .singleElement()
                .isInstanceOf(Signal.Choice.class);
    }

    /** The person had picked just that, which a look of before our write showed, and confirmed it. */
    @Test
    @DisplayName("what our preferred status would cover is our own former session, though that status was seen")
    void whatOursWouldCoverIsOfBeforeIt() {
        Standing released =
                preferred(session(CALL, 0).intending(done(SESSION, AVAILABLE, at(1), LIFE)), "Busy/Busy", 1);
        Standing confirmed = read("Busy/Busy", 2, released, Situation.unknown()).standing();

        assertThat(read(CALL, 3, confirmed, Situation.unknown()).signals()).isEmpty();
        assertThat(read("Busy/InAConferenceCall", 3, confirmed, Situation.unknown())
                        .signals())
                .as("what is none of ours")
                .hasSize(1);
        assertThat(read(CALL, 60, confirmed, Situation.unknown()).signals())
                .as("what shows when reads have caught up")
                .hasSize(1);
    }

    @Test
    @DisplayName("a write without an answer is not confirmed by what shows: the person may have picked the same")
    void whatWasNotAnsweredIsNotConfirmed() {
        LedgerEntry begun = new LedgerEntry(
                PREFERRED, "Busy/Busy", at(0), Optional.of(at(0).plus(LIFE)), LedgerEntry.Outcome.UNKNOWN);
        Interpretation meaning = read("Busy/Busy", 60, session(AVAILABLE, 0).intending(begun), Situation.unknown());

        assertThat(meaning.signals()).isEmpty();
        assertThat(meaning.standing().ledger().held().get(PREFERRED).outcome()).isEqualTo(LedgerEntry.Outcome.UNKNOWN);
    }

    @Test
    @DisplayName("what shows has replaced our older preferred status, whoever set it: the same again is the person's")
    void whatShowsHasReplacedWhatWeHeld() {
        Standing held = preferred(session(AVAILABLE, -120), "Away/Away", -5);
        LedgerEntry begun = new LedgerEntry(
                PREFERRED, "Busy/Busy", at(0), Optional.of(at(0).plus(LIFE)), LedgerEntry.Outcome.UNKNOWN);
        Standing replaced = read("Busy/Busy", 10, held.intending(begun), Situation.unknown())
                .standing();

        assertThat(read("Away/Away", 41, replaced, Situation.unknown()).signals())
                .singleElement()
                .isInstanceOf(Signal.Choice.class);
        assertThat(replaced.ledger().mayStandIn(PREFERRED, at(41)))
                .extracting(LedgerEntry::value)
                .containsExactly("Busy/Busy");
    }

    @Test
    @DisplayName("what shows has replaced our preferred status also while taking that back has no answer")
    void whatShowsHasReplacedWhatWeMayHaveTakenBack() {
        Standing unfinished = preferred(session(CALL, -120), "Away/Away", -120)
                .settling(done(PREFERRED, "Away/Away", at(-120), LIFE), LedgerEntry.Outcome.SEEN)
                .intending(new LedgerEntry(PREFERRED, "", at(0), Optional.empty(), LedgerEntry.Outcome.UNKNOWN));
        Standing replaced =
                read("Busy/Busy", 10, unfinished, Situation.unknown()).standing();

        assertThat(replaced.ledger().mayStandIn(PREFERRED, at(41))).isEmpty();
        assertThat(read("Offline/Offline", 10, unfinished, Situation.unknown())
                        .standing()
                        .ledger()
                        .mayStandIn(PREFERRED, at(41)))
                .as("without any session Teams shows Offline whatever is preferred")
                .hasSize(1);
    }

    @Test
    @DisplayName("a look from before our older preferred status came to show does not say that it is gone")
    void whatMayHaveShownBeforeWhatWeHoldSaysNothingOfIt() {
        Standing unfinished = preferred(session(CALL, -120), "Away/Away", -5)
                .intending(new LedgerEntry(PREFERRED, "", at(0), Optional.empty(), LedgerEntry.Outcome.UNKNOWN));

        assertThat(read("Busy/Busy", 10, unfinished, Situation.unknown())
                        .standing()
                        .ledger()
                        .mayStandIn(PREFERRED, at(41)))
                .hasSize(1);
    }

    @Test
    @DisplayName("while our preferred status shows that is being taken back, nobody can say that no call lies under it")
    void whatIsBeingTakenBackHides() {
        Standing leaving = preferred(session(AVAILABLE, -60), "Busy/Busy", -60)
                .intending(new LedgerEntry(PREFERRED, "", at(0), Optional.empty(), LedgerEntry.Outcome.UNKNOWN));

        assertThat(read("Busy/Busy", 10, leaving, fact(Status.ON_A_CALL)).doubtful())
                .isTrue();
        assertThat(read("Busy/Busy", 31, leaving, fact(Status.ON_A_CALL)).doubtful())
                .isFalse();
    }

    @Test
    @DisplayName("under our own preferred status nobody sees a call end, so it is not believed any longer")
    void whatWeCoverIsNotBelieved() {
        Standing covering = preferred(session(AVAILABLE, 0), "DoNotDisturb/DoNotDisturb", 0);

        assertThat(read("DoNotDisturb/DoNotDisturb", 10, covering, fact(Status.ON_A_CALL))
                        .signals())
                .singleElement()
                .isInstanceOf(Signal.FactEnded.class);
    }

    @Test
    void theSameVersionAndANewerOneAreNotStale() {
        assertThat(read(version("0008", 5), at(5), Standing.NEW.seeing(version("0008", 0)), Situation.unknown())
                        .signals())
                .hasSize(1);
        assertThat(read(version("0009", 5), at(5), Standing.NEW.seeing(version("0008", 0)), Situation.unknown())
                        .signals())
                .hasSize(1);
    }

    private static Observation version(String sequence, long seconds) {
        return new Observation(
                "teams", at(seconds), Map.of("availability", "Busy", "activity", "Busy", "sequence", sequence));
    }

    @Test
    void whatWasSeenSinceOurWriteIsNotDoubtful() {
        Standing seen = session(CALL, 0).seeing(shown("DoNotDisturb/DoNotDisturb", at(5)));

        assertThat(read("DoNotDisturb/DoNotDisturb", 10, seen, Situation.unknown())
                        .signals())
                .hasSize(1);
    }

    @Test
    void somethingElseThanBeforeOurWriteIsBelieved() {
        Standing written = Standing.NEW.seeing(shown(AVAILABLE, at(-10))).intending(done(SESSION, CALL, at(0), LIFE));

        assertThat(read("DoNotDisturb/DoNotDisturb", 5, written, Situation.unknown())
                        .signals())
                .hasSize(1);
    }

    @Test
    @DisplayName(
            "only a choice made in Teams is known there, and only one that holds the person back is taken back there")
    void choicesMadeElsewhere() {
        Situation busyElsewhere = Situation.unknown().fold(choice(Source.DYNAMICS, Status.BUSY, -60));

        assertThat(read("Busy/Busy", 0, Standing.NEW, busyElsewhere).signals())
                .singleElement()
                .isInstanceOf(Signal.Choice.class);
        assertThat(read(AVAILABLE, 0, Standing.NEW, busyElsewhere).signals()).isEmpty();
        assertThat(read(AVAILABLE, 0, Standing.NEW, choice(Status.AVAILABLE)).signals())
                .isEmpty();
    }

    @ParameterizedTest(name = "seen after {0} s, again {1} after {2} s")
    @CsvSource({
        "10, Busy/InACall, 20, 10",
        "10, busy/inacall, 299, 10",
        "10, Busy/InACall, 300, 300",
        "300, Busy/InACall, 400, 300",
        "-10, Busy/InACall, 30, 30",
        "-10, Busy/InACall, 400, 400",
        "0, Busy/InACall, 30, 30",
        "10, Busy/InAMeeting, 20, 20"
    })
    @DisplayName(
            "the same again is not remembered, but the first look after a write is, and the first after the fading")
    void theFirstLookOfEachIsRemembered(long first, String pair, long again, long remembered) {
        Standing written = session(AVAILABLE, 0).seeing(shown("Busy/InACall", at(first)));

        assertThat(read(pair, again, written, Situation.unknown())
                        .standing()
                        .observed()
                        .map(Observation::askedAt))
                .contains(at(remembered));
    }

    @Test
    void whereWeWroteNothingTheSameAgainIsNotRemembered() {
        Standing seen = Standing.NEW.seeing(shown("Busy/InACall", at(0)));

        assertThat(read("Busy/InACall", 600, seen, Situation.unknown()).standing())
                .isEqualTo(seen);
        assertThat(read("Busy/InAMeeting", 600, seen, Situation.unknown())
                        .standing()
                        .observed())
                .contains(shown("Busy/InAMeeting", at(600)));
    }
}
