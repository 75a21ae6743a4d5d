package dev.lockstep.store.dynamodb;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Configured;
import dev.lockstep.agent.Lease;
import dev.lockstep.agent.Profile;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.CallState;
import dev.lockstep.presence.Decision;
import dev.lockstep.presence.KnownChoice;
import dev.lockstep.presence.Reason;
import dev.lockstep.presence.Shift;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.presence.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the frozen items hold, by the file's name. */
final class StoredSamples {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Source DESK = Source.phone("desk");
    private static final Source CRM = Source.application("crm");

    private StoredSamples() {}

    /** Of the present form. */
    static SortedMap<String, AgentState> all() {
        SortedMap<String, AgentState> all = new TreeMap<>(first());
        all.put("configured", configured());
        all.put("made-by-the-directory", madeByTheDirectory());
        all.put("after-a-change-of-the-mapping", afterAChangeOfTheMapping());
        all.put("read-by-account", readByAccount());
        all.put("left-perhaps", leftPerhaps());
        return all;
    }

    /** Those that were frozen in that form, as they are understood now. */
    static SortedMap<String, AgentState> of(int form) {
        return form < 3 ? first() : all();
    }

    /** Those that every form could hold; formerly a name once known was never replaced. */
    private static SortedMap<String, AgentState> first() {
        SortedMap<String, AgentState> first = new TreeMap<>(Map.of(
                "new", fresh(),
                "on-a-call", onACall(),
                "signed-out", signedOut(),
                "removed", removed(),
                "at-lunch", atLunch(),
                "every", every(),
                "taken-up-again", takenUpAgain()));
        first.replaceAll((name, state) -> state.with(state.profile()
                .with(Configured.NOTHING.withName(!state.profile().name().isEmpty()))));
        return first;
    }

    /** An administrator gave the name and two of three ids. */
    private static AgentState configured() {
        Configured given = new Configured(true, new TreeSet<>(Set.of("teams", "upn")));
        Map<String, String> ids = Map.of("dynamics", "d-4", "teams", "t-4", "upn", "kim@contoso.com");
        return stored(AgentState.of("kim", new Profile("Kim", "late", ids, Optional.of("e-4"), given)), List.of(), 1);
    }

    private static AgentState madeByTheDirectory() {
        Map<String, String> ids = Map.of("dynamics", "d-5", "teams", "e-5");
        return stored(AgentState.of("lou@contoso.com", new Profile("Lou", "", ids, Optional.of("e-5"))), List.of(), 1);
    }

    private static AgentState afterAChangeOfTheMapping() {
        AgentState ida = AgentState.of("ida", new Profile("Ida", "late", Map.of("teams", "t-6")));
        return stored(ida.dueBy(NOON).lookedAtAgainAt(NOON.plusSeconds(90)), List.of(), 3);
    }

    private static AgentState readByAccount() {
        AgentState nia = AgentState.of("nia", new Profile("Nia", "", Map.of("teams", "t-7")));
        Observation seen = new Observation("teams", NOON, Map.of("activity", "Away", "availability", "Away"));
        return stored(nia, List.of(new Evidence.Observed(Optional.of("t-7"), seen)), 2);
    }

    /** Away in Dynamics, and now Offline, which is held back. */
    private static AgentState leftPerhaps() {
        AgentState ola = AgentState.of("ola", new Profile("Ola", "", Map.of("dynamics", "d-8")));
        Situation situation = ola.situation()
                .fold(new Signal.Choice(
                        Source.DYNAMICS,
                        moment(-600),
                        Status.AWAY,
                        Optional.of("lunch"),
                        Optional.empty(),
                        Optional.empty()))
                .fold(new Signal.Choice(
                        Source.DYNAMICS,
                        moment(0),
                        Status.OFFLINE,
                        Optional.of("offline"),
                        Optional.of(at(165)),
                        Optional.empty()));
        return stored(ola.with(situation), List.of(), 2);
    }

    /** As an agent is stored when an administrator names them. */
    private static AgentState fresh() {
        return stored(AgentState.of("uma", new Profile("Uma", "", Map.of())), List.of(), 1);
    }

    /** By an administrator. */
    private static AgentState removed() {
        Profile profile = new Profile("Tom", "late", Map.of("teams", "t-3")).remove();
        return stored(AgentState.of("tom", profile).dueBy(NOON), List.of(), 2);
    }

