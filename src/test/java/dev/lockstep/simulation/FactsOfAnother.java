package dev.lockstep.simulation;

import dev.lockstep.mapping.Mapping;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.Facts;
import dev.lockstep.presence.KnownFact;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Source;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Passes a platform's facts off as those of another source, so that they count for the platform itself too. */
final class FactsOfAnother extends PlatformAround {
    private static final Source ANOTHER = Source.application("another");

    FactsOfAnother(ReadablePlatform inner) {
        super(inner);
    }

    @Override
    public Interpretation interpret(
            Observation seen, Standing standing, Situation situation, Mapping mapping, Instant now) {
        Interpretation meaning = super.interpret(seen, standing, asItsOwn(situation), mapping, now);
        List<Signal> signals =
                meaning.signals().stream().map(FactsOfAnother::passedOff).toList();
        return new Interpretation(signals, meaning.standing(), meaning.doubtful());
    }

    private static Signal passedOff(Signal signal) {
        return switch (signal) {
            case Signal.Fact fact -> new Signal.Fact(ANOTHER, fact.moment(), fact.key(), fact.status(), fact.until());
            case Signal.FactEnded ended -> new Signal.FactEnded(ANOTHER, ended.moment(), ended.key());
            default -> signal;
        };
    }

    private Situation asItsOwn(Situation situation) {
        Source own = new Source(name());
        SortedMap<String, KnownFact> facts = new TreeMap<>();
        situation.facts().known().forEach((key, fact) -> {
            boolean passedOff = fact.source().equals(ANOTHER);
            facts.put(
                    passedOff ? own.name() + "|" + fact.key() : key,
                    passedOff
                            ? new KnownFact(
                                    own,
                                    fact.key(),
                                    fact.status(),
                                    fact.moment(),
                                    fact.since(),
                                    fact.until(),
                                    fact.ended())
                            : fact);
        });
        return situation.with(new Facts(facts));
    }
}
