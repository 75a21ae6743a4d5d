package dev.lockstep.simulation;

import dev.lockstep.mapping.InboundRule;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.platform.DesiredPresence;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.Plan;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.platform.Standing;
import dev.lockstep.platform.Subject;
import dev.lockstep.presence.KnownFact;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Status;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** An adapter that passes everything on: to look at what goes by, or to break it on purpose. */
class PlatformAround implements ReadablePlatform {
    private final ReadablePlatform inner;

    PlatformAround(ReadablePlatform inner) {
        this.inner = inner;
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public boolean concerns(Subject subject) {
        return inner.concerns(subject);
    }

    @Override
    public boolean knowsAgentsByOurId() {
        return inner.knowsAgentsByOurId();
    }

    @Override
    public boolean coversItsOwnFacts() {
        return inner.coversItsOwnFacts();
    }

    @Override
    public boolean isToldItsOwn(KnownFact fact) {
        return inner.isToldItsOwn(fact);
    }

    @Override
    public Plan plan(DesiredPresence wish, Standing standing, Instant now) {
        return inner.plan(wish, standing, now);
    }

    @Override
    public void perform(LedgerEntry step, Subject subject, Standing standing) {
        inner.perform(step, subject, standing);
    }

    @Override
    public Map<String, Observation> read(Collection<String> externalIds) {
        return inner.read(externalIds);
    }

    @Override
    public Interpretation interpret(
            Observation seen, Standing standing, Situation situation, Mapping mapping, Instant now) {
        return inner.interpret(seen, standing, situation, mapping, now);
    }

    @Override
    public Optional<Status> showing(Observation seen, Optional<Status> wanted, Mapping mapping) {
        return inner.showing(seen, wanted, mapping);
    }

    @Override
    public Optional<String> presence(Observation seen) {
        return inner.presence(seen);
    }

    @Override
    public Optional<InboundRule> reading(String presence, Mapping mapping) {
        return inner.reading(presence, mapping);
    }

    @Override
    public Optional<Observation> seenAgain(Observation seen, Instant at) {
        return inner.seenAgain(seen, at);
    }

    @Override
    public Optional<Long> digest(Observation seen, Mapping mapping) {
        return inner.digest(seen, mapping);
    }

    @Override
    public Stream<Instant> turns(Standing standing, Situation situation) {
        return inner.turns(standing, situation);
    }
}