    /** In the middle of a write, while news comes in. */
    private static AgentState onACall() {
        Instant until = NOON.plus(Duration.ofHours(4));
        LedgerEntry before = entry("preferred", "Busy/Busy", -600, Optional.of(NOON), LedgerEntry.Outcome.SEEN);
        LedgerEntry call = entry("session", "Busy/InACall", 1, Optional.of(until), LedgerEntry.Outcome.INTENDED);
        Standing teams = Standing.NEW
                .seeing(new Observation("teams", at(-30), Map.of("availability", "Busy", "activity", "Busy")))
                .showing(Optional.of(Status.BUSY))
                .wanting(Optional.of(Status.ON_A_CALL))
                .intending(before)
                .intending(call)
                .overwriting(at(1), Duration.ofMinutes(10))
                .in(Condition.PENDING, "being written");
        Standing dynamics = Standing.NEW
                .wanting(Optional.of(Status.ON_A_CALL))
                .failing(Condition.THROTTLED, "the platform asked us to wait", at(30));
        KnownChoice choice =
                new KnownChoice(Source.TEAMS, moment(-600), Status.BUSY, Optional.of(at(-600)), Optional.of(until));
        AgentState state = AgentState.of(
                        "rita", new Profile("Rita Möller", "priority", Map.of("teams", "t-1", "dynamics", "d-1")))
                .with(Situation.unknown()
                        .fold(List.of(
                                new Signal.SignedIn(Source.DYNAMICS, moment(-3600), true),
                                new Signal.Shifts(
                                        Source.schedule("dynamics"),
                                        moment(-60),
                                        at(-7200),
                                        List.of(new Shift(at(-3600), at(7200)))),
                                new Signal.Choice(
                                        Source.TEAMS,
                                        moment(-600),
                                        Status.BUSY,
                                        Optional.of(at(-600)),
                                        Optional.of(until)),
                                new Signal.Call(
                                        DESK, SourceTime.at(at(0), "17"), "1042", "c-1", CallState.CONNECTED, false))));
        return stored(
                state.with("teams", teams)
                        .with("dynamics", dynamics)
                        .deciding(becauseOfACall(choice), NOON)
                        .leasedTo(new Lease("sync-1", NOON.plusSeconds(15))),
                List.of(
                        new Evidence.Reported(new Signal.Call(DESK, moment(3), "1042", "c-1", CallState.ENDED, false)),
                        new Evidence.Observed(
                                Optional.empty(),
                                new Observation("teams", at(4), Map.of("availability", "Available")))),
                17);
    }

    /** With a presence of the organisation's own, of which nothing else is known. */
    private static AgentState atLunch() {
        Signal lunch = new Signal.Choice(
                Source.DYNAMICS, moment(0), Status.AWAY, Optional.of("l-1"), Optional.empty(), Optional.empty());
        AgentState state = AgentState.of("lea", new Profile("Lea", "", Map.of("dynamics", "d-3"), Optional.of("e-3")))
                .with(Situation.unknown().fold(lunch));
        return stored(state, List.of(new Evidence.Reported(lunch)), 3);
    }

    /** After the end of the day. */
    private static AgentState signedOut() {
        Instant nanos = NOON.plusNanos(123_456_789);
        AgentState state = AgentState.of("zoe", new Profile("Zoe", "late", Map.of("teams", "t-2")))
                .with(Situation.unknown()
                        .fold(List.of(
                                new Signal.SignedIn(Source.DYNAMICS, moment(-7200), true),
                                new Signal.SignedOut(Source.DYNAMICS, moment(-4000), at(-3900)),
                                new Signal.SignedIn(Source.DYNAMICS, moment(-3600), false),
                                new Signal.Calls(DESK, moment(-1000), "1043", Set.of("7"), true),
                                new Signal.Calls(DESK, moment(-900), "1043", Set.of(), true),
                                new Signal.Fact(
                                        CRM, moment(-800), "status", Status.IN_A_MEETING, Optional.of(at(-200))),
                                new Signal.FactEnded(CRM, moment(-700), "wrap-up"),
                                new Signal.ChoiceWithdrawn(CRM, moment(-600)),
                                new Signal.SignedOut(Source.DYNAMICS, SourceTime.at(nanos), nanos))));
        return stored(state.deciding(noOpinion(), NOON).released(Optional.of(nanos)), List.of(), 4_096);
    }

