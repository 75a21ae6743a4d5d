package dev.lockstep.presence;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The calls that are known of an agent, on all lines.
 *
 * @param known by a digest of source, line and id; ended ones leave a tombstone for a while
 * @param lines by source and line, the newest complete list of calls
 */
public record Calls(SortedMap<String, KnownCall> known, SortedMap<String, LineSnapshot> lines) {
    /** Id of the call that a phone means when it only says that it is in use. */
    public static final String SOME_CALL = "*";

    /** Many more than anybody has; what a mistaken sender invents must not fill the agent's item. */
    private static final int MOST = 150;

    /** A multiple of three, so that base64 needs no padding. */
    private static final int KEY_BYTES = 6;

    public static final Calls NONE = new Calls(Collections.emptySortedMap(), Collections.emptySortedMap());

    /** Calls whose end was neither told nor implied by a newer list of their line, ringing ones included. */
    Stream<KnownCall> open() {
        return known.values().stream().filter(call -> !call.hasEnded()).filter(call -> !isRuledOut(call));
    }

    /** Whether the call that is told of has ended, as far as was told, and this is no end of it. */
    public boolean isOver(Signal.Call told) {
        KnownCall call = known.get(key(told.source(), told.line(), told.callId()));
        return call != null && call.hasEnded() && told.state() != CallState.ENDED;
    }

    private boolean isRuledOut(KnownCall call) {
        return lines.values().stream().anyMatch(line -> line.rulesOut(call));
    }

    private List<KnownCall> openOn(Source source, String line) {
        return open().filter(call -> call.isOn(source, line)).toList();
    }

    Calls fold(Signal.Call signal) {
        Signal.Call told = signal.callId().isBlank() ? naming(signal) : signal;
        if (isHoldOfAny(told)) {
            return this;
        }
        SortedMap<String, KnownCall> next = new TreeMap<>(known);
        merge(next, told);
        if (told.state() == CallState.ENDED && mayHaveBeenUp(told)) {
            endSomeCall(next, told);
        }
        return new Calls(next, lines);
    }

    /** A phone that names no call when it holds one or hangs up means the one call that it has. */
    private Signal.Call naming(Signal.Call told) {
        List<KnownCall> known = openOn(told.source(), told.line()).stream()
                .filter(call -> !call.callId().equals(SOME_CALL))
                .toList();
        List<KnownCall> meant = switch (told.state()) {
            case RINGING, DIALING, CONNECTED -> List.of();
            case HELD, RESUMED ->
                known.stream().filter(call -> call.state().isUp()).toList();
            case ENDED ->
                known.stream().filter(call -> !hasBecomeOneOf(call, known)).toList();
        };
        String only = meant.size() == 1 ? meant.getFirst().callId() : "";
        return new Signal.Call(told.source(), told.moment(), told.line(), only, told.state(), told.weakId());
    }

    /** What began without a name is the call that was answered under one. */
    private static boolean hasBecomeOneOf(KnownCall begun, List<KnownCall> calls) {
        return begun.callId().isBlank()
                && !begun.state().isUp()
                && calls.stream()
                        .filter(call -> call.state().isUp())
                        .anyMatch(
                                call -> !call.upSince().isBefore(begun.moment().at()));
    }

    /** That one of several calls is held or taken up again says nothing new, and is not another call. */
    private boolean isHoldOfAny(Signal.Call told) {
        return told.callId().isBlank()
                && (told.state() == CallState.HELD || told.state() == CallState.RESUMED)
                && openOn(told.source(), told.line()).stream()
                        .filter(call -> call.state().isUp())
                        .anyMatch(call ->
                                !call.callId().isBlank() && !call.callId().equals(SOME_CALL));
    }

    /** What only rang here, or is told once more to be over, is not the call that keeps the phone in use. */
    private boolean mayHaveBeenUp(Signal.Call end) {
        KnownCall call = known.get(key(end.source(), end.line(), end.callId()));
        return call == null || call.state().isUp() || call.isAnotherThan(end);
    }

    /** When the last call that a phone named is over, the unnamed one that made it "in use" is over too. */
    private void endSomeCall(SortedMap<String, KnownCall> calls, Signal.Call end) {
        String someCall = key(end.source(), end.line(), SOME_CALL);
        boolean others = calls.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(someCall))
                .map(Map.Entry::getValue)
                .filter(call -> call.isOn(end.source(), end.line()))
                .anyMatch(call -> call.state().isUp() && !isRuledOut(call));
        if (!others) {
            calls.computeIfPresent(someCall, (key, call) -> call.ended(SourceTime.later(call.moment(), end.moment())));
        }
    }

    Calls fold(Signal.Calls snapshot) {
        LineSnapshot line = new LineSnapshot(snapshot.source(), snapshot.line(), snapshot.moment(), snapshot.callIds());
        SortedMap<String, LineSnapshot> nextLines = new TreeMap<>(lines);
        nextLines.merge(snapshot.source().key(snapshot.line()), line, LineSnapshot::with);
        SortedMap<String, KnownCall> next = new TreeMap<>(known);
        snapshot.callIds().forEach(callId -> merge(next, up(snapshot, callId)));
        return new Calls(next, nextLines);
    }

    private static Signal.Call up(Signal.Calls snapshot, String callId) {
        return new Signal.Call(
                snapshot.source(), snapshot.moment(), snapshot.line(), callId, CallState.CONNECTED, snapshot.weakId());
    }

    private static void merge(SortedMap<String, KnownCall> calls, Signal.Call signal) {
        String key = key(signal.source(), signal.line(), signal.callId());
        calls.merge(key, KnownCall.of(signal), KnownCall::with);
    }

    /**
     * What is no longer needed to recognise late news is dropped, so that the item stays small: and of too many the
     * tombstones first, then what only rings, then what is up, the oldest of each first.
     */
    Calls forgetting(Instant now) {
        SortedMap<String, KnownCall> kept = new TreeMap<>(known);
        kept.values().removeIf(call -> call.isForgottenBy(now));
        SortedMap<String, LineSnapshot> lists = new TreeMap<>(lines);
        lists.values()
                .removeIf(list ->
                        list.isForgottenBy(now) && kept.values().stream().noneMatch(list::rulesOut));
        return new Calls(
                Newest.of(
                        MOST,
                        kept,
                        Comparator.<KnownCall>comparingInt(call -> call.state().isUp() ? 2 : call.hasEnded() ? 0 : 1)
                                .thenComparing(KnownCall::lastHeardAt)),
                lists);
    }

    /** Whether there are as many as may be kept. */
    boolean isFull() {
        return known.size() >= MOST;
    }

    private static String key(Source source, String line, String callId) {
        return digest(source.key(line) + "|" + callId);
    }

    /** Of 48 bits, two of 150 calls have the same once in 25 thousand million items. */
    private static String digest(String name) {
        return CallIds.digest(name, KEY_BYTES);
    }

    /** The same calls, from when they stood under source, line and id and not under a digest of these. */
    public Calls digestingKeys() {
        SortedMap<String, KnownCall> next = new TreeMap<>();
        known.forEach((name, call) -> next.put(digest(name), call));
        return new Calls(next, lines);
    }
}
