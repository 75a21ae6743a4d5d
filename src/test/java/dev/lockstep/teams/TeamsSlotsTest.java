package dev.lockstep.teams;

import static dev.lockstep.teams.GivenTeams.done;
import static dev.lockstep.teams.GivenTeams.shown;
import static dev.lockstep.teams.TeamsPlatform.PREFERRED;
import static dev.lockstep.teams.TeamsPlatform.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.platform.DesiredPresence;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.GivenWish;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.Plan;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.ReadablePlatform.Interpretation;
import dev.lockstep.platform.Standing;
import dev.lockstep.platform.Subject;
import dev.lockstep.presence.Decision;
import dev.lockstep.presence.KnownChoice;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.presence.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The tables of {@link TeamsSlots}, cell by cell.
 *
 * <p>What we wrote is told as {@code s:} or {@code p:} (session, preferred), the value and how many seconds ago; a value
 * {@code -} was taken back; {@code ?} after the seconds is a write without an answer, {@code !} one that was seen. A look is told as what it
 * showed and how many seconds ago.
 */
class TeamsSlotsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration LIFE = Duration.ofHours(8);

    private static Instant ago(String seconds) {
        return NOW.minusSeconds(Long.parseLong(seconds));
    }

    private static LedgerEntry write(String told) {
        String[] parts = told.replaceAll("[?!]", "").split(":");
        String slot = parts[0].equals("s") ? SESSION : PREFERRED;
        boolean takenBack = parts[1].equals("-");
        LedgerEntry done = done(slot, takenBack ? "" : parts[1], ago(parts[2]), LIFE);
        return new LedgerEntry(
                slot, done.value(), done.at(), takenBack ? Optional.empty() : done.until(), outcome(told));
    }

    private static LedgerEntry.Outcome outcome(String told) {
        return switch (told.charAt(told.length() - 1)) {
            case '?' -> LedgerEntry.Outcome.UNKNOWN;
            case '!' -> LedgerEntry.Outcome.SEEN;
            default -> LedgerEntry.Outcome.DONE;
        };
    }

    private static Standing written(String writes) {
        Standing standing = Standing.NEW;
        for (String told : writes == null ? new String[0] : writes.split(" ")) {
            standing = standing.intending(write(told));
        }
        return standing;
    }

    private static Optional<Observation> look(String told) {
        return Optional.ofNullable(told)
                .map(look -> look.split(":"))
                .map(parts -> shown(parts[0], parts.length > 1 ? ago(parts[1]) : NOW));
    }

    private static String name(TeamsSlots slots) {
        return slots.getClass().getSimpleName() + (lost(slots).isPresent() ? " lost" : "");
    }

    private static Optional<LedgerEntry> lost(TeamsSlots slots) {
        return switch (slots) {
            case TeamsSlots.Ours ours -> ours.lost();
            case TeamsSlots.Theirs theirs -> theirs.lost();
            case TeamsSlots.Blind blind -> Optional.empty();
            case TeamsSlots.Lagging lagging -> Optional.empty();
            case TeamsSlots.Covered covered -> Optional.empty();
            case TeamsSlots.Uncovering uncovering -> Optional.empty();
        };
    }

    // The person is on a call as far as Teams told, and picked Be right back there.
    @ParameterizedTest(name = "{0}, {1} is {2}: {3}")
    @CsvSource(nullValues = "nothing", textBlock = """
            # written                              , shown                        , state      , read as
            nothing                                , PresenceUnknown/PresenceUnknown, Unreadable, ''
            s:Available/Available:100              , Busy/Busy:100                , Unreadable , ''
            s:Busy/InACall:400 s:Available/Available:20, Busy/InACall             , Lagging    , doubtful
            p:DoNotDisturb/DoNotDisturb:400 p:Busy/Busy:20, DoNotDisturb/DoNotDisturb, Lagging , doubtful
            p:Busy/Busy:200 p:-:40 s:Available/Available:20, Busy/Busy            , Theirs     , FactEnded BUSY
            s:Available/Available:100              , Available/Available          , Ours       , FactEnded ChoiceWithdrawn
            s:Busy/InACall:100                     , Busy/InACall                 , Ours       , ChoiceWithdrawn
            s:Available/Available:100 p:Busy/Busy:100, Available/Available        , Ours lost  , FactEnded AVAILABLE dropped
            s:Available/Available:100 p:Busy/Busy:100?, Available/Available       , Ours lost  , FactEnded ChoiceWithdrawn dropped
            s:Busy/InACall:100 p:Busy/Busy:100     , Busy/InACall                 , Ours lost  , AVAILABLE dropped
            s:Available/Available:20 p:Busy/Busy:20, Available/Available          , Ours       , FactEnded ChoiceWithdrawn
            s:Available/Available:100 p:Busy/Busy:100, Busy/Busy                  , Covered    , FactEnded
            s:Available/Available:99 p:Busy/Busy:99 p:-:10?, Busy/Busy            , Uncovering , doubtful
            s:Available/Available:99 p:Busy/Busy:99 p:-:30?, Busy/Busy            , Covered    , FactEnded
            s:Available/Available:100              , Busy/InAMeeting              , Theirs     , IN_A_MEETING
            s:Available/Available:100 p:Busy/Busy:100, Busy/InAMeeting            , Theirs lost, IN_A_MEETING
            s:Available/Available:100              , DoNotDisturb/DoNotDisturb    , Theirs     , FactEnded DO_NOT_DISTURB
            s:Available/Available:100 p:Busy/Busy:100, DoNotDisturb/DoNotDisturb  , Theirs lost, FactEnded DO_NOT_DISTURB dropped
            s:Busy/InACall:100                     , Available/Available          , Theirs     , FactEnded ChoiceWithdrawn
            s:Busy/InACall:100 p:Busy/Busy:100     , Available/Available          , Theirs lost, FactEnded AVAILABLE dropped
            s:Available/Available:100              , Available/AvailableInactive  , Theirs     , FactEnded ChoiceWithdrawn
            s:Available/Available:100 p:Busy/Busy:100, Available/AvailableInactive, Theirs lost, FactEnded AVAILABLE dropped
            s:Available/Available:400              , Away/Away                    , Theirs     , FactEnded AWAY
            s:Available/Available:400 p:Busy/Busy:100, Away/Away                  , Theirs lost, FactEnded AWAY dropped
            s:Available/Available:100              , Away/Away                    , Theirs     , FactEnded AWAY
            s:Busy/InACall:400                     , Away/Away                    , Theirs     , FactEnded AWAY
            s:Available/Available:100              , Whatever/New                 , Theirs     , FactEnded
            s:Available/Available:100 p:Busy/Busy:100, Whatever/New               , Theirs lost, FactEnded dropped
            s:Available/Available:100 p:Busy/Busy:100, Offline/Offline            , Theirs     , FactEnded
            p:DoNotDisturb/DoNotDisturb:28800 s:Available/Available:20, DoNotDisturb/DoNotDisturb, Theirs, FactEnded DO_NOT_DISTURB
            """)
    void everyStateIsReadInItsWay(String writes, String look, String state, String readAs) {
        Standing standing = written(writes);
        Observation seen = look(look).orElseThrow();

        assertThat(name(TeamsLook.of(seen, standing, GivenPlatforms.shippedMapping(), GivenTeams.RULES, NOW)))
                .isEqualTo(state);
        assertThat(read(seen, standing)).isEqualTo(readAs);
    }

    private static String read(Observation seen, Standing standing) {
        SourceTime before = SourceTime.at(NOW.minusSeconds(600));
        Situation situation = Situation.unknown()
                .fold(new Signal.Fact(
                        Source.TEAMS,
                        before,
                        PresenceInterpreter.PRESENCE,
                        Status.ON_A_CALL,
                        Optional.of(NOW.plus(Duration.ofHours(4)))))
                .fold(new Signal.Choice(
                        Source.TEAMS, before, Status.BE_RIGHT_BACK, Optional.empty(), Optional.empty()));
        Interpretation read = new PresenceInterpreter(
                        seen, standing, situation, GivenPlatforms.shippedMapping(), GivenTeams.RULES, NOW)
                .interpretation();
        boolean dropped = standing.ledger().heldIn(PREFERRED, NOW).isPresent()
                && read.standing().ledger().heldIn(PREFERRED, NOW).isEmpty();
        return Stream.of(
                        read.signals().stream().map(TeamsSlotsTest::told),
                        Stream.of("doubtful").filter(word -> read.doubtful()),
                        Stream.of("dropped").filter(word -> dropped))
                .flatMap(words -> words)
                .collect(Collectors.joining(" "));
    }

    private static String told(Signal signal) {
        return switch (signal) {
            case Signal.Fact fact -> fact.status().name();
            case Signal.Choice choice -> choice.status().name();
            default -> signal.getClass().getSimpleName();
        };
    }

    // What is wished: a status, and where the person chose last, if that is told.
    @ParameterizedTest(name = "{0}, {1} is {2}; wished {3}: {4}, {5}")
    @CsvSource(nullValues = "nothing", textBlock = """
            # written                 , shown                          , state      , wished             , steps                                      , condition
            nothing                   , nothing                        , Nothing    , nothing            , ''                                         , InSync
            nothing                   , nothing                        , Nothing    , onACall            , s:Busy/InACall                             , Pending
            nothing                   , nothing                        , Nothing    , busy               , p:Busy/Busy s:Available/Available          , Pending
            nothing                   , nothing                        , Nothing    , busy in a call     , s:Available/Available                      , Pending
            nothing                   , nothing                        , Nothing    , offline            , p:Offline/OffWork                          , Pending
            nothing                   , nothing                        , Nothing    , onACall teams:busy , s:Busy/InACall                             , HeldByPerson
            nothing                   , nothing                        , Nothing    , busy teams:busy    , ''                                         , InSync
            nothing                   , nothing                        , Nothing    , onACall teams:onACall, s:Busy/InACall                           , InSync
            nothing                   , nothing                        , Nothing    , onACall teams:available, s:Busy/InACall                         , Pending
            s:Available/Available:100 p:Busy/Busy:100, nothing         , Unconfirmed, nothing            , s:- p:-                                    , Pending
            s:Available/Available:100 p:Busy/Busy:100, nothing         , Unconfirmed, onACall            , s:Busy/InACall p:-                         , Pending
            s:Available/Available:100 p:Busy/Busy:100, nothing         , Unconfirmed, onACall teams:busy , s:Busy/InACall p:-                         , Pending
            s:Available/Available:100 p:Busy/Busy:100, nothing         , Unconfirmed, busy               , ''                                         , Unconfirmed
            s:Available/Available:89 p:Busy/Busy:89  , nothing         , Unconfirmed, busy               , ''                                         , Pending
            s:Available/Available:99 p:Busy/Busy:99  , Away/Away:99    , Unreadable , nothing            , s:- p:-                                    , Pending
            s:Available/Available:99 p:Busy/Busy:99  , Away/Away:99    , Unreadable , onACall            , s:Busy/InACall p:-                         , Pending
            s:Available/Available:99 p:Busy/Busy:99  , Away/Away:99    , Unreadable , busy               , ''                                         , Unconfirmed
            s:Available/Available:89 p:Busy/Busy:89  , Away/Away:89    , Unreadable , busy               , ''                                         , Pending
            s:Available/Available:700 p:Busy/Busy:99 , Available/AvailableInactive:300, Unreadable, busy , s:Available/Available                      , Pending
            s:Available/Available:700 p:Busy/Busy:99 , Available/Available:300, Unreadable, busy         , ''                                         , Unconfirmed
            s:Available/Available:99                 , DoNotDisturb/DoNotDisturb:99, Unreadable, busy    , p:Busy/Busy                                , Pending
            s:Available/Available:100                , Available/Available, Ours    , nothing            , s:-                                        , Pending
            s:Available/Available:100                , Available/Available, Ours    , onACall            , s:Busy/InACall                             , Pending
            s:Available/Available:100                , Available/Available, Ours    , busy               , p:Busy/Busy                                , Pending
            s:Available/Available:100                , Available/Available, Ours    , available          , ''                                         , InSync
            s:Available/Available:100 p:Busy/Busy:100, Available/Available, Ours lost, busy              , ''                                         , Unconfirmed
            s:Available/Available:89 p:Busy/Busy:89  , Available/Available, Ours lost, busy              , ''                                         , Pending
            s:Available/Available:400 p:Busy/Busy:400, Available/Available, Ours lost, busy              , ''                                         , Unconfirmed
            s:Available/Available:100 p:Busy/Busy:100, Busy/Busy       , Covered    , nothing            , s:- p:-                                    , Pending
            s:Available/Available:100 p:Busy/Busy:100, Busy/Busy       , Covered    , onACall            , s:Busy/InACall p:-                         , Pending
            s:Available/Available:100 p:Busy/Busy:100, Busy/Busy       , Covered    , busy               , ''                                         , InSync
            s:Available/Available:100 p:Busy/Busy:100, Busy/Busy       , Covered    , busy in a call     , p:-                                        , Pending
            s:Available/Available:99 p:Busy/Busy:99 p:-:10?, Busy/Busy , Uncovering , nothing            , s:- p:-                                    , Pending
            s:Available/Available:99 p:Busy/Busy:99 p:-:10?, Busy/Busy , Uncovering , onACall            , s:Busy/InACall p:-                         , Pending
            s:Available/Available:99 p:Busy/Busy:99 p:-:10?, Busy/Busy , Uncovering , busy               , p:Busy/Busy                                , Pending
            s:Busy/InACall:400 s:Available/Available:20, Busy/InACall  , Lagging    , nothing            , s:-                                        , Pending
            s:Busy/InACall:400 s:Available/Available:20, Busy/InACall  , Lagging    , available          , ''                                         , InSync
            s:Busy/InACall:400 s:Available/Available:20, Busy/InACall  , Lagging    , busy               , p:Busy/Busy                                , Pending
            p:DoNotDisturb/DoNotDisturb:400 s:Available/Available:20 p:Busy/Busy:20, DoNotDisturb/DoNotDisturb, Lagging, busy, ''             , Pending over
            s:Available/Available:100                , Busy/InACall    , Theirs     , nothing            , s:-                                        , Pending
            s:Available/Available:100                , Busy/InACall    , Theirs     , available          , ''                                         , InSync
            s:Available/Available:100                , Busy/InACall    , Theirs     , busy               , p:Busy/Busy                                , Pending
            s:Available/Available:100                , Busy/InACall    , Theirs     , busy in a call     , ''                                         , InSync
            s:Available/Available:100                , DoNotDisturb/DoNotDisturb, Theirs, nothing        , s:-                                        , Pending
            s:Available/Available:100                , DoNotDisturb/DoNotDisturb, Theirs, doNotDisturb   , ''                                         , InSync
            s:Busy/InACall:100                       , DoNotDisturb/DoNotDisturb, Theirs, doNotDisturb   , s:Available/Available                      , InSync
            nothing                                  , DoNotDisturb/DoNotDisturb, Theirs, doNotDisturb   , ''                                         , InSync
            s:Available/Available:400                , DoNotDisturb/DoNotDisturb, Theirs, doNotDisturb   , ''                                         , InSync
            s:Busy/InACall:400                       , Busy/Busy       , Theirs     , onACall teams:busy , ''                                         , HeldByPerson
            s:Available/Available:100                , DoNotDisturb/DoNotDisturb, Theirs, onACall        , s:Busy/InACall                             , HeldByPerson
            s:Available/Available:100                , DoNotDisturb/DoNotDisturb, Theirs, busy teams:doNotDisturb, ''                                 , HeldByPerson
            s:Available/Available:100                , DoNotDisturb/DoNotDisturb, Theirs, busy dynamics:busy, p:Busy/Busy                             , Pending over
            nothing                                  , DoNotDisturb/DoNotDisturb, Theirs, busy dynamics:busy, p:Busy/Busy s:Available/Available       , Pending over
            s:Available/Available:100                , DoNotDisturb/DoNotDisturb, Theirs, available dynamics:available, p:Available/Available         , Pending over
            nothing                                  , DoNotDisturb/DoNotDisturb, Theirs, available dynamics:available, p:Available/Available s:Available/Available, Pending over
            s:Available/Available:100                , DoNotDisturb/DoNotDisturb, Theirs, available teams:doNotDisturb, ''                            , HeldByPerson
            s:Available/Available:100                , DoNotDisturb/DoNotDisturb, Theirs, onACall dynamics:busy, s:Busy/InACall                       , HeldByPerson
            s:Busy/InACall:29                        , Available/Available, Theirs  , onACall            , ''                                         , Pending
            s:Busy/InACall:30                        , Available/Available, Theirs  , onACall            , s:Busy/InACall                             , Pending
            s:Busy/InACall:5!                        , Available/Available, Theirs  , onACall            , s:Busy/InACall                             , Pending
            s:Busy/InACall:300                       , Available/Available, Theirs  , onACall            , s:Busy/InACall                             , Pending
            s:Busy/InACall:700 s:Busy/InACall:300    , Available/Available, Theirs  , onACall            , ''                                         , HeldByPerson
            s:Busy/InACall:300                       , Busy/OutOfOffice, Theirs     , onACall            , s:Busy/InACall                             , Pending
            s:Busy/InACall:300                       , DoNotDisturb/Presenting, Theirs, onACall          , ''                                         , InSync
            s:Available/Available:100 p:DoNotDisturb/DoNotDisturb:100, Busy/InACall, Theirs lost, doNotDisturb, ''                                    , Unconfirmed
            s:Busy/InACall:700 s:Busy/InACall:299    , Away/Away       , Theirs     , onACall            , ''                                         , HeldByPerson
            s:Busy/InACall:700 s:Busy/InACall:299    , Busy/OutOfOffice, Theirs     , onACall            , ''                                         , Unconfirmed
            s:Busy/InACall:299                       , Whatever/New    , Theirs     , onACall            , ''                                         , Unconfirmed
            s:Available/Available:299                , Available/AvailableInactive, Theirs, available    , ''                                         , Unconfirmed
            s:Available/Available:300                , Available/AvailableInactive, Theirs, available    , s:Available/Available                      , Pending
            s:Available/Available:20!                , Available/AvailableInactive, Theirs, available    , s:Available/Available                      , Pending
            s:Available/Available:20!                , Away/Away       , Theirs     , available          , ''                                         , Pending
            s:Available/Available:300                , Away/Away       , Theirs     , away teams:away    , s:Available/Available                      , InSync
            s:Available/Available:299                , Away/Away       , Theirs     , away teams:away    , ''                                         , InSync
            s:Available/Available:700 s:Available/Available:4, Away/Away, Theirs    , away teams:away    , ''                                         , InSync
            s:Available/Available:700 s:Available/Available:300, Away/Away, Theirs  , available          , s:Available/Available                      , Pending
            s:Available/Available:299                , Whatever/New    , Theirs     , available          , ''                                         , Unconfirmed
            s:Available/Available:300                , Whatever/New    , Theirs     , available          , ''                                         , Unconfirmed
            s:Available/Available:100 p:Busy/Busy:100, Offline/Offline , Theirs     , nothing            , s:-                                        , Pending
            s:Available/Available:100 p:Busy/Busy:100, Offline/Offline:100, Unreadable, nothing          , s:- p:-                                    , Pending
            p:Offline/OffWork:100                    , Offline/Offline , Theirs     , offline            , ''                                         , InSync
            """)
    void everyStateIsPlannedInItsWay(
            String writes, String look, String state, String wished, String steps, String condition) {
        Standing written = written(writes);
        Standing standing = look(look).map(written::seeing).orElse(written);
        Plan plan = new SlotPlanner(wish(wished), SessionSlots.ONE, standing, GivenTeams.RULES, NOW).plan();

        assertThat(name(TeamsLook.latest(standing, GivenPlatforms.shippedMapping(), GivenTeams.RULES, NOW)))
                .isEqualTo(state);
        assertThat(plan.steps().stream().map(TeamsSlotsTest::told).collect(Collectors.joining(" ")))
                .isEqualTo(steps);
        assertThat(plan.condition().label() + (plan.overwrites() ? " over" : ""))
                .isEqualTo(condition);
    }

    private static String told(LedgerEntry step) {
        return (step.slot().equals(SESSION) ? "s:" : "p:") + (step.isTakenBack() ? "-" : step.value());
    }

    private static DesiredPresence wish(String told) {
        boolean call = told != null && told.endsWith(" in a call");
        String[] parts = told == null ? new String[0] : told.split(" ");
        Optional<Status> status = parts.length == 0 ? Optional.empty() : Status.of(parts[0]);
        Optional<KnownChoice> choice = parts.length == 2 ? Optional.of(chosen(parts[1])) : Optional.empty();
        return GivenWish.of(
                new Decision(status, status, choice, List.of(), Optional.empty()),
                true,
                GivenPlatforms.shippedMapping(),
                call ? Optional.of(Status.ON_A_CALL) : Optional.empty(),
                Optional.empty());
    }

    private static KnownChoice chosen(String told) {
        String[] parts = told.split(":");
        Source source = parts[0].equals("teams") ? Source.TEAMS : Source.DYNAMICS;
        Status status = Status.of(parts[1]).orElseThrow();
        return new KnownChoice(source, SourceTime.at(NOW.minusSeconds(5)), status, Optional.empty(), Optional.empty());
    }

    @ParameterizedTest(name = "{0}, {1} is {2}: {3}")
    @CsvSource(nullValues = "nothing", textBlock = """
            # written               , shown                          , state      , done
            nothing                 , Busy/Busy                      , Nothing    , left
            p:Busy/Busy:29000       , Busy/Busy                      , Nothing    , left
            p:Busy/Busy:20          , nothing                        , Unconfirmed, cleared
            p:Busy/Busy:100         , PresenceUnknown/PresenceUnknown, Unreadable , later
            p:Busy/Busy:100         , Offline/Offline                , Unreadable , later
            p:Busy/Busy:29          , DoNotDisturb/DoNotDisturb      , Lagging    , later
            p:Busy/Busy:100         , Busy/Busy                      , Uncovering , cleared
            p:Busy/Busy:100 p:Away/Away:20?, Busy/Busy               , Uncovering , cleared
            p:Busy/Busy:100 p:Away/Away:20 , Busy/Busy               , Lagging    , later
            p:Busy/Busy:30          , DoNotDisturb/DoNotDisturb      , Theirs lost, left
            s:Available/Available:99 p:Busy/Busy:99, Available/Available, Theirs lost, left
            """)
    void ourPreferredStatusIsClearedWhereNothingOfThePersonsCanBeLost(
            String writes, String look, String state, String done) {
        LedgerEntry step = new LedgerEntry(PREFERRED, "", NOW, Optional.empty(), LedgerEntry.Outcome.INTENDED);
        Standing standing = written(writes).intending(step);
        Optional<TeamsPresence> shown = look(look).map(TeamsPresence::of);

        assertThat(name(TeamsLook.beforeTakingBack(step, standing.ledger(), shown, GivenTeams.RULES)))
                .isEqualTo(state);
        assertThat(takeBack(step, standing, shown)).isEqualTo(done);
    }

    private static String takeBack(LedgerEntry step, Standing standing, Optional<TeamsPresence> shown) {
        Showing graph = new Showing(shown, new ArrayList<>());
        try {
            new TeamsPlatform(graph, SessionSlots.ONE, GivenTeams.RULES, () -> NOW)
                    .perform(step, new Subject("rita", "t-rita", "Rita Rep", ""), standing);
        } catch (PlatformException.Unreachable e) {
            return "later";
        }
        return graph.cleared.isEmpty() ? "left" : "cleared";
    }

    /** A Graph that shows one thing, and notes whose preferred status was cleared. */
    private static final class Showing extends GivenTeams.Nobody {
        private final Optional<TeamsPresence> shown;
        private final List<String> cleared;

        Showing(Optional<TeamsPresence> shown, List<String> cleared) {
            this.shown = shown;
            this.cleared = cleared;
        }

        @Override
        public Map<String, Presence> presences(Collection<String> userIds) {
            return shown.map(presence -> presence.pair().split("/"))
                    .map(pair -> Map.of("t-rita", new Presence(pair[0], pair[1], Optional.empty())))
                    .orElse(Map.of());
        }

        @Override
        public void clearPreferred(String application, String userId) {
            cleared.add(userId);
        }
    }
}
