package dev.lockstep.presence;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that is known about one agent: the fold of all signals.
 *
 * <p>Every part keeps the newest news of each source, so folding a signal twice, or several in another order, ends in
 * the same situation wherever the sources give a time or a sequence. Nothing here depends on a clock; {@link Decider}
 * asks what of it still holds at a given time.
 */
public record Situation(Calls calls, Facts facts, Choices choices, SignIn signIn, Rosters rosters) {
    private static final Situation UNKNOWN =
            new Situation(Calls.NONE, Facts.NONE, Choices.NONE, SignIn.UNKNOWN, Rosters.NONE);

    public static Situation unknown() {
        return UNKNOWN;
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
            case Signal.Call call -> with(calls.fold(call));
            case Signal.Calls snapshot -> with(calls.fold(snapshot));
            case Signal.Fact fact -> with(facts.fold(KnownFact.of(fact)));
            case Signal.FactEnded end -> with(facts.fold(KnownFact.of(end)));
            case Signal.Choice choice -> with(choices.fold(choice));
            case Signal.ChoiceWithdrawn withdrawn -> with(choices.fold(withdrawn));
            case Signal.SignedIn in -> with(signIn.fold(in));
            case Signal.SignedOut out -> with(signIn.fold(out));
            case Signal.Shifts shifts -> with(rosters.fold(shifts));
        };
    }

    /** What is no longer needed to recognise late news is dropped, so that the item stays small. */
    public Situation forgetting(Instant now) {
        return new Situation(calls.forgetting(now), facts.forgetting(now), choices.forgetting(now), signIn, rosters);
    }

    /**
     * Of what there is as much as may be kept, so that what matters least is forgotten before its time: mostly somebody
     * invents calls, or takes ever new names. In words, for people.
     */
    public List<String> full() {
        Map<String, Boolean> parts = new LinkedHashMap<>();
        parts.put("calls", calls.isFull());
        parts.put("facts", facts.isFull());
        parts.put("choices", choices.isFull());
        return parts.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What is left when nothing is to be known of a person any more but whether they are there and what they picked. */
    public Situation pickedOnly() {
        return new Situation(Calls.NONE, Facts.NONE, choices, signIn, Rosters.NONE);
    }

    /** What a source said is not known any more; of Dynamics, not even whether the agent is signed in. */
    public Situation without(Source source) {
        SignIn next = source.equals(Source.DYNAMICS) ? SignIn.UNKNOWN : signIn;
        return new Situation(calls, facts.without(source), choices.without(source), next, rosters);
    }

    public Situation with(Calls next) {
        return new Situation(next, facts, choices, signIn, rosters);
    }

    public Situation with(Facts next) {
        return new Situation(calls, next, choices, signIn, rosters);
    }

    public Situation with(Choices next) {
        return new Situation(calls, facts, next, signIn, rosters);
    }

    public Situation with(SignIn next) {
        return new Situation(calls, facts, choices, next, rosters);
    }

    private Situation with(Rosters next) {
        return new Situation(calls, facts, choices, signIn, next);
    }
}