    /** A call that left the line, came back to it and rings there once more while it is up. */
    private static AgentState takenUpAgain() {
        SourceTime parked = SourceTime.at(at(10)).numbered("0a1b2c3d", "2").told(at(10), at(11));
        return stored(
                AgentState.of("vic", new Profile("Vic", "", Map.of()))
                        .with(Situation.unknown()
                                .fold(List.of(
                                        new Signal.Call(DESK, parked, "1042", "c-1", CallState.ENDED, false),
                                        new Signal.Call(
                                                DESK,
                                                parked.numbered("0a1b2c3d", "3"),
                                                "1042",
                                                "c-1",
                                                CallState.CONNECTED,
                                                false),
                                        new Signal.Call(
                                                DESK,
                                                parked.numbered("0a1b2c3d", "4"),
                                                "1042",
                                                "c-1",
                                                CallState.RINGING,
                                                false)))),
                List.of(),
                3);
    }

    /** Every kind of news and every constant, whether or not they can meet in one agent. */
    private static AgentState every() {
        AgentState state = AgentState.of("every", new Profile("Every", "-", Map.of()));
        Situation situation = Situation.unknown();
        for (CallState call : CallState.values()) {
            situation = situation.fold(new Signal.Call(DESK, moment(0), "1", call.name(), call, true));
        }
        for (Condition condition : Condition.values()) {
            state = state.with(
                    condition.name(),
                    Standing.NEW.in(condition, condition.name()).at(NOON));
        }
        Standing writes = Standing.NEW;
        for (LedgerEntry.Outcome outcome : LedgerEntry.Outcome.values()) {
            writes = writes.intending(entry(outcome.name(), "value", 0, Optional.empty(), outcome));
        }
        for (Status status : Status.values()) {
            situation = situation.fold(new Signal.Fact(CRM, moment(0), status.name(), status, Optional.empty()));
        }
        List<Reason> reasons = new ArrayList<>();
        for (Reason.Kind kind : Reason.Kind.values()) {
            reasons.add(new Reason(kind, CRM, Status.BUSY, NOON, kind.name()));
        }
        Decision decision = new Decision(
                Optional.of(Status.BUSY),
                Optional.of(Status.AWAY),
                Optional.of(new KnownChoice(CRM, moment(0), Status.BUSY, Optional.empty(), Optional.of(NOON))),
                reasons,
                Optional.of(NOON));
        return stored(state.with("writes", writes).with(situation).deciding(decision, NOON), everyNews(), 2);
    }

    private static List<Evidence> everyNews() {
        List<Signal> signals = List.of(
                new Signal.Call(DESK, moment(1), "1", "2", CallState.HELD, true),
                new Signal.Calls(DESK, moment(1), "1", Set.of("2"), true),
                new Signal.Fact(CRM, moment(1), "key", Status.BUSY, Optional.of(NOON)),
                new Signal.FactEnded(CRM, moment(1), "key"),
                new Signal.Choice(CRM, moment(1), Status.AWAY, Optional.of(NOON), Optional.of(NOON)),
                new Signal.ChoiceWithdrawn(CRM, moment(1)),
                new Signal.SignedIn(Source.DYNAMICS, moment(1), true),
                new Signal.SignedOut(Source.DYNAMICS, moment(1), NOON),
                new Signal.Shifts(Source.schedule("dynamics"), moment(1), NOON, List.of(new Shift(NOON, at(60)))));
        List<Evidence> news = new ArrayList<>();
        signals.forEach(signal -> news.add(new Evidence.Reported(signal)));
        news.add(new Evidence.Observed(Optional.empty(), new Observation("teams", NOON, Map.of("activity", "Away"))));
        return news;
    }

    private static Decision becauseOfACall(KnownChoice choice) {
        return new Decision(
                Optional.of(Status.ON_A_CALL),
                Optional.of(Status.ON_A_CALL),
                Optional.of(choice),
                List.of(
                        new Reason(Reason.Kind.CALL, DESK, Status.ON_A_CALL, at(0), "call on phone:desk"),
                        new Reason(Reason.Kind.CHOICE, Source.TEAMS, Status.BUSY, at(-600), "chosen in teams")),
                Optional.of(at(7200)));
    }

    private static Decision noOpinion() {
        return new Decision(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(new Reason(Reason.Kind.EXPIRED, CRM, Status.IN_A_MEETING, at(-200), "status is dropped")),
                Optional.empty());
    }

    private static AgentState stored(AgentState state, List<Evidence> inbox, long version) {
        return state.withInbox(inbox, version);
    }

    private static LedgerEntry entry(
            String slot, String value, long seconds, Optional<Instant> until, LedgerEntry.Outcome outcome) {
        return new LedgerEntry(slot, value, at(seconds), until, outcome);
    }

    private static SourceTime moment(long seconds) {
        return SourceTime.at(at(seconds));
    }

    private static Instant at(long seconds) {
        return NOON.plusSeconds(seconds);
    }
}
