package dev.lockstep.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.dynamics.GivenDynamics.Row;
import dev.lockstep.dynamics.dataverse.StatusFields;
import dev.lockstep.platform.DesiredPresence;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.GivenWish;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Plan;
import dev.lockstep.platform.ReadablePlatform.Interpretation;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.Decision;
import dev.lockstep.presence.KnownChoice;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.presence.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The tables of {@link DynamicsSlot}, cell by cell.
 *
 * <p>What we wrote is told as the presence and how many seconds ago, with {@code !} if a row has shown it and {@code ?}
 * if it has no answer; {@code lost} says that something has replaced all before it. A row is told as the presence, how
 * many seconds ago it was set, and by whom or by which event.
 */
class DynamicsSlotTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private static final PresenceMeanings MEANINGS =
            new PresenceMeanings(GivenDynamics.PRESENCES, GivenPlatforms.shippedMapping());

    private static final Map<String, String> PRESENCES = Map.of(
            "available", GivenDynamics.AVAILABLE,
            "busy", GivenDynamics.BUSY,
            "dnd", GivenDynamics.DND,
            "away", GivenDynamics.AWAY,
            "offline", GivenDynamics.OFFLINE,
            "onACall", GivenDynamics.ON_A_CALL,
            "inactive", GivenDynamics.INACTIVE);

    private static String name(String presenceId) {
        return PRESENCES.entrySet().stream()
                .filter(presence -> presence.getValue().equals(presenceId))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static Instant ago(String seconds) {
        return NOW.minusSeconds(Long.parseLong(seconds));
    }

    private static Standing written(String writes) {
        Standing standing = Standing.NEW;
        for (String told : writes == null ? new String[0] : writes.split(" ")) {
            standing =
                    told.equals("lost") ? standing.losing(DynamicsPlatform.SLOT, NOW) : standing.intending(write(told));
        }
        return standing;
    }

    private static LedgerEntry write(String told) {
        String[] parts = told.replaceAll("[!?]", "").split(":");
        LedgerEntry.Outcome outcome = told.endsWith("!")
                ? LedgerEntry.Outcome.SEEN
                : told.endsWith("?") ? LedgerEntry.Outcome.UNKNOWN : LedgerEntry.Outcome.DONE;
        return new LedgerEntry(
                DynamicsPlatform.SLOT, PRESENCES.get(parts[0]), ago(parts[1]), Optional.empty(), outcome);
    }

    private static Row row(String told) {
        if (told.equals("no presence")) {
            return new Row().with(StatusFields.LOGGED_IN, "true").with(StatusFields.BY, "webhook");
        }
        String[] parts = told.split("[: ]");
        Row row = Row.of(PRESENCES.get(parts[0]), ago(parts[1]));
        return switch (parts[2]) {
            case "person" -> row.byPerson();
            case "login" -> row.bySystem(GivenDynamics.LOGIN);
            case "rejected" -> row.bySystem(GivenDynamics.REJECTED);
            default -> row.bySystem("192350009");
        };
    }

    private static Standing seeing(Standing standing, String known) {
        return Optional.ofNullable(known)
                .map(told -> standing.seeing(row(told).at(NOW)))
                .orElse(standing);
    }

    private static DynamicsLook look(Standing standing) {
        return new DynamicsLook(standing, MEANINGS, GivenDynamics.RULES, NOW);
    }

    private static String name(DynamicsSlot slot) {
        boolean lost = slot instanceof DynamicsSlot.Other other && other.lost().isPresent();
        return slot.getClass().getSimpleName() + (lost ? " lost" : "");
    }

    // The person is signed in, chose Available in Dynamics, and left work unanswered.
    @ParameterizedTest(name = "{0}, {1}, now {2} is {3}: {4}, {5}")
    @CsvSource(nullValues = "nothing", textBlock = """
            # written               , known               , row                 , state       , read as                    , what we hold
            nothing                 , nothing             , no presence         , Nothing     , ''                         , nothing
            available:300!          , nothing             , no presence         , Nothing     , ''                         , available SEEN
            onACall:20              , nothing             , no presence         , Unconfirmed , ''                         , onACall DONE
            onACall:20?             , nothing             , no presence         , Unconfirmed , ''                         , onACall UNKNOWN
            onACall:20              , available:99 person , onACall:19 person   , Ours        , ''                         , onACall SEEN
            onACall:20?             , available:99 person , onACall:19 person   , Ours        , ''                         , onACall SEEN
            offline:20              , available:99 person , offline:19 system   , Ours        , ''                         , offline SEEN
            away:300!               , away:299 person     , away:299 person     , Ours        , ''                         , away SEEN
            away:300!               , away:299 person     , away:297 person     , Ours        , ''                         , away SEEN
            away:300!               , away:299 person     , away:20 system      , Ours        , ''                         , away SEEN
            onACall:300!            , onACall:299 person  , onACall:20 person   , Ours        , ''                         , onACall SEEN
            dnd:20 available:9      , away:99 person      , dnd:19 person       , Overtaken   , ''                         , available DONE
            dnd:20 available:9?     , away:99 person      , dnd:19 person       , Overtaken   , ''                         , available UNKNOWN
            offline:20 available:9  , away:99 person      , offline:19 system   , Overtaken   , ''                         , available DONE
            dnd:30! away:9          , dnd:29 person       , dnd:29 person       , Overtaken   , ''                         , away DONE
            dnd:30! away:9          , dnd:29 person       , dnd:8 person        , Lagging     , FactEnded Choice DO_NOT_DISTURB, away DONE
            onACall:5               , available:99 person , away:4 person       , Lagging     , FactEnded Choice AWAY      , onACall DONE
            onACall:9               , nothing             , away:4 person       , Lagging     , FactEnded Choice AWAY      , onACall DONE
            onACall:5               , available:99 person , offline:4 system    , Lagging     , SignedOut        , onACall DONE
            onACall:50              , away:99 person      , away:99 person      , Lagging     , FactEnded Choice AWAY      , onACall DONE
            onACall:50              , away:40 person      , dnd:45 person       , Lagging     , FactEnded Choice DO_NOT_DISTURB, onACall DONE
            dnd:20 available:10!    , available:9 person  , dnd:19 person       , Echo        , ''                         , available SEEN
            dnd:40! available:10!   , available:9 person  , dnd:39 person       , Echo        , ''                         , available SEEN
            dnd:40! available:10!   , available:9 person  , dnd:29 person       , Theirs      , FactEnded Choice DO_NOT_DISTURB, available SEEN
            dnd:90 available:10!    , available:9 person  , dnd:89 person       , Echo        , ''                         , available SEEN
            dnd:20 lost             , available:9 person  , dnd:8 person        , Echo        , ''                         , nothing
            offline:20 lost         , available:9 person  , offline:8 system    , Echo        , ''                         , nothing
            dnd:20 available:10!    , available:9 person  , dnd:8 person        , Theirs lost , FactEnded Choice DO_NOT_DISTURB, nothing
            dnd:12 available:11     , away:99 person      , dnd:7 person        , Echo lost   , ''                         , nothing
            dnd:30 available:20     , away:99 person      , dnd:9 person        , Theirs lost , FactEnded Choice DO_NOT_DISTURB, nothing
            onACall:300!            , onACall:299 person  , away:20 person      , Theirs lost , FactEnded Choice AWAY      , nothing
            onACall:10              , available:99 person , away:4 person       , Theirs lost , FactEnded Choice AWAY      , nothing
            onACall:10              , nothing             , away:4 person       , Theirs lost , FactEnded Choice AWAY      , nothing
            onACall:10?             , available:99 person , away:4 person       , Theirs lost , FactEnded Choice AWAY      , nothing
            away:300!               , away:299 person     , away:296 person     , Theirs      , FactEnded Choice AWAY      , away SEEN
            away:300!               , nothing             , away:299 person     , Theirs      , FactEnded Choice AWAY      , away SEEN
            onACall:300!            , onACall:299 person  , away:299 person     , Theirs      , FactEnded Choice AWAY      , onACall SEEN
            onACall:300!            , onACall:200 person  , away:250 person     , Theirs      , FactEnded Choice AWAY      , onACall SEEN
            away:300!               , away:200 person     , away:299 person     , Echo        , ''                         , away SEEN
            dnd:91 lost             , available:9 person  , dnd:8 person        , Theirs      , FactEnded Choice DO_NOT_DISTURB, nothing
            nothing                 , nothing             , inactive:5 system   , Theirs      , Fact AWAY                  , nothing
            nothing                 , nothing             , dnd:5 rejected      , Theirs      , Fact DO_NOT_DISTURB        , nothing
            nothing                 , nothing             , away:5 person       , Theirs      , FactEnded Choice AWAY      , nothing
            nothing                 , nothing             , offline:5 person    , Theirs      , FactEnded Choice OFFLINE later, nothing
            nothing                 , nothing             , away:5 login        , Theirs      , SignedIn FactEnded Choice AWAY, nothing
            nothing                 , nothing             , offline:5 login     , Theirs      , SignedIn FactEnded Choice OFFLINE, nothing
            nothing                 , nothing             , available:5 login   , Theirs      , SignedIn FactEnded ChoiceWithdrawn, nothing
            nothing                 , nothing             , busy:5 system       , Theirs      , FactEnded ChoiceWithdrawn  , nothing
            nothing                 , nothing             , onACall:5 person    , Theirs      , FactEnded ChoiceWithdrawn  , nothing
            nothing                 , nothing             , offline:5 system    , Theirs      , SignedOut        , nothing
            """)
    void everyStateIsReadInItsWay(
            String writes, String known, String told, String state, String readAs, String holding) {
        Standing standing = seeing(written(writes), known);
        StatusView view = new StatusView(row(told).at(NOW));
        Interpretation read =
                new StatusInterpreter(MEANINGS, GivenDynamics.RULES, NOW).read(view.observation(), standing, before());

        assertThat(name(look(standing).of(view))).isEqualTo(state);
        assertThat(read.signals().stream().map(DynamicsSlotTest::told).collect(Collectors.joining(" ")))
                .isEqualTo(readAs);
        assertThat(read.standing().ledger().heldIn(DynamicsPlatform.SLOT, NOW).map(DynamicsSlotTest::told))
                .isEqualTo(Optional.ofNullable(holding));
    }

    private static Situation before() {
        SourceTime then = SourceTime.at(NOW.minusSeconds(600));
        return Situation.unknown()
                .fold(new Signal.SignedIn(Source.DYNAMICS, then, true))
                .fold(new Signal.Choice(Source.DYNAMICS, then, Status.AVAILABLE, Optional.empty(), Optional.empty()))
                .fold(new Signal.Fact(
                        Source.DYNAMICS, then, StatusInterpreter.UNANSWERED, Status.AWAY, Optional.empty()));
    }

    private static String told(Signal signal) {
        return switch (signal) {
            case Signal.Fact fact -> "Fact " + fact.status();
            case Signal.Choice choice ->
                "Choice " + choice.status() + (choice.from().isPresent() ? " later" : "");
            default -> signal.getClass().getSimpleName();
        };
    }

    private static String told(LedgerEntry entry) {
        return name(entry.value()) + " " + entry.outcome();
    }

    // What is wished: a status, with ! if facts demand it, and where and how many seconds ago the person chose it.
    @ParameterizedTest(name = "{0}, {1} is {2}; wished {3}: {4}, {5}")
    @CsvSource(nullValues = "nothing", textBlock = """
            # written               , shown               , state      , wished             , written  , condition
            nothing                 , nothing             , Nothing    , busy               , busy     , Pending
            nothing                 , no presence         , Nothing    , busy               , busy     , Pending
            onACall:99!             , nothing             , Nothing    , onACall            , onACall  , Pending
            onACall:99!             , nothing             , Nothing    , available          , available, Pending releasing
            onACall:89              , nothing             , Unconfirmed, onACall            , nothing  , Pending
            onACall:90              , nothing             , Unconfirmed, onACall            , onACall  , Pending
            onACall:200 onACall:179 , nothing             , Unconfirmed, onACall            , nothing  , Unconfirmed
            onACall:300 onACall:180 , nothing             , Unconfirmed, onACall            , onACall  , Pending
            onACall:20              , nothing             , Unconfirmed, available          , available, Pending releasing
            onACall:20?             , nothing             , Unconfirmed, onACall            , onACall  , Pending
            onACall:20?             , nothing             , Unconfirmed, available          , available, Pending releasing
            onACall:20!             , onACall:19 person   , Ours       , onACall            , nothing  , InSync
            onACall:20              , onACall:19 person   , Ours       , onACall            , nothing  , InSync
            onACall:20?             , onACall:19 person   , Ours       , onACall            , onACall  , Pending
            onACall:20!             , onACall:19 person   , Ours       , available          , available, Pending releasing
            onACall:20!             , onACall:19 person   , Ours       , doNotDisturb       , dnd      , Pending
            away:20!                , away:19 person      , Ours       , available          , available, Pending
            onACall:20?             , onACall:19 person   , Ours       , available          , available, Pending releasing
            available:30 onACall:20 , available:29 person , Overtaken  , onACall!           , nothing  , Pending
            available:30 onACall:20 , available:20 person , Overtaken  , onACall!           , nothing  , Pending
            available:30 onACall:20 , available:19 person , Overtaken  , onACall!           , onACall  , Pending over
            available:30 onACall:20 , available:19 person , Overtaken  , onACall            , nothing  , Pending
            available:30 onACall:20 , available:29 person , Overtaken  , available          , available, Pending releasing
            available:30 onACall:20?, available:29 person , Overtaken  , onACall            , onACall  , Pending
            onACall:20              , available:20 person , Lagging    , onACall!           , nothing  , Pending
            onACall:20              , available:19 person , Lagging    , onACall!           , onACall  , Pending over
            onACall:20              , available:19 login  , Lagging    , onACall!           , onACall  , Pending over
            onACall:20              , available:19 person , Lagging    , onACall            , nothing  , Pending
            busy:20                 , dnd:19 person       , Lagging    , busy!              , nothing  , Pending
            onACall:30 onACall:20   , available:19 person , Lagging    , onACall!           , nothing  , Unconfirmed
            onACall:90              , available:99 person , Lagging    , onACall            , onACall  , Pending
            onACall:20              , available:99 person , Lagging    , available          , available, Pending releasing
            onACall:20              , available:99 person , Lagging    , busy               , busy     , Pending releasing
            onACall:20?             , available:99 person , Lagging    , onACall            , onACall  , Pending
            onACall:20?             , available:99 person , Lagging    , available          , available, Pending releasing
            dnd:12 available:11!    , dnd:7 person        , Echo       , doNotDisturb       , nothing  , InSync
            dnd:12 available:11!    , dnd:7 person        , Echo       , available          , nothing  , HeldByPerson
            dnd:30 lost             , dnd:29 person       , Echo       , available          , nothing  , HeldByPerson
            onACall:30 lost         , onACall:29 person   , Echo       , available          , available, Pending releasing
            nothing                 , busy:30 person      , Theirs     , busy!              , nothing  , InSync
            nothing                 , onACall:30 person   , Theirs     , onACall            , nothing  , InSync
            nothing                 , onACall:30 person   , Theirs     , available          , available, Pending releasing
            away:50!                , onACall:30 person   , Theirs     , available          , available, Pending
            nothing                 , available:30 person , Theirs     , onACall!           , onACall  , Pending over
            available:50!           , busy:30 system      , Theirs     , onACall!           , onACall  , Pending over
            nothing                 , inactive:30 system  , Theirs     , onACall!           , onACall  , Pending over
            nothing                 , available:30 person , Theirs     , onACall            , nothing  , HeldByPerson
            nothing                 , available:30 system , Theirs     , busy               , busy     , Pending over
            nothing                 , available:30 person , Theirs     , away teams:29      , away     , Pending over
            nothing                 , available:30 system , Theirs     , away teams:29      , away     , Pending over
            nothing                 , available:30 person , Theirs     , away teams:30      , nothing  , HeldByPerson
            nothing                 , dnd:30 person       , Theirs     , busy!              , nothing  , HeldByPerson
            nothing                 , dnd:30 person       , Theirs     , available          , nothing  , HeldByPerson
            nothing                 , dnd:30 person       , Theirs     , available teams:29 , available, Pending over releasing
            nothing                 , away:30 person      , Theirs     , available teams:29 , available, Pending over
            nothing                 , dnd:30 person       , Theirs     , available teams:30 , nothing  , HeldByPerson
            nothing                 , dnd:30 person       , Theirs     , available dynamics:29, nothing, HeldByPerson
            nothing                 , dnd:30 person       , Theirs     , available teams:29:away, nothing, HeldByPerson
            nothing                 , dnd:30 rejected     , Theirs     , busy!              , nothing  , InSync
            nothing                 , dnd:30 rejected     , Theirs     , available teams:29 , nothing  , InSync
            """)
    void everyStateIsPlannedInItsWay(
            String writes, String shown, String state, String wished, String step, String condition) {
        Standing standing = seeing(written(writes), shown);
        Plan plan = new PresencePlanner(wish(wished), standing, MEANINGS, GivenDynamics.RULES, NOW).plan();

        assertThat(name(look(standing).latest())).isEqualTo(state);
        assertThat(plan.steps().stream().map(entry -> name(entry.value())).findFirst())
                .isEqualTo(Optional.ofNullable(step));
        assertThat(plan.condition().label()
                        + (plan.overwrites() ? " over" : "")
                        + (plan.releases() ? " releasing" : ""))
                .isEqualTo(condition);
    }

    private static DesiredPresence wish(String told) {
        String[] parts = told.replace("!", "").split("[ :]");
        Status status = Status.of(parts[0]).orElseThrow();
        return GivenWish.of(
                new Decision(
                        Optional.of(status),
                        Optional.of(status).filter(wanted -> told.endsWith("!")),
                        parts.length > 1 ? Optional.of(chosen(parts)) : Optional.empty(),
                        List.of(),
                        Optional.empty()),
                true,
                GivenPlatforms.shippedMapping());
    }

    private static KnownChoice chosen(String... parts) {
        Source source = parts[1].equals("teams") ? Source.TEAMS : Source.DYNAMICS;
        Status status = Status.of(parts[parts.length == 4 ? 3 : 0]).orElseThrow();
        return new KnownChoice(source, SourceTime.at(ago(parts[2])), status, Optional.empty(), Optional.empty());
    }
}
