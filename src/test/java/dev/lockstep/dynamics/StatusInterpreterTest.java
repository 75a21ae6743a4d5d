package dev.lockstep.dynamics;

import static dev.lockstep.dynamics.GivenDynamics.AVAILABLE;
import static dev.lockstep.dynamics.GivenDynamics.AWAY;
import static dev.lockstep.dynamics.GivenDynamics.BUSY;
import static dev.lockstep.dynamics.GivenDynamics.CHAT_ONLY;
import static dev.lockstep.dynamics.GivenDynamics.DND;
import static dev.lockstep.dynamics.GivenDynamics.INACTIVE;
import static dev.lockstep.dynamics.GivenDynamics.LOGIN;
import static dev.lockstep.dynamics.GivenDynamics.LOGOUT;
import static dev.lockstep.dynamics.GivenDynamics.LUNCH;
import static dev.lockstep.dynamics.GivenDynamics.OFFLINE;
import static dev.lockstep.dynamics.GivenDynamics.ON_A_CALL;
import static dev.lockstep.dynamics.GivenDynamics.RECONNECT;
import static dev.lockstep.dynamics.GivenDynamics.REJECTED;
import static dev.lockstep.dynamics.GivenDynamics.TRAINING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.dynamics.GivenDynamics.Row;
import dev.lockstep.dynamics.dataverse.OmnichannelApi.PresenceRow;
import dev.lockstep.dynamics.dataverse.StatusFields;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.ReadablePlatform.Interpretation;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.KnownChoice;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.presence.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusInterpreterTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Situation IN = Situation.unknown()
            .fold(new Signal.SignedIn(Source.DYNAMICS, SourceTime.at(NOON.minusSeconds(3600)), true));

    private static Instant at(long seconds) {
        return NOON.plusSeconds(seconds);
    }

    private static Interpretation read(Observation seen, Standing standing, Situation situation) {
        return new StatusInterpreter(
                        new PresenceMeanings(GivenDynamics.PRESENCES, GivenPlatforms.shippedMapping()),
                        GivenDynamics.RULES,
                        seen.askedAt())
                .read(seen, standing, situation);
    }

    private static Interpretation read(Row row, long seconds) {
        return read(row.at(at(seconds)), Standing.NEW, IN);
    }

    private static LedgerEntry entry(String presenceId, long seconds, LedgerEntry.Outcome outcome) {
        return new LedgerEntry(DynamicsPlatform.SLOT, presenceId, at(seconds), Optional.empty(), outcome);
    }

    private static Status chosen(Interpretation meaning) {
        return meaning.signals().stream()
                .filter(Signal.Choice.class::isInstance)
                .map(signal -> ((Signal.Choice) signal).status())
                .findFirst()
                .orElse(null);
    }

    @Test
    void whatAPersonPickedIsAChoice() {
        assertThat(chosen(read(Row.of(AWAY, at(0)).byPerson(), 1))).isEqualTo(Status.AWAY);
        assertThat(chosen(read(Row.of(AVAILABLE, at(0)).byPerson(), 1))).isEqualTo(Status.AVAILABLE);
    }

    @Test
    void whatTheSystemComputedIsNone() {
        assertThat(read(Row.of(BUSY, at(0)), 1).signals()).noneMatch(Signal.Choice.class::isInstance);
    }

    @Test
    void theUsersOwnDefaultAtLoginIsAChoice() {
        assertThat(chosen(read(Row.of(AWAY, at(0)).bySystem(LOGIN), 1))).isEqualTo(Status.AWAY);
        assertThat(chosen(read(Row.of(AVAILABLE, at(0)).bySystem(LOGIN), 1))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        DND + ", 0, DO_NOT_DISTURB",
        DND + ", 1,",
        TRAINING + ", 0, DO_NOT_DISTURB",
        LUNCH + ", 0, AWAY",
        LUNCH + ", 1, AWAY",
        OFFLINE + ", 1, OFFLINE",
        BUSY + ", 1,",
        CHAT_ONLY + ", 0,"
    })
    @DisplayName("a default at login that is not computed from work is the user's own, whatever it is called")
    void defaultsAtLogin(String presence, int conversations, Status expected) {
        assertThat(chosen(read(Row.of(presence, at(0)).bySystem(LOGIN).working(conversations), 1)))
                .isEqualTo(expected);
    }

    @Test
    void workThatWasLeftFromBeforeCountsWhereTheLoginDoesNotTell() {
        Standing working =
                Standing.NEW.seeing(Row.of(OFFLINE, at(-60)).working(3).at(at(-59)));
        Observation login = Row.of(DND, at(0))
                .bySystem(LOGIN)
                .without(StatusFields.CONVERSATIONS)
                .at(at(1));

        assertThat(chosen(read(login, working, IN))).isNull();
        assertThat(chosen(read(login, Standing.NEW, IN))).isEqualTo(Status.DO_NOT_DISTURB);
    }

    @ParameterizedTest
    @ValueSource(strings = {LOGIN, RECONNECT})
    @DisplayName("who signs out and is soon back has picked what Dynamics gives back, and after that has not")
    void givenBack(String event) {
        Situation left = IN.fold(List.of(
                picked(CHAT_ONLY, Status.AVAILABLE, -300),
                new Signal.SignedOut(Source.DYNAMICS, SourceTime.at(at(-100)), at(-100))));

        assertThat(chosen(read(Row.of(CHAT_ONLY, at(50)).bySystem(event).at(at(51)), Standing.NEW, left)))
                .isEqualTo(Status.AVAILABLE);
        assertThat(chosen(read(Row.of(CHAT_ONLY, at(66)).bySystem(event).at(at(67)), Standing.NEW, left)))
                .isNull();
        assertThat(chosen(read(Row.of(BUSY, at(50)).bySystem(event).at(at(51)), Standing.NEW, left)))
                .isNull();
    }

    @Test
    void aReturnAfterALostConnectionChoosesNothing() {
        Situation leaving = IN.fold(new Signal.SignedOut(Source.DYNAMICS, SourceTime.at(at(-60)), at(105)));
        Standing ours = Standing.NEW.intending(entry(AWAY, -90, LedgerEntry.Outcome.SEEN));

        assertThat(chosen(read(Row.of(AWAY, at(0)).bySystem(RECONNECT).at(at(1)), ours, leaving)))
                .isNull();
    }

    private static Signal picked(String presence, Status status, long seconds) {
        return new Signal.Choice(
                Source.DYNAMICS,
                SourceTime.at(at(seconds)),
                status,
                Optional.of(presence),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    @DisplayName("a choice keeps the presence that was picked, not only its status")
    void thePresenceItself() {
        assertThat(read(Row.of(LUNCH, at(0)).byPerson(), 1).signals()).contains(picked(LUNCH, Status.AWAY, 0));
    }

    private static final String INACTIVE_OF_EVERYBODY = "a89ee9cf-453a-4b52-8d7a-ad647feecd5d";

    private static Interpretation readIn(PresenceCatalogue presences, Row row, Situation situation) {
        return new StatusInterpreter(
                        new PresenceMeanings(presences, GivenPlatforms.shippedMapping()), GivenDynamics.RULES, at(1))
                .read(row.at(at(1)), Standing.NEW, situation);
    }

    @Test
    @DisplayName("Inactive is known by its id, and what an organisation sets instead by its settings")
    void unansweredInAnyLanguage() {
        PresenceCatalogue italian = new PresenceCatalogue(List.of(
                new PresenceRow(INACTIVE_OF_EVERYBODY, "Inattivo", "Inattivo", 192360003),
                new PresenceRow(LUNCH, "Pranzo", "Pranzo", 192360003, true)));

        assertThat(readIn(italian, Row.of(INACTIVE_OF_EVERYBODY, at(0)).bySystem(OTHER), IN)
                        .signals())
                .contains(unanswered(Status.AWAY));
        assertThat(readIn(italian, Row.of(LUNCH, at(0)).bySystem(OTHER), IN).signals())
                .contains(unanswered(Status.AWAY));
        assertThat(readIn(italian, Row.of(LUNCH, at(0)).byPerson(), IN).signals())
                .contains(picked(LUNCH, Status.AWAY, 0))
                .noneMatch(Signal.Fact.class::isInstance);
    }

    @Test
    @DisplayName("the same row, read again when more is known of its presence, replaces what was read before")
    void readAgainWithMoreKnowledge() {
        String made = "0a0a0a0a-0000-4000-8000-00000000000a";
        Row row = Row.of(made, at(0)).byPerson();
        Situation guessed = IN.fold(read(row, 1).signals());
        PresenceCatalogue away = new PresenceCatalogue(List.of(new PresenceRow(made, "Errand", "Errand", 192360003)));
        PresenceCatalogue ignored =
                new PresenceCatalogue(List.of(new PresenceRow(made, "In a meeting", "In a meeting", 192360002)));
        Situation known = guessed.fold(readIn(away, row, guessed).signals());

        assertThat(status(guessed)).contains(Status.BUSY);
        assertThat(status(known)).contains(Status.AWAY);
        assertThat(status(known.fold(readIn(GivenDynamics.PRESENCES, row, known).signals())))
                .as("who does not know it yet changes nothing")
                .contains(Status.AWAY);
        assertThat(status(guessed.fold(readIn(ignored, row, guessed).signals())))
                .isEmpty();
    }

    @ParameterizedTest(name = "text {0}, base {1}")
    @CsvSource({
        "Busy, 192360002, DO_NOT_DISTURB",
        "Available, 192360002, DO_NOT_DISTURB",
        "Available, 192360001, BUSY",
        "Busy, 192360003, AWAY",
        "Away, 192360000, AWAY",
        "Away, 192360001, AWAY",
        "Busy, 192360000, BUSY",
        "Busy, 192360001, BUSY"
    })
    @DisplayName("a text that promises more than routing does is not believed")
    void textAgainstBase(String text, int base, Status read) {
        String made = "0a0a0a0a-0000-4000-8000-00000000000b";
        PresenceCatalogue presences = new PresenceCatalogue(List.of(new PresenceRow(made, "Coaching", text, base)));

        assertThat(status(IN.fold(
                        readIn(presences, Row.of(made, at(0)).byPerson(), IN).signals())))
                .contains(read);
    }

    @Test
    @DisplayName("a mapping that is changed and changed back finds what was picked as it was")
    void readAgainByTheFormerMapping() {
        String made = "0a0a0a0a-0000-4000-8000-00000000000a";
        Row row = Row.of(made, at(0)).byPerson();
        PresenceCatalogue away = new PresenceCatalogue(List.of(new PresenceRow(made, "Errand", "Errand", 192360003)));
        PresenceCatalogue ignored =
                new PresenceCatalogue(List.of(new PresenceRow(made, "In a meeting", "In a meeting", 192360002)));
        Situation picked = IN.fold(readIn(away, row, IN).signals());
        Situation noChoice = picked.fold(readIn(ignored, row, picked).signals());

        assertThat(status(noChoice)).isEmpty();
        assertThat(status(noChoice.fold(readIn(away, row, noChoice).signals()))).contains(Status.AWAY);
    }

    @Test
    @DisplayName("work that is told after a reconnect brought Offline back is no lost connection")
    void offlineThatWasBroughtBackStaysWhileOtherThingsAreTold() {
        Row back = Row.of(OFFLINE, at(0)).bySystem(RECONNECT);
        Row work = Row.of(OFFLINE, at(0)).bySystem(OTHER).working(2).with(StatusFields.CHANGED_ON, at(90).toString());
        Standing shown = read(back.at(at(1)), Standing.NEW, IN).standing();

        assertThat(read(work.at(at(91)), shown, IN).signals()).noneMatch(Signal.SignedOut.class::isInstance);
        assertThat(read(Row.of(OFFLINE, at(80)).bySystem(OTHER).at(at(91)), shown, IN)
                        .signals())
                .as("set anew")
                .anyMatch(Signal.SignedOut.class::isInstance);
    }

    @Test
    @DisplayName("what was picked before the connection was lost is picked still when it comes back with it")
    void aReconnectKeepsWhatWasPicked() {
        Situation leaving = IN.fold(List.of(
                picked(CHAT_ONLY, Status.AVAILABLE, -300),
                new Signal.SignedOut(Source.DYNAMICS, SourceTime.at(at(-60)), at(105))));
        Row back = Row.of(CHAT_ONLY, at(0)).bySystem(RECONNECT);

        assertThat(leaving.fold(read(back.at(at(1)), Standing.NEW, leaving).signals())
                        .choices()
                        .of(Source.DYNAMICS)
                        .flatMap(KnownChoice::presence))
                .contains(CHAT_ONLY);
    }

    private static Optional<Status> status(Situation situation) {
        return situation.choices().latest().map(KnownChoice::status);
    }

    @Test
    @DisplayName("a missed offer that is told late says nothing when something else was set since")
    void lateNewsOfAMissedOffer() {
        Row late = Row.of(INACTIVE, at(0)).bySystem(OTHER);
        Standing reset = Standing.NEW.seeing(
                Row.of(AVAILABLE, at(5)).with(StatusFields.LAGS, "0").at(at(6)));
        Standing covered = Standing.NEW
                .seeing(Row.of(ON_A_CALL, at(5))
                        .byPerson()
                        .with(StatusFields.LAGS, "0")
                        .at(at(6)))
                .intending(entry(ON_A_CALL, 4, LedgerEntry.Outcome.SEEN));

        assertThat(read(late.at(at(9)), reset, IN).signals()).noneMatch(Signal.Fact.class::isInstance);
        assertThat(read(late.at(at(9)), covered, IN).signals()).contains(unanswered(Status.AWAY));
        assertThat(read(late.at(at(9)), covered, IN.fold(choice(Status.AVAILABLE, 2)))
                        .signals())
                .noneMatch(Signal.Fact.class::isInstance);
    }

    @Test
    @DisplayName("a rejection lasts while its row tells of other things")
    void rejectionLasts() {
        Interpretation rejected = read(Row.of(DND, at(0)).bySystem(REJECTED), 1);
        Row assigned = Row.of(DND, at(0)).bySystem(OTHER).working(1).with(StatusFields.CHANGED_ON, at(9).toString());

        assertThat(read(assigned.at(at(10)), rejected.standing(), IN.fold(rejected.signals()))
                        .signals())
                .noneMatch(Signal.FactEnded.class::isInstance);
    }

    /** Its chat was assigned after the rejection, told before it, and showed the rejection's presence without its name. */
    @Test
    void aRejectionIsToldThoughALaterRowShowedItsPresence() {
        Row assigned = Row.of(DND, at(0)).bySystem(OTHER).working(1).with(StatusFields.CHANGED_ON, at(1).toString());
        Interpretation first = read(assigned, 2);

        assertThat(read(Row.of(DND, at(0)).bySystem(REJECTED).at(at(3)), first.standing(), IN.fold(first.signals()))
                        .signals())
                .containsExactly(unanswered(Status.DO_NOT_DISTURB));
    }

    @Test
    @DisplayName("a rejection lasts through a pick of the very same moment, unless that one shows still")
    void rejectionAndPickAtOnce() {
        Interpretation rejected = read(Row.of(DND, at(0)).bySystem(REJECTED), 1);
        Situation missed = IN.fold(rejected.signals());
        Row pick = Row.of(AWAY, at(0)).byPerson();
        Interpretation picked = read(pick.at(at(2)), rejected.standing(), missed);

        assertThat(picked.signals()).noneMatch(Signal.FactEnded.class::isInstance);
        assertThat(read(pick.at(at(60)), picked.standing(), missed).signals())
                .anyMatch(Signal.FactEnded.class::isInstance);
    }

    @Test
    @DisplayName("without milliseconds, what was asked for later in one second counts")
    void wholeSeconds() {
        Interpretation told =
                read(Row.of(AWAY, at(0).plusMillis(400)).byPerson().at(at(1)), Standing.NEW, IN);
        Situation away = IN.fold(told.signals());
        Row row = Row.of(AVAILABLE, at(0)).byPerson().read();
        Interpretation later = read(row.at(at(60)), told.standing(), away);

        assertThat(status(away.fold(later.signals()))).contains(Status.AVAILABLE);
        assertThat(new StatusView(later.standing().observed().orElseThrow()).presenceId())
                .contains(AVAILABLE);
        assertThat(new StatusView(read(row.at(at(0)), told.standing(), away)
                                .standing()
                                .observed()
                                .orElseThrow())
                        .presenceId())
                .as("asked before")
                .contains(AWAY);
    }

    @Test
    @DisplayName("Available and Busy chosen by hand last until presence is recalculated from work, Away lasts")
    void recalculation() {
        Situation available = IN.fold(choice(Status.AVAILABLE, -60));
        Situation away = IN.fold(choice(Status.AWAY, -60));

        assertThat(read(Row.of(BUSY, at(0)).at(at(1)), Standing.NEW, available).signals())
                .contains(new Signal.ChoiceWithdrawn(Source.DYNAMICS, SourceTime.at(at(0))));
        assertThat(read(Row.of(BUSY, at(0)).at(at(1)), Standing.NEW, away).signals())
                .noneMatch(Signal.ChoiceWithdrawn.class::isInstance);
    }

    private static Signal choice(Status status, long seconds) {
        return new Signal.Choice(
                Source.DYNAMICS, SourceTime.at(at(seconds)), status, Optional.empty(), Optional.empty());
    }

    @ParameterizedTest
    @EnumSource(
            value = LedgerEntry.Outcome.class,
            names = {"INTENDED", "DONE", "UNKNOWN"})
    void ourOwnWriteSeenAgainIsNoSignalWhateverBecameOfIt(LedgerEntry.Outcome outcome) {
        Standing written = Standing.NEW.intending(entry(DND, 0, outcome));
        Interpretation meaning = read(Row.of(DND, at(1)).byPerson().at(at(2)), written, IN);

        assertThat(meaning.signals()).isEmpty();
        assertThat(meaning.standing().ledger().held().get(DynamicsPlatform.SLOT).outcome())
                .isEqualTo(LedgerEntry.Outcome.SEEN);
    }

    @Test
    @DisplayName("of quick calls the rows come late: what we wrote between two is not taken for somebody else's")
    void quickCalls() {
        Standing calls = Standing.NEW
                .intending(entry(AVAILABLE, 0, LedgerEntry.Outcome.DONE))
                .intending(entry(ON_A_CALL, 1, LedgerEntry.Outcome.DONE))
                .intending(entry(AVAILABLE, 2, LedgerEntry.Outcome.DONE));
        Interpretation first = read(Row.of(AVAILABLE, at(0)).byPerson().at(at(2)), calls, IN);
        Interpretation second = read(Row.of(ON_A_CALL, at(1)).byPerson().at(at(3)), first.standing(), IN);
        Interpretation third = read(Row.of(AVAILABLE, at(2)).byPerson().at(at(4)), second.standing(), IN);

        assertThat(List.of(first.signals(), second.signals(), third.signals())).allMatch(List::isEmpty);
        assertThat(third.standing().ledger().held()).containsKey(DynamicsPlatform.SLOT);
        assertThat(confirmed(read(Row.of(AVAILABLE, at(2)).byPerson().at(at(10)), third.standing(), IN)))
                .isFalse();
        assertThat(confirmed(read(Row.of(AVAILABLE, at(2)).byPerson().at(at(11)), third.standing(), IN)))
                .isTrue();
    }

    /** Their row was taken for ours, so that ours looked like a pick that came after the missed work, and lifted it. */
    @Test
    void ourWriteIsOursThoughSomebodyHadJustSetTheSame() {
        Standing released = Standing.NEW
                .intending(entry(ON_A_CALL, 0, LedgerEntry.Outcome.SEEN))
                .intending(entry(AVAILABLE, 3, LedgerEntry.Outcome.DONE));
        Interpretation theirs = read(Row.of(AVAILABLE, at(1)).byPerson().at(at(4)), released, IN);
        Interpretation missed = read(Row.of(INACTIVE, at(2)).bySystem(REJECTED).at(at(4)), theirs.standing(), IN);
        Standing again = missed.standing().intending(entry(ON_A_CALL, 4, LedgerEntry.Outcome.DONE));
        Interpretation ours = read(Row.of(AVAILABLE, at(3)).byPerson().at(at(5)), again, IN);

        assertThat(missed.signals()).isNotEmpty();
        assertThat(ours.signals()).isEmpty();
        assertThat(chosen(read(Row.of(AWAY, at(3)).byPerson().at(at(5)), again, IN)))
                .as("another presence can only be theirs")
                .isEqualTo(Status.AWAY);
    }

    @Test
    void whatAReconnectBringsAndNobodyKnowsOfWasPicked() {
        Row back = Row.of(AWAY, at(1)).bySystem(RECONNECT);
        Standing ours = Standing.NEW.intending(entry(AWAY, -60, LedgerEntry.Outcome.SEEN));

        assertThat(chosen(read(back.at(at(2)), Standing.NEW, IN))).isEqualTo(Status.AWAY);
        assertThat(chosen(read(back.at(at(2)), ours, IN)))
                .as("it may be ours that comes back")
                .isNull();
    }

    @Test
    void whatDynamicsSetJustBeforeIsNotOurWrite() {
        Standing written = Standing.NEW.intending(entry(BUSY, 2, LedgerEntry.Outcome.DONE));
        Row computed = Row.of(BUSY, at(1)).bySystem(OTHER);

        assertThat(confirmed(read(computed.at(at(3)), written, IN))).isFalse();
        assertThat(confirmed(read(Row.of(BUSY, at(3)).bySystem(OTHER).at(at(4)), written, IN)))
                .as("which may be ours, wherever our writes look like the system's")
                .isTrue();
    }

    @Test
    void aRejectionIsToldThoughItShowsWhatWeHold() {
        Standing same = Standing.NEW.intending(entry(DND, 0, LedgerEntry.Outcome.DONE));

        assertThat(read(Row.of(DND, at(1)).bySystem(REJECTED).at(at(2)), same, IN)
                        .signals())
                .singleElement()
                .isInstanceOfSatisfying(
                        Signal.Fact.class, fact -> assertThat(fact.key()).isEqualTo(StatusInterpreter.UNANSWERED));
        assertThat(read(Row.of(DND, at(1)).byPerson().at(at(2)), same, IN).signals())
                .isEmpty();
    }

    /** Away by the person is known, and then a message of our write before it comes. */
    @Test
    void aLateMessageTellsThatOursWasReplaced() {
        Standing crossed = Standing.NEW
                .seeing(Row.of(AWAY, at(2)).byPerson().at(at(3)))
                .intending(entry(ON_A_CALL, 1, LedgerEntry.Outcome.DONE));

        assertThat(held(read(Row.of(ON_A_CALL, at(1)).byPerson().at(at(4)), crossed, IN)))
                .isEmpty();
        assertThat(held(read(Row.of(AWAY, at(2)).byPerson().at(at(4)), crossed, IN)))
                .as("no message of ours yet")
                .isPresent();
    }

    @Test
    void ofTwoRowsOfOneMomentTheOneThatIsReadLongAfterTheOtherIsTheLater() {
        Row ours = Row.of(ON_A_CALL, at(1)).byPerson().read();
        Standing crossed = Standing.NEW
                .seeing(Row.of(DND, at(1)).byPerson().read().at(at(1)))
                .intending(entry(ON_A_CALL, 50, LedgerEntry.Outcome.DONE));

        assertThat(confirmed(read(ours.at(at(3)), crossed, IN))).isFalse();
        assertThat(confirmed(read(ours.at(at(1).plus(GivenDynamics.RULES.grace())), crossed, IN)))
                .isTrue();
    }

    @Test
    void ofTwoRowsOfOneMomentTheOneThatIsNotOursIsTheLater() {
        Standing crossed = Standing.NEW
                .seeing(Row.of(AVAILABLE, at(1)).byPerson().at(at(3)))
                .intending(entry(ON_A_CALL, 1, LedgerEntry.Outcome.DONE));
        Interpretation tied = read(Row.of(ON_A_CALL, at(1)).byPerson().at(at(3)), crossed, IN);

        assertThat(held(tied)).isEmpty();
        assertThat(new StatusView(tied.standing().observed().orElseThrow()).presenceId())
                .contains(AVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("of a pick and a rejection of one moment the work counts as missed, and the pick as what shows")
    void ofTwoRowsOfOneMomentTheOneThatLetsWorkInShows(boolean isPickFirst) {
        Observation pick = Row.of(CHAT_ONLY, at(1)).byPerson().at(at(2));
        Observation rejection = Row.of(DND, at(1)).bySystem(REJECTED).at(at(2));
        Interpretation first = read(isPickFirst ? pick : rejection, Standing.NEW, IN);
        Situation between = first.signals().stream().reduce(IN, Situation::fold, (one, other) -> other);
        Interpretation second = read(isPickFirst ? rejection : pick, first.standing(), between);
        Situation after = second.signals().stream().reduce(between, Situation::fold, (one, other) -> other);

        assertThat(after.facts().open(Source.DYNAMICS, StatusInterpreter.UNANSWERED))
                .isPresent();
        assertThat(second.standing().observed().flatMap(seen -> seen.field(StatusFields.PRESENCE_ID)))
                .contains(CHAT_ONLY);
    }

    private static Optional<LedgerEntry> held(Interpretation meaning) {
        return meaning.standing().ledger().newestIn(DynamicsPlatform.SLOT);
    }

    private static boolean confirmed(Interpretation meaning) {
        return meaning.standing().ledger().held().get(DynamicsPlatform.SLOT).outcome() == LedgerEntry.Outcome.SEEN;
    }

    /** Their own default is what we had written before they left. */
    @Test
    void whatASignInBringsIsNotWhatWeHeldBefore() {
        Standing before = Standing.NEW
                .seeing(Row.of(AWAY, at(-900)).byPerson().at(at(-899)))
                .intending(entry(AWAY, -900, LedgerEntry.Outcome.SEEN));

        assertThat(chosen(read(Row.of(AWAY, at(0)).bySystem(LOGIN).at(at(1)), before, IN)))
                .isEqualTo(Status.AWAY);
        assertThat(chosen(read(Row.of(AWAY, at(0)).bySystem(RECONNECT).at(at(1)), before, IN)))
                .as("after a lost connection ours comes back")
                .isNull();
    }

    @Test
    void theSameSetAgainByHandLaterIsAChoice() {
        Standing seen = Standing.NEW
                .seeing(Row.of(AWAY, at(1)).byPerson().at(at(2)))
                .intending(entry(AWAY, 0, LedgerEntry.Outcome.SEEN));

        assertThat(chosen(read(Row.of(AWAY, at(1)).byPerson().at(at(30)), seen, IN)))
                .as("the same row")
                .isNull();
        assertThat(chosen(read(Row.of(AWAY, at(60)).byPerson().at(at(61)), seen, IN)))
                .isEqualTo(Status.AWAY);
    }

    @Test
    void anOldEchoThatComesAfterALaterWriteSaysNothing() {
        Standing twice = Standing.NEW
                .intending(entry(DND, 0, LedgerEntry.Outcome.DONE))
                .intending(entry(AVAILABLE, 5, LedgerEntry.Outcome.DONE));
        Interpretation meaning = read(Row.of(DND, at(1)).byPerson().at(at(7)), twice, IN);

        assertThat(meaning.signals()).isEmpty();
        assertThat(meaning.standing()
                        .ledger()
                        .heldIn(DynamicsPlatform.SLOT, at(7))
                        .map(LedgerEntry::value))
                .contains(AVAILABLE);
    }

    @Test
    @DisplayName("a write that was overtaken before it showed does not come after the one that overtook it")
    void whatWasOvertakenIsNoEchoOfWhatIsPickedLater() {
        Standing overtaken = Standing.NEW
                .intending(entry(BUSY, 0, LedgerEntry.Outcome.DONE))
                .intending(entry(DND, 1, LedgerEntry.Outcome.SEEN))
                .seeing(Row.of(DND, at(1)).byPerson().at(at(2)));

        assertThat(chosen(read(Row.of(BUSY, at(30)).byPerson().at(at(31)), overtaken, IN)))
                .isEqualTo(Status.BUSY);
        assertThat(chosen(read(Row.of(BUSY, at(0)).byPerson().at(at(31)), overtaken, IN)))
                .as("its own row, come late")
                .isNull();
    }

    /** No row of the writes has come at all, as where messages are lost. */
    @Test
    void whatIsPickedLongAfterTheNextWriteIsNoEcho() {
        Standing unseen = Standing.NEW
                .seeing(Row.of(AVAILABLE, at(-60)).byPerson().at(at(-59)))
                .intending(entry(AWAY, 0, LedgerEntry.Outcome.DONE))
                .intending(entry(ON_A_CALL, 1, LedgerEntry.Outcome.DONE));

        assertThat(chosen(read(Row.of(AWAY, at(8)).byPerson().at(at(9)), unseen, IN)))
                .isEqualTo(Status.AWAY);
        assertThat(chosen(read(Row.of(AWAY, at(3)).byPerson().at(at(9)), unseen, IN)))
                .as("told by a clock that is a little ahead")
                .isNull();
    }

    @Test
    void afterTheEchoWindowTheSameIsAPersonsWord() {
        Standing twice = Standing.NEW
                .intending(entry(DND, 0, LedgerEntry.Outcome.DONE))
                .intending(entry(AVAILABLE, 5, LedgerEntry.Outcome.SEEN));

        assertThat(chosen(read(Row.of(DND, at(100)).byPerson().at(at(101)), twice, IN)))
                .isEqualTo(Status.DO_NOT_DISTURB);
    }

    @Test
    void aRowFromBeforeOurWriteDoesNotUndoIt() {
        Standing written = Standing.NEW
                .seeing(Row.of(AVAILABLE, at(-100)).at(at(-99)))
                .intending(entry(ON_A_CALL, 0, LedgerEntry.Outcome.DONE));
        Interpretation stale = read(Row.of(AVAILABLE, at(-100)).at(at(3)), written, IN);

        assertThat(stale.standing()
                        .ledger()
                        .heldIn(DynamicsPlatform.SLOT, at(3))
                        .map(LedgerEntry::value))
                .contains(ON_A_CALL);
        assertThat(stale.signals()).noneMatch(Signal.Choice.class::isInstance);
    }

    @Test
    void whatSomebodySetAfterOurWriteReplacesIt() {
        Standing written = Standing.NEW
                .seeing(Row.of(ON_A_CALL, at(1)).byPerson().at(at(2)))
                .intending(entry(ON_A_CALL, 0, LedgerEntry.Outcome.SEEN));
        Interpretation theirs = read(Row.of(AVAILABLE, at(20)).byPerson().at(at(21)), written, IN);

        assertThat(theirs.standing().ledger().heldIn(DynamicsPlatform.SLOT, at(21)))
                .isEmpty();
        assertThat(chosen(theirs)).isEqualTo(Status.AVAILABLE);
    }

    @Test
    void onACallSeenAfterAReconnectIsNobodysChoice() {
        assertThat(read(Row.of(ON_A_CALL, at(0)).byPerson(), 1).signals()).noneMatch(Signal.Choice.class::isInstance);
        assertThat(read(Row.of(ON_A_CALL, at(0)).byPerson(), 1).signals()).noneMatch(Signal.Fact.class::isInstance);
    }

    /** What a row says when the connection is lost: nothing in particular. */
    private static final String OTHER = "192350009";

    @Test
    void anOfflineIsHeldBackAndALogoutIsNot() {
        SourceTime then = SourceTime.at(at(0));

        assertThat(read(Row.of(OFFLINE, at(0)).bySystem(OTHER), 1).signals())
                .contains(new Signal.SignedOut(Source.DYNAMICS, then, at(165)))
                .noneMatch(Signal.Choice.class::isInstance);
        assertThat(read(Row.of(OFFLINE, at(0)).loggedOut().bySystem(LOGOUT), 1).signals())
                .contains(new Signal.SignedOut(Source.DYNAMICS, then, at(0)));
    }

    @Test
    void anOfflineThatAPersonPickedCountsAfterTheHold() {
        Interpretation meaning = read(Row.of(OFFLINE, at(0)).byPerson(), 1);

        assertThat(meaning.signals()).singleElement().satisfies(signal -> {
            assertThat(((Signal.Choice) signal).status()).isEqualTo(Status.OFFLINE);
            assertThat(((Signal.Choice) signal).from()).contains(at(165));
            assertThat(((Signal.Choice) signal).presence()).contains(OFFLINE);
        });
    }

    @Test
    void comingBackToTheOfflineThatWasPickedBeforeIsBeingThere() {
        Situation leaving =
                IN.fold(read(Row.of(OFFLINE, at(0)).bySystem(OTHER), 1).signals());
        Interpretation back = read(Row.of(OFFLINE, at(60)).at(at(61)), Standing.NEW, leaving);

        assertThat(leaving.fold(back.signals()).signIn().holdsAt(at(3600))).isTrue();
    }

    @Test
    void ourOwnOfflineSignsNobodyOut() {
        Standing written = Standing.NEW.intending(entry(OFFLINE, 0, LedgerEntry.Outcome.DONE));

        assertThat(read(Row.of(OFFLINE, at(1)).at(at(2)), written, IN).signals())
                .isEmpty();
    }

    @Test
    void aLoginRowThatIsReadAgainAndAgainIsOneLogin() {
        Row row = Row.of(AVAILABLE, at(0)).bySystem(LOGIN).read();
        Interpretation first = read(row.at(at(1)), Standing.NEW, Situation.unknown());
        Situation in = Situation.unknown().fold(first.signals());

        assertThat(first.signals()).hasSize(1).first().isInstanceOf(Signal.SignedIn.class);
        assertThat(read(row.at(at(60)), first.standing(), in).signals()).isEmpty();
        assertThat(read(row.at(at(7200)), first.standing(), in).signals()).isEmpty();
    }

    @Test
    void aLoginMessageIsASignOfBeingThereEvenForWhoWasIn() {
        assertThat(read(Row.of(AVAILABLE, at(0)).bySystem(LOGIN), 1).signals())
                .contains(new Signal.SignedIn(Source.DYNAMICS, SourceTime.at(at(0)), true));
    }

    /** The row of the arrival was changed only after the presence of the sign-out was set. */
    @ParameterizedTest
    @ValueSource(strings = {LOGIN, RECONNECT})
    void whoArrivesAndSignsOutAtOnceIsOut(String arrival) {
        Row in = Row.of(AVAILABLE, at(0)).bySystem(arrival).with(StatusFields.CHANGED_ON, at(2).toString());
        Row out = Row.of(OFFLINE, at(1)).bySystem(LOGOUT).with(StatusFields.CHANGED_ON, at(3).toString());
        Interpretation first = read(in.at(at(4)), Standing.NEW, OUT);
        Situation there = first.signals().stream().reduce(OUT, Situation::fold, (one, other) -> other);
        Interpretation second = read(out.at(at(4)), first.standing(), there);

        assertThat(there.signIn().holdsAt(at(4))).isTrue();
        assertThat(second.signals().stream()
                        .reduce(there, Situation::fold, (one, other) -> other)
                        .signIn()
                        .holdsAt(at(4)))
                .isFalse();
    }

    /** Both presences are of that second, and the row is changed a moment later. */
    @Test
    void whoSignsOutAndInWithinASecondIsInWhereSecondsAreAllThatIsTold() {
        Situation out = IN.fold(new Signal.SignedOut(Source.DYNAMICS, SourceTime.at(at(0)), at(0)));
        Row back = Row.of(AVAILABLE, at(0))
                .bySystem(LOGIN)
                .with(StatusFields.WHOLE_SECONDS, "true")
                .with(StatusFields.CHANGED_ON, at(1).toString())
                .read();
        Interpretation read = read(back.at(at(60)), Standing.NEW, out);

        assertThat(read.signals().stream()
                        .reduce(out, Situation::fold, (one, other) -> other)
                        .signIn()
                        .holdsAt(at(60)))
                .isTrue();
    }

    @Test
    void comingBackFromALostConnectionIsNoLogin() {
        Situation leaving =
                IN.fold(read(Row.of(OFFLINE, at(0)).bySystem(OTHER), 1).signals());
        Interpretation back = read(Row.of(AVAILABLE, at(60)).at(at(61)), Standing.NEW, leaving);

        assertThat(back.signals()).contains(new Signal.SignedIn(Source.DYNAMICS, SourceTime.at(at(60)), false));
        assertThat(leaving.fold(back.signals()).signIn().holdsAt(at(3600))).isTrue();
    }

    private static final Situation OUT =
            IN.fold(new Signal.SignedOut(Source.DYNAMICS, SourceTime.at(at(-60)), at(-60)));

    @Test
    void aLateMessageOfALoginOrALogoutCountsAndAnyOtherDoesNot() {
        Standing later = Standing.NEW.seeing(
                Row.of(AWAY, at(50)).byPerson().with(StatusFields.LAGS, "0").at(at(51)));

        assertThat(read(Row.of(OFFLINE, at(0)).loggedOut().bySystem(LOGOUT).at(at(60)), later, IN)
                        .signals())
                .contains(new Signal.SignedOut(Source.DYNAMICS, SourceTime.at(at(0)), at(0)));
        assertThat(read(Row.of(AVAILABLE, at(0)).bySystem(LOGIN).at(at(60)), later, OUT)
                        .signals())
                .hasAtLeastOneElementOfType(Signal.SignedIn.class);
        assertThat(read(Row.of(AVAILABLE, at(0)).bySystem(OTHER).at(at(60)), later, OUT)
                        .signals())
                .noneMatch(Signal.SignedIn.class::isInstance);
    }

    @Test
    void whoIsOutIsNotSignedOutAgainButByALogout() {
        assertThat(read(Row.of(OFFLINE, at(0)).loggedOut().bySystem(OTHER).at(at(1)), Standing.NEW, OUT)
                        .signals())
                .isEmpty();
        assertThat(read(Row.of(OFFLINE, at(0)).loggedOut().bySystem(LOGOUT).at(at(1)), Standing.NEW, OUT)
                        .signals())
                .containsExactly(new Signal.SignedOut(Source.DYNAMICS, SourceTime.at(at(0)), at(0)));
        assertThat(read(Row.of(OFFLINE, at(0)).loggedOut().bySystem(OTHER).at(at(1)), Standing.NEW, Situation.unknown())
                        .signals())
                .containsExactly(new Signal.SignedOut(Source.DYNAMICS, SourceTime.at(at(0)), at(165)));
    }

    @Test
    void whoWasOutAndIsInHasSignedInWhenTheRowLastChanged() {
        Row row = Row.of(BUSY, at(0)).bySystem(OTHER);

        assertThat(read(row.with(StatusFields.CHANGED_ON, at(3).toString()).at(at(4)), Standing.NEW, OUT)
                        .signals())
                .containsExactly(new Signal.SignedIn(Source.DYNAMICS, SourceTime.at(at(3)), true));
        assertThat(read(row.with(StatusFields.CHANGED_ON, at(-3).toString()).at(at(1)), Standing.NEW, OUT)
                        .signals())
                .containsExactly(new Signal.SignedIn(Source.DYNAMICS, SourceTime.at(at(0)), true));
    }

    @Test
    void whoIsSeenForTheFirstTimeSignedInNoLaterThanNowAndByALoginsMessageWhenItSays() {
        Row row = Row.of(BUSY, at(0));

        assertThat(read(row.bySystem(OTHER).at(at(4)), Standing.NEW, Situation.unknown())
                        .signals())
                .containsExactly(new Signal.SignedIn(Source.DYNAMICS, SourceTime.at(at(4)), true));
        assertThat(read(row.bySystem(LOGIN).at(at(4)), Standing.NEW, Situation.unknown())
                        .signals())
                .containsExactly(new Signal.SignedIn(Source.DYNAMICS, SourceTime.at(at(0)), true));
    }

    @Test
    void whoCameBackAfterALostConnectionIsNotComingBackAgain() {
        Situation back = IN.fold(new Signal.SignedOut(Source.DYNAMICS, SourceTime.at(at(-60)), at(105)))
                .fold(new Signal.SignedIn(Source.DYNAMICS, SourceTime.at(at(-30)), false));

        Situation again = OUT.fold(new Signal.SignedIn(Source.DYNAMICS, SourceTime.at(at(-30)), true));

        assertThat(read(Row.of(BUSY, at(0)).at(at(1)), Standing.NEW, again).signals())
                .as("who went home, and has come again")
                .isEmpty();
        assertThat(read(Row.of(BUSY, at(0)).at(at(1)), Standing.NEW, back).signals())
                .isEmpty();
    }

    @Test
    void whatWasChosenElsewhereOutlastsWhatDynamicsComputes() {
        Situation teams = IN.fold(new Signal.Choice(
                Source.TEAMS, SourceTime.at(at(-60)), Status.AVAILABLE, Optional.empty(), Optional.empty()));

        assertThat(read(Row.of(BUSY, at(0)).at(at(1)), Standing.NEW, teams).signals())
                .isEmpty();
    }

    @Test
    void workInHandIsAFactUntilItIsDone() {
        Interpretation working = read(Row.of(BUSY, at(0)).working(2), 1);
        Situation busy = IN.fold(working.signals());

        assertThat(working.signals())
                .contains(new Signal.Fact(
                        Source.DYNAMICS, SourceTime.at(at(0)), StatusInterpreter.WORK, Status.BUSY, Optional.empty()));
        assertThat(read(Row.of(BUSY, at(5)).working(1).at(at(6)), working.standing(), busy)
                        .signals())
                .isEmpty();
        assertThat(read(Row.of(AVAILABLE, at(9)).at(at(10)), working.standing(), busy)
                        .signals())
                .contains(new Signal.FactEnded(Source.DYNAMICS, SourceTime.at(at(9)), StatusInterpreter.WORK));
    }

    @Test
    void anOlderCountOfWorkThatComesLateSaysNothing() {
        Interpretation done = read(Row.of(AVAILABLE, at(9)), 10);

        assertThat(read(Row.of(BUSY, at(5)).working(1).at(at(11)), done.standing(), IN)
                        .signals())
                .noneMatch(Signal.Fact.class::isInstance);
    }

    @Test
    void inactiveAndARejectionAreFactsUntilSomethingElseShows() {
        Interpretation inactive = read(Row.of(INACTIVE, at(0)), 1);
        Interpretation rejected = read(Row.of(DND, at(0)).bySystem(REJECTED), 1);

        assertThat(inactive.signals()).contains(unanswered(Status.AWAY));
        assertThat(rejected.signals()).contains(unanswered(Status.DO_NOT_DISTURB));
        assertThat(read(
                                Row.of(AVAILABLE, at(9)).byPerson().at(at(10)),
                                inactive.standing(),
                                IN.fold(inactive.signals()))
                        .signals())
                .contains(new Signal.FactEnded(Source.DYNAMICS, SourceTime.at(at(9)), StatusInterpreter.UNANSWERED));
    }

    private static Signal unanswered(Status status) {
        return new Signal.Fact(
                Source.DYNAMICS, SourceTime.at(at(0)), StatusInterpreter.UNANSWERED, status, Optional.empty());
    }

    @Test
    void aClockThatRunsAheadDoesNotWinForEver() {
        assertThat(read(Row.of(AWAY, at(600)).byPerson(), 1).signals())
                .allSatisfy(signal -> assertThat(signal.moment().at()).isBeforeOrEqualTo(at(1)));
    }

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @DisplayName("messages that overtake each other end in the same row and the same choice")
    void orderOfMessages(long seed) {
        List<Row> day = List.of(
                Row.of(AVAILABLE, at(0)).byPerson(),
                Row.of(BUSY, at(10)).working(1),
                Row.of(BUSY, at(20)).working(2),
                Row.of(AWAY, at(30)).byPerson().working(1),
                Row.of(DND, at(40)).byPerson().working(0));
        Random random = new Random(seed);
        List<Row> shuffled = new java.util.ArrayList<>(day);
        java.util.Collections.shuffle(shuffled, random);
        Standing standing = Standing.NEW;
        Situation situation = IN;
        for (int i = 0; i < shuffled.size(); i++) {
            Interpretation meaning = read(shuffled.get(i).at(at(60 + i)), standing, situation);
            standing = meaning.standing();
            situation = situation.fold(meaning.signals());
        }

        StatusView row = new StatusView(standing.observed().orElseThrow());
        assertThat(row.presenceId()).contains(DND);
        assertThat(row.conversations()).contains(0);
        assertThat(situation.choices().latest().map(KnownChoice::status)).contains(Status.DO_NOT_DISTURB);
        assertThat(situation.facts().open(Source.DYNAMICS, StatusInterpreter.WORK))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {-600, -30, 30, 149, 600})
    @DisplayName("a clock that is wrong by minutes is set right by how long its messages seem to take")
    void aWrongClock(long behind) {
        Instant picked = at(0).minusSeconds(behind);
        Interpretation meaning = read(Row.of(AWAY, picked).byPerson().at(at(0)), Standing.NEW, IN);

        assertThat(meaning.signals())
                .filteredOn(Signal.Choice.class::isInstance)
                .singleElement()
                .satisfies(signal -> assertThat(signal.moment().at()).isEqualTo(at(0)));
    }

    @Test
    void oneDelayedMessageDoesNotMakeTheClockWrong() {
        Interpretation prompt = read(Row.of(BUSY, at(0)).byPerson().at(at(1)), Standing.NEW, IN);
        Interpretation delayed = read(Row.of(AWAY, at(60)).byPerson().at(at(150)), prompt.standing(), IN);
        Interpretation next = read(Row.of(DND, at(200)).byPerson().at(at(201)), delayed.standing(), IN);

        assertThat(delayed.signals())
                .filteredOn(Signal.Choice.class::isInstance)
                .extracting(signal -> signal.moment().at())
                .containsOnly(at(60));
        assertThat(next.signals())
                .filteredOn(Signal.Choice.class::isInstance)
                .extracting(signal -> signal.moment().at())
                .containsOnly(at(200));
    }

    @Test
    void aClockThatAgreesIsNotNotedAgainAndAgain() {
        Interpretation first = read(Row.of(AWAY, at(0)).byPerson().at(at(4)), Standing.NEW, IN);
        Interpretation second = read(Row.of(DND, at(9)).byPerson().at(at(10)), first.standing(), IN);

        assertThat(second.standing().observed().orElseThrow().field(StatusFields.LAGS))
                .contains("0");
    }
}
