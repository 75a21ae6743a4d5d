package dev.lockstep.phone;

import dev.lockstep.presence.CallState;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a phone system says, before it is known whom it concerns. */
public sealed interface LineEvidence {
    /**
     * Something about a line.
     *
     * @param lines names under which the line may be known, the most telling first; none if the phone gave no name
     * @param signals none if it changes nothing
     */
    record Said(List<String> lines, List<Signal> signals) implements LineEvidence {
        public Said {
            lines = List.copyOf(lines);
            signals = List.copyOf(signals);
        }

        /**
         * The same of the line as it is configured. One phone tells of itself by several names, and what is begun under
         * one of them ends under another.
         *
         * @param keys what begins stands under the first, what ends may stand under any
         */
        Said on(List<String> keys) {
            Stream<Signal> first = signals.stream().map(signal -> on(keys.getFirst(), signal));
            Stream<Signal> others = keys.stream()
                    .skip(1)
                    .flatMap(key -> signals.stream()
                            .flatMap(signal -> ending(signal).stream())
                            .map(signal -> on(key, signal)));
            return new Said(lines, Stream.concat(first, others).toList());
        }

        /** As far as it ends something. A call that is up stands under the first key from now on. */
        private static Optional<Signal> ending(Signal signal) {
            return switch (signal) {
                case Signal.Call call -> Optional.<Signal>of(call).filter(told -> call.state() == CallState.ENDED);
                case Signal.Calls calls ->
                    Optional.of(
                            new Signal.Calls(calls.source(), calls.moment(), calls.line(), Set.of(), calls.weakId()));
                case Signal.FactEnded end -> Optional.of(end);
                case Signal.Fact fact -> Optional.empty();
                case Signal.Choice choice -> Optional.empty();
                case Signal.ChoiceWithdrawn withdrawn -> Optional.empty();
                case Signal.SignedIn in -> Optional.empty();
                case Signal.SignedOut out -> Optional.empty();
                case Signal.Shifts shifts -> Optional.empty();
            };
        }

        /** Calls have an id within their line; and each line has a Do not disturb of its own. */
        private static Signal on(String line, Signal signal) {
            return switch (signal) {
                case Signal.Call call ->
                    new Signal.Call(call.source(), call.moment(), line, call.callId(), call.state(), call.weakId());
                case Signal.Calls calls ->
                    new Signal.Calls(calls.source(), calls.moment(), line, calls.callIds(), calls.weakId());
                case Signal.Fact fact ->
                    new Signal.Fact(fact.source(), fact.moment(), fact.key() + "|" + line, fact.status(), fact.until());
                case Signal.FactEnded end -> new Signal.FactEnded(end.source(), end.moment(), end.key() + "|" + line);
                case Signal.Choice choice -> choice;
                case Signal.ChoiceWithdrawn withdrawn -> withdrawn;
                case Signal.SignedIn in -> in;
                case Signal.SignedOut out -> out;
                case Signal.Shifts shifts -> shifts;
            };
        }
    }

    /**
     * What ends for somebody whose line is no longer theirs: the phone tells somebody else, or nobody, of its end. A call
     * that it told of within that very millisecond ends too.
     *
     * @param at from when on the line is not theirs
     */
    static List<Signal> whenLineLeaves(Source phone, Instant at, String line) {
        PhoneKind.About about = new PhoneKind.About(phone, SourceTime.at(at.plusMillis(1)), line, "", false);
        List<Signal> over = Stream.of(PhoneKind.IDLE, PhoneKind.DND_OFF)
                .flatMap(kind -> kind.signals(about).stream())
                .toList();
        return new Said(List.of(line), over).on(List.of(line)).signals();
    }

    /** An event of a kind that means nothing to us. */
    record NotUnderstood(String kind) implements LineEvidence {}

    /**
     * The event names a time that was not believed; what it says is taken at its receipt.
     *
     * @param how by how much it is off, or that it cannot be read
     */
    record Mistimed(String how) implements LineEvidence {}
}
