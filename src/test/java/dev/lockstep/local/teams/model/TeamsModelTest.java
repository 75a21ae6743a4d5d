package dev.lockstep.local.teams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.concurrent.SettableClock;
import dev.lockstep.local.teams.model.TeamsBehaviour.SameClass;
import dev.lockstep.local.teams.model.TeamsRefusal.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TeamsModelTest {
    private static final String APP = "app-1";
    private static final String RITA = "rita";
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private final SettableClock clock = new SettableClock(START);
    private final List<ShownChange> changes = new ArrayList<>();
    private TeamsModel model;

    @BeforeEach
    void make() {
        use(TeamsBehaviour.harsh().withReadLag(Duration.ZERO));
    }

    private void use(TeamsBehaviour rules) {
        model = new TeamsModel(clock, rules);
        model.addUser(RITA);
        model.onChange(changes::add);
    }

    @Test
    void showsOfflineWhileNothingSpeaks() {
        assertThat(shown()).isEqualTo(Pair.OFFLINE);
    }

    /** The order of learn.microsoft.com/graph/cloud-communications-manage-presence-state, our session against theirs. */
    @ParameterizedTest
    @CsvSource({
        "Available/Available, active, Available/Available",
        "Available/Available, idle, Available/Available",
        "Available/Available, call, Busy/InACall",
        "Available/Available, presenting, DoNotDisturb/Presenting",
        "Away/Away, active, Available/Available",
        "Away/Away, idle, Away/Away",
        "Away/Away, call, Busy/InACall",
        "Away/Away, closed, Away/Away",
        "Busy/InACall, active, Busy/InACall",
        "Busy/InACall, idle, Busy/InACall",
        "Busy/InACall, presenting, DoNotDisturb/Presenting",
        "Busy/InACall, conference, Busy/InAConferenceCall",
        "Busy/InACall, meeting, Busy/InAMeeting",
        "Busy/InACall, closed, Busy/InACall",
        "DoNotDisturb/Presenting, active, DoNotDisturb/Presenting",
        "DoNotDisturb/Presenting, call, DoNotDisturb/Presenting",
        "DoNotDisturb/Presenting, meeting, DoNotDisturb/Presenting"
    })
    void showsTheHighestSession(String ours, String theirs, String expected) {
        client(theirs);
        model.setPresence(APP, RITA, APP, pair(ours), Optional.of(Duration.ofHours(1)));

        assertThat(shown()).isEqualTo(pair(expected));
    }

    @ParameterizedTest
    @CsvSource({"PERSON_FIRST, Busy/InAConferenceCall", "APPLICATION_FIRST, Busy/InACall", "MOST_RECENT, Busy/InACall"})
    void leavesOpenWhoShowsWithinOneClass(SameClass who, String expected) {
        use(TeamsBehaviour.harsh().withReadLag(Duration.ZERO).withSameClass(who));
        client("conference");
        clock.advance(Duration.ofSeconds(1));
        model.setPresence(APP, RITA, APP, Pair.IN_A_CALL, Optional.empty());

        assertThat(shown()).isEqualTo(pair(expected));
    }

    @ParameterizedTest
    @CsvSource({"0, Available", "299, Available", "300, AvailableInactive", "599, AvailableInactive"})
    void letsOurAvailableFadeWhateverItsExpiry(long seconds, String activity) {
        model.setPresence(APP, RITA, APP, Pair.AVAILABLE, Optional.of(Duration.ofHours(4)));
        clock.advance(Duration.ofSeconds(seconds));

        assertThat(shown()).isEqualTo(new Pair("Available", activity));
    }

    @Test
    void fadesToAwayAndThenExpires() {
        model.setPresence(APP, RITA, APP, Pair.AVAILABLE, Optional.of(Duration.ofHours(4)));

        clock.advance(Duration.ofMinutes(10));
        assertThat(shown()).isEqualTo(Pair.AWAY);
        clock.advance(Duration.ofMinutes(229));
        assertThat(shown()).isEqualTo(Pair.AWAY);
        clock.advance(Duration.ofMinutes(1));
        assertThat(shown()).isEqualTo(Pair.OFFLINE);
    }

    @Test
    void startsFadingAnewWhenAvailableIsSentAgain() {
        model.setPresence(APP, RITA, APP, Pair.AVAILABLE, Optional.of(Duration.ofHours(4)));
        clock.advance(Duration.ofMinutes(4));
        model.setPresence(APP, RITA, APP, Pair.AVAILABLE, Optional.of(Duration.ofHours(4)));
        clock.advance(Duration.ofMinutes(4));

        assertThat(shown()).isEqualTo(Pair.AVAILABLE);
    }

    @Test
    void neverFadesACall() {
        model.setPresence(APP, RITA, APP, Pair.IN_A_CALL, Optional.of(Duration.ofHours(4)));
        clock.advance(Duration.ofMinutes(239));

        assertThat(shown()).isEqualTo(Pair.IN_A_CALL);
    }

    @Test
    void expiresAfterFiveMinutesUnlessToldOtherwise() {
        model.setPresence(APP, RITA, APP, Pair.IN_A_CALL, Optional.empty());

        clock.advance(Duration.ofSeconds(299));
        assertThat(shown()).isEqualTo(Pair.IN_A_CALL);
        clock.advance(Duration.ofSeconds(1));
        assertThat(shown()).isEqualTo(Pair.OFFLINE);
    }

    @Test
    void keepsOneSessionForEachApplication() {
        model.setPresence(APP, RITA, APP, Pair.IN_A_CALL, Optional.empty());
        model.setPresence("app-2", RITA, "APP-2", Pair.AWAY, Optional.empty());
        model.clearPresence(APP, RITA, APP);

        assertThat(shown()).isEqualTo(Pair.AWAY);
        assertThat(model.inside(RITA).applications()).containsOnlyKeys("app-2");
    }

    @ParameterizedTest
    @CsvSource({
        "Busy/Busy",
        "DoNotDisturb/DoNotDisturb",
        "BeRightBack/BeRightBack",
        "Offline/OffWork",
        "Offline/Offline",
        "Busy/InAMeeting",
        "Available/InACall",
        "available/available",
        "Away/Available"
    })
    void refusesOtherPairsForASession(String refused) {
        refuses(Reason.PAIR_NOT_ALLOWED, () -> model.setPresence(APP, RITA, APP, pair(refused), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"Busy/InACall", "Offline/Offline", "DoNotDisturb/Presenting", "Available/Away"})
    void refusesOtherPairsForTheSlot(String refused) {
        refuses(Reason.PAIR_NOT_ALLOWED, () -> model.setPreferred(RITA, pair(refused), Optional.empty()));
    }

    @Test
    void refusesASessionThatIsNotTheCallers() {
        refuses(Reason.NOT_YOUR_SESSION, () -> model.setPresence(APP, RITA, "app-2", Pair.AWAY, Optional.empty()));
        refuses(Reason.NOT_YOUR_SESSION, () -> model.clearPresence(APP, RITA, "app-2"));
    }

    @ParameterizedTest
    @CsvSource({"PT4M59S", "PT4H1S", "PT0S", "-PT5M"})
    void refusesDurationsOutOfRange(Duration life) {
        refuses(Reason.DURATION_OUT_OF_RANGE, () -> model.setPresence(APP, RITA, APP, Pair.AWAY, Optional.of(life)));
    }

    @ParameterizedTest
    @CsvSource({"PT5M", "PT4H"})
    void takesDurationsAtTheEdge(Duration life) {
        model.setPresence(APP, RITA, APP, Pair.AWAY, Optional.of(life));

        assertThat(shown()).isEqualTo(Pair.AWAY);
    }

    @Test
    void refusesToClearWhatIsNotThere() {
        refuses(Reason.NO_SUCH_SESSION, () -> model.clearPresence(APP, RITA, APP));
        model.setPresence(APP, RITA, APP, Pair.AWAY, Optional.empty());
        clock.advance(Duration.ofMinutes(5));
        refuses(Reason.NO_SUCH_SESSION, () -> model.clearPresence(APP, RITA, APP));
    }

    @Test
    void refusesStrangersAndUsersWithoutTeams() {
        model.addUserWithoutTeams("guest");

        refuses(Reason.UNKNOWN_USER, () -> model.read("nobody"));
        refuses(Reason.NOT_A_TEAMS_USER, () -> model.setPresence(APP, "guest", APP, Pair.AWAY, Optional.empty()));
        assertThat(model.read("guest").pair()).isEqualTo(Pair.UNKNOWN);
    }

    @Test
    void refusesAMessageThatIsTooLong() {
        refuses(Reason.MESSAGE_TOO_LONG, () -> model.setStatusMessage(RITA, "x".repeat(281), Optional.empty()));
    }

    @Test
    void preferredBeatsEverySessionButShowsOnlyWhileThereIsOne() {
        model.setPreferred(RITA, Pair.BE_RIGHT_BACK, Optional.empty());
        assertThat(shown()).isEqualTo(Pair.OFFLINE);

        model.setPresence(APP, RITA, APP, Pair.PRESENTING, Optional.empty());
        assertThat(shown()).isEqualTo(Pair.BE_RIGHT_BACK);

        clock.advance(Duration.ofMinutes(5));
        assertThat(shown()).isEqualTo(Pair.OFFLINE);

        model.signInClient(RITA);
        assertThat(shown()).isEqualTo(Pair.BE_RIGHT_BACK);
    }

    @Test
    void appearsOfflineOnlyWhileASessionExists() {
        model.signInClient(RITA);
        model.choose(RITA, Pair.APPEAR_OFFLINE);
        assertThat(shown()).isEqualTo(Pair.APPEAR_OFFLINE);

        model.closeClient(RITA);
        assertThat(shown()).isEqualTo(Pair.OFFLINE);
    }

    @Test
    void sharesTheSlotBetweenPersonAndApplication() {
        model.signInClient(RITA);
        model.choose(RITA, Pair.DO_NOT_DISTURB);
        model.setPreferred(RITA, Pair.AWAY, Optional.empty());
        assertThat(shown()).isEqualTo(Pair.AWAY);

        model.resetStatus(RITA);
        assertThat(shown()).isEqualTo(Pair.AVAILABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "Busy/Busy, 1",
        "DoNotDisturb/DoNotDisturb, 1",
        "Available/Available, 7",
        "BeRightBack/BeRightBack, 7",
        "Away/Away, 7",
        "Offline/OffWork, 7"
    })
    void endsAPreferredStatusByItself(String preferred, long days) {
        client("idle");
        model.startCall(RITA);
        model.choose(RITA, pair(preferred));

        clock.advance(Duration.ofDays(days).minusSeconds(1));
        assertThat(shown()).isEqualTo(pair(preferred));
        clock.advance(Duration.ofSeconds(1));
        assertThat(shown()).isEqualTo(Pair.IN_A_CALL);
    }

    @Test
    void takesAClearedSlotLightly() {
        assertThatCode(() -> model.clearPreferred(RITA)).doesNotThrowAnyException();
    }

    @Test
    void followsThePersonsOwnClients() {
        model.signInClient(RITA);
        model.signInClient(RITA, "mobile");
        model.goIdle(RITA);
        assertThat(shown()).isEqualTo(Pair.AWAY);

        model.comeBack(RITA);
        model.startCall(RITA);
        model.goIdle(RITA);
        assertThat(shown()).isEqualTo(Pair.IN_A_CALL);

        model.endCall(RITA);
        assertThat(shown()).isEqualTo(Pair.AWAY);

        model.closeClient(RITA, "mobile");
        assertThat(shown()).isEqualTo(Pair.AWAY);
        model.closeClient(RITA);
        assertThat(shown()).isEqualTo(Pair.OFFLINE);
    }

    @Test
    void showsMeetingsFromTheCalendar() {
        model.signInClient(RITA);
        model.meeting(RITA, START.plusSeconds(60), START.plusSeconds(120));
        assertThat(shown()).isEqualTo(Pair.AVAILABLE);
        clock.advance(Duration.ofSeconds(60));
        assertThat(shown()).isEqualTo(Pair.IN_A_MEETING);
        clock.advance(Duration.ofSeconds(60));
        assertThat(shown()).isEqualTo(Pair.AVAILABLE);
    }

    @ParameterizedTest
    @CsvSource({"true, Offline/Offline", "false, Busy/InAMeeting"})
    void leavesOpenWhetherTheCalendarShowsWithoutASession(boolean needs, String expected) {
        use(TeamsBehaviour.harsh().withReadLag(Duration.ZERO).withCalendarNeedsSession(needs));
        model.meeting(RITA, START, START.plusSeconds(120));

        assertThat(shown()).isEqualTo(pair(expected));
    }

    @Test
    void showsOutOfOfficeBesideAvailable() {
        model.signInClient(RITA);
        model.outOfOffice(RITA, true);

        assertThat(shown()).isEqualTo(Pair.AVAILABLE_OUT_OF_OFFICE);
        assertThat(model.read(RITA).outOfOffice()).isTrue();
        model.startCall(RITA);
        assertThat(shown()).isEqualTo(Pair.IN_A_CALL);
    }

    @Test
    void readsLagBehind() {
        use(TeamsBehaviour.harsh().withReadLag(Duration.ofSeconds(3)));
        model.signInClient(RITA);
        clock.advance(Duration.ofSeconds(10));
        model.startCall(RITA);

        clock.advance(Duration.ofMillis(2_999));
        assertThat(shown()).isEqualTo(Pair.AVAILABLE);
        assertThat(model.actual(RITA).pair()).isEqualTo(Pair.IN_A_CALL);
        clock.advance(Duration.ofMillis(1));
        assertThat(shown()).isEqualTo(Pair.IN_A_CALL);
    }

    @Test
    void tellsOfEveryChangeAtItsTimeEvenWhenTimeAloneMadeIt() {
        model.setPresence(APP, RITA, APP, Pair.AVAILABLE, Optional.of(Duration.ofMinutes(15)));
        clock.advance(Duration.ofHours(1));
        model.advance();

        assertThat(changes)
                .extracting(change -> change.after().pair())
                .containsExactly(Pair.AVAILABLE, Pair.AVAILABLE_INACTIVE, Pair.AWAY, Pair.OFFLINE);
        assertThat(changes)
                .extracting(ShownChange::at)
                .containsExactly(
                        START,
                        START.plus(Duration.ofMinutes(5)),
                        START.plus(Duration.ofMinutes(10)),
                        START.plus(Duration.ofMinutes(15)));
        assertThat(changes)
                .extracting(change -> change.after().sequenceNumber())
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void saysNothingWhenNothingThatShowsHasChanged() {
        model.signInClient(RITA);
        model.startCall(RITA);
        changes.clear();
        String before = model.read(RITA).sequenceNumber();
        model.setPresence(APP, RITA, APP, Pair.IN_A_CALL, Optional.empty());

        assertThat(changes).isEmpty();
        assertThat(model.read(RITA).sequenceNumber()).isEqualTo(before);
    }

    @Test
    void tellsAMessageFromAChangeOfStatus() {
        model.setStatusMessage(RITA, "back at 3", Optional.of(START.plusSeconds(60)));
        clock.advance(Duration.ofSeconds(60));
        model.advance();

        assertThat(changes).hasSize(2).noneMatch(ShownChange::isOfPair);
        assertThat(changes.get(0).after().message())
                .hasValueSatisfying(message -> assertThat(message.text()).isEqualTo("back at 3"));
        assertThat(changes.get(1).after().message()).isEmpty();
    }

    @Test
    void tellsWhenTimeWillNextChangeSomething() {
        assertThat(model.nextTurn()).isEmpty();
        model.setPresence(APP, RITA, APP, Pair.AVAILABLE, Optional.of(Duration.ofHours(1)));

        assertThat(model.nextTurn()).hasValue(START.plus(Duration.ofMinutes(5)));
    }

    /** What shows must not depend on how often anybody looked. */
    @Test
    void comesToTheSameEndWhetherLookedAtOrNot() {
        SettableClock otherClock = new SettableClock(START);
        TeamsModel unseen = new TeamsModel(otherClock, TeamsBehaviour.harsh().withReadLag(Duration.ZERO));
        unseen.addUser(RITA);
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 2_000; i++) {
            Duration pause = Duration.ofSeconds(random.nextInt(200));
            int deed = random.nextInt(9);
            clock.advance(pause);
            otherClock.advance(pause);
            model.read(RITA);
            model.advance();
            act(model, deed);
            act(unseen, deed);
        }
        assertThat(model.actual(RITA).pair()).isEqualTo(unseen.actual(RITA).pair());
        assertThat(model.actual(RITA).sequenceNumber())
                .isEqualTo(unseen.actual(RITA).sequenceNumber());
    }

    private static void act(TeamsModel on, int deed) {
        switch (deed) {
            case 0 -> on.setPresence(APP, RITA, APP, Pair.AVAILABLE, Optional.of(Duration.ofMinutes(20)));
            case 1 -> on.setPresence(APP, RITA, APP, Pair.IN_A_CALL, Optional.empty());
            case 2 -> on.signInClient(RITA);
            case 3 -> on.closeClient(RITA);
            case 4 -> on.setPreferred(RITA, Pair.BUSY, Optional.of(Duration.ofMinutes(6)));
            case 5 -> on.resetStatus(RITA);
            case 6 -> on.startCall(RITA);
            case 7 -> on.endCall(RITA);
            default -> on.goIdle(RITA);
        }
    }

    private void client(String state) {
        if (!state.equals("closed")) {
            model.signInClient(RITA);
        }
        switch (state) {
            case "idle" -> model.goIdle(RITA);
            case "call" -> model.startCall(RITA);
            case "conference" -> model.startConferenceCall(RITA);
            case "presenting" -> model.startPresenting(RITA);
            case "meeting" -> model.meeting(RITA, START, START.plusSeconds(3_600));
            default -> {}
        }
    }

    private Pair shown() {
        return model.read(RITA).pair();
    }

    private static Pair pair(String text) {
        String[] parts = text.split("/");
        return new Pair(parts[0], parts[1]);
    }

    private static void refuses(Reason reason, Runnable deed) {
        assertThatExceptionOfType(TeamsRefusal.class).isThrownBy(deed::run).returns(reason, TeamsRefusal::reason);
    }
}
