package dev.lockstep.presence;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Everything that is known about one agent: the fold of all signals.
 *
 * <p>Every part is a register that keeps the newest news of its source, so folding a signal twice, or several in
 * another order, ends in the same situation wherever the sources give a time or a sequence. Nothing here depends on a
 * clock; {@link Decider} asks what of it still holds at a given time.
 */
public record Situation(
        SortedMap<String, KnownCall> calls,
        SortedMap<String, LineSnapshot> lines,
        SortedMap<String, KnownFact> facts,
        SortedMap<String, KnownChoice> choices,
        SortedMap<String, SourceTime> withdrawals,
        Optional<SourceTime> signIn,
        Optional<SignOut> signOut,
        Optional<Instant> lastLogin,
        SortedMap<String, Roster> rosters) {

    /** Id of the call that a phone means when it only says that it is in use. */
    public static final String SOME_CALL = "*";

    public static Situation unknown() {
        return new Situation(
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new TreeMap<>());
    }

    public Situation fold(List<Signal> signals) {
        Situation next = this;
        for (Signal signal : signals) {
            next = next.fold(signal);
        }
        return next;
    }

    public Situation fold(Signal signal) {
        return switch (signal) {
            case Signal.Call call -> foldCall(call);
            case Signal.Calls snapshot -> foldCalls(snapshot);
            case Signal.Fact fact -> withFact(KnownFact.of(fact));
            case Signal.FactEnded end -> withFact(KnownFact.of(end));
            case Signal.Choice choice -> withChoice(KnownChoice.of(choice));
            case Signal.ChoiceWithdrawn withdrawn -> withWithdrawal(withdrawn);
            case Signal.SignedIn in -> withSignIn(in);
            case Signal.SignedOut out -> withSignOut(SignOut.of(out));
            case Signal.Shifts shifts -> withShifts(shifts);
        };
    }

    /** What is no longer needed to recognise late news is dropped, so that the item stays small. */
    public Situation forgetting(Instant now) {
        SortedMap<String, KnownCall> kept = new TreeMap<>(calls);
        kept.values().removeIf(call -> call.isForgottenBy(now));
        return kept.size() == calls.size() ? this : withCalls(kept, lines);
    }

    private Situation foldCall(Signal.Call signal) {
        Signal.Call named = signal.state() == CallState.ENDED ? naming(signal) : signal;
        SortedMap<String, KnownCall> next = new TreeMap<>(calls);
        next.merge(key(named.source(), named.line(), named.callId()), KnownCall.of(named), KnownCall::with);
        if (named.state() == CallState.ENDED) {
            endSomeCall(next, named);
        }
        return withCalls(next, lines);
    }

    /** A phone that names no call when it hangs up means the one call that it has. */
    private Signal.Call naming(Signal.Call end) {
        if (!end.callId().isBlank()) {
            return end;
        }
        List<KnownCall> open = openOn(end.source(), end.line()).stream()
                .filter(call -> !call.callId().equals(SOME_CALL))
                .toList();
        String only = open.size() == 1 ? open.getFirst().callId() : "";
        return new Signal.Call(end.source(), end.moment(), end.line(), only, end.state(), end.weakId());
    }

    /** When the last call that a phone named is over, the unnamed one that made it "in use" is over too. */
    private void endSomeCall(SortedMap<String, KnownCall> calls, Signal.Call end) {
        String someCall = key(end.source(), end.line(), SOME_CALL);
        boolean others = calls.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(someCall))
                .map(Map.Entry::getValue)
                .filter(call ->
                        call.source().equals(end.source()) && call.line().equals(end.line()))
                .anyMatch(call -> call.state().isUp() && !isRuledOut(call));
        if (!others) {
            calls.computeIfPresent(someCall, (key, call) -> call.ended(SourceTime.later(call.moment(), end.moment())));
        }
    }

    private Situation foldCalls(Signal.Calls snapshot) {
        LineSnapshot line = new LineSnapshot(snapshot.source(), snapshot.line(), snapshot.moment(), snapshot.callIds());
        SortedMap<String, LineSnapshot> nextLines = new TreeMap<>(lines);
        nextLines.merge(snapshot.source().key(snapshot.line()), line, LineSnapshot::with);
        SortedMap<String, KnownCall> nextCalls = new TreeMap<>(calls);
        for (String callId : snapshot.callIds()) {
            Signal.Call up = new Signal.Call(
                    snapshot.source(),
                    snapshot.moment(),
                    snapshot.line(),
                    callId,
                    CallState.CONNECTED,
                    snapshot.weakId());
            nextCalls.merge(key(up.source(), up.line(), callId), KnownCall.of(up), KnownCall::with);
        }
        return withCalls(nextCalls, nextLines);
    }

    private List<KnownCall> openOn(Source source, String line) {
        return openCalls()
                .filter(call -> call.source().equals(source) && call.line().equals(line))
                .toList();
    }

    /** Calls whose end was neither told nor implied by a newer list of their line, ringing ones included. */
    Stream<KnownCall> openCalls() {
        return calls.values().stream().filter(call -> !call.hasEnded()).filter(call -> !isRuledOut(call));
    }

    private boolean isRuledOut(KnownCall call) {
        return lines.values().stream().anyMatch(line -> line.rulesOut(call));
    }

    /** The newest choice that was made anywhere, if nobody took it back: choosing again ends every earlier one. */
    public Optional<KnownChoice> latestChoice() {
        return choices.values().stream()
                .max(Comparator.comparing(
                                (KnownChoice choice) -> choice.moment().at())
                        .thenComparing(choice -> choice.source().name()))
                .filter(choice -> !isWithdrawn(choice));
    }

    /** The newest choice that was made there, if nobody took it back, whatever was chosen elsewhere since. */
    public Optional<KnownChoice> choiceOf(Source source) {
        return Optional.ofNullable(choices.get(source.name())).filter(choice -> !isWithdrawn(choice));
    }

    /** Whether a fact of that name is held to be so, as far as was told. */
    public Optional<KnownFact> openFact(Source source, String key) {
        return Optional.ofNullable(facts.get(source.key(key))).filter(fact -> !fact.ended());
    }

    /** The shifts that a schedule told, in order. */
    public List<Shift> rosterOf(Source schedule) {
        return Optional.ofNullable(rosters.get(schedule.name()))
                .map(Roster::shifts)
                .orElse(List.of());
    }

    private boolean isWithdrawn(KnownChoice choice) {
        SourceTime withdrawal = withdrawals.get(choice.source().name());
        return withdrawal != null && !choice.moment().isAfter(withdrawal);
    }

    public boolean isSignedInAt(Instant now) {
        return signIn.isPresent()
                && signOut.map(out -> signIn.get().isAfter(out.moment()) || now.isBefore(out.effective()))
                        .orElse(true);
    }

    /** Whether the platform that routes work ever said that the agent is signed in or out. */
    public boolean knowsSignIn() {
        return signIn.isPresent() || signOut.isPresent();
    }

    private Situation withCalls(SortedMap<String, KnownCall> nextCalls, SortedMap<String, LineSnapshot> nextLines) {
        return new Situation(nextCalls, nextLines, facts, choices, withdrawals, signIn, signOut, lastLogin, rosters);
    }

    private Situation withFact(KnownFact fact) {
        SortedMap<String, KnownFact> next = new TreeMap<>(facts);
        next.merge(fact.source().key(fact.key()), fact, KnownFact::with);
        return new Situation(calls, lines, next, choices, withdrawals, signIn, signOut, lastLogin, rosters);
    }

    private Situation withChoice(KnownChoice choice) {
        SortedMap<String, KnownChoice> next = new TreeMap<>(choices);
        next.merge(choice.source().name(), choice, (old, news) -> news.moment().isAfter(old.moment()) ? news : old);
        return new Situation(calls, lines, facts, next, withdrawals, signIn, signOut, lastLogin, rosters);
    }

    private Situation withWithdrawal(Signal.ChoiceWithdrawn news) {
        SortedMap<String, SourceTime> next = new TreeMap<>(withdrawals);
        next.merge(news.source().name(), news.moment(), SourceTime::later);
        return new Situation(calls, lines, facts, choices, next, signIn, signOut, lastLogin, rosters);
    }

    private Situation withSignIn(Signal.SignedIn in) {
        Optional<SourceTime> newest = Optional.of(
                signIn.map(old -> SourceTime.later(old, in.moment())).orElse(in.moment()));
        Optional<SignOut> standing =
                signOut.flatMap(out -> out.isUndoneBy(in.moment()) ? out.undone() : Optional.of(out));
        Instant at = in.moment().at();
        Optional<Instant> login = in.login()
                ? Optional.of(lastLogin.filter(old -> old.isAfter(at)).orElse(at))
                : lastLogin;
        return new Situation(calls, lines, facts, choices, withdrawals, newest, standing, login, rosters);
    }

    private Situation withSignOut(SignOut out) {
        if (signIn.filter(out::isUndoneBy).isPresent()) {
            return this;
        }
        SignOut newest = signOut.map(old -> old.with(out)).orElse(out);
        return new Situation(
                calls, lines, facts, choices, withdrawals, signIn, Optional.of(newest), lastLogin, rosters);
    }

    private Situation withShifts(Signal.Shifts news) {
        SortedMap<String, Roster> next = new TreeMap<>(rosters);
        next.compute(news.source().name(), (source, old) -> old == null ? Roster.of(news) : old.with(news));
        return new Situation(calls, lines, facts, choices, withdrawals, signIn, signOut, lastLogin, next);
    }

    private static String key(Source source, String line, String callId) {
        return source.key(line) + "|" + callId;
    }
}
