package dev.lockstep.dynamics;

import dev.lockstep.dynamics.dataverse.OmnichannelApi;
import dev.lockstep.mapping.InboundRule;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.DesiredPresence;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.Plan;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.platform.Standing;
import dev.lockstep.platform.Subject;
import dev.lockstep.presence.KnownFact;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Status;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Dynamics 365 Contact Center: a platform with a single slot that routes work.
 *
 * <p>What we write replaces what the person had, so we put it back: the person's latest choice, or Available or Busy by
 * the work in hand. Nothing tells our writes from others' but our own ledger: a row that shows what we hold is ours.
 */
public final class DynamicsPlatform implements ReadablePlatform {
    public static final String NAME = "dynamics";
    static final String SLOT = "presence";

    private final OmnichannelApi api;
    private final Presences catalogue;
    private final DynamicsSettings rules;
    private final InstantSource clock;

    DynamicsPlatform(OmnichannelApi api, Presences catalogue, DynamicsSettings rules, InstantSource clock) {
        this.api = api;
        this.catalogue = catalogue;
        this.rules = rules;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Our write takes the place of what Dynamics set after work was offered in vain. Work in hand it computes anew itself. */
    @Override
    public boolean isToldItsOwn(KnownFact fact) {
        return fact.key().equals(StatusInterpreter.UNANSWERED);
    }

    @Override
    public Plan plan(DesiredPresence wish, Standing standing, Instant now) {
        if (wish.status().isEmpty()) {
            return Plan.nothing(Condition.IN_SYNC, "nothing is wanted here");
        }
        if (!wish.signedIn()) {
            return Plan.nothing(Condition.NOT_SIGNED_IN, "applied when the agent signs in to Dynamics 365");
        }
        return new PresencePlanner(wish, standing, meanings(wish.mapping()), rules, now).plan();
    }

    /** The catalogue is asked for only when it is needed: it may have to be read. */
    private PresenceMeanings meanings(Mapping mapping) {
        return new PresenceMeanings(catalogue.get(), mapping);
    }

    @Override
    public Optional<Status> showing(Observation seen, Optional<Status> wanted, Mapping mapping) {
        PresenceMeanings meanings = meanings(mapping);
        return new StatusView(seen)
                .presenceId()
                .flatMap(id ->
                        wanted.filter(status -> meanings.carries(id, status)).or(() -> meanings.shownBy(id)));
    }

    @Override
    public Optional<String> presence(Observation seen) {
        return new StatusView(seen).presenceId();
    }

    @Override
    public Optional<InboundRule> reading(String presence, Mapping mapping) {
        PresenceMeanings meanings = meanings(mapping);
        return Optional.of(presence).filter(meanings::isKnown).map(meanings::of);
    }

    @Override
    public String named(String value) {
        try {
            return catalogue.get().nameOf(value);
        } catch (PlatformException unread) {
            return value;
        }
    }

    @Override
    public void perform(LedgerEntry step, Subject subject, Standing standing) {
        try {
            api.modify(subject.agentId(), subject.externalId(), step.value());
        } catch (PlatformException.Rejected refused) {
            if (catalogue.doubting(step.value()).isThere(step.value())) {
                throw refused;
            }
            throw new PlatformException.Outdated(
                    "that presence was switched off; the next one that carries the status is taken");
        }
    }

    @Override
    public Map<String, Observation> read(Collection<String> externalIds) {
        Instant asked = clock.instant();
        Map<String, Observation> seen = new HashMap<>();
        for (OmnichannelApi.StatusRow row : api.statuses(externalIds)) {
            seen.put(row.systemUserId(), new Observation(NAME, asked, row.fields()));
        }
        return seen;
    }

    @Override
    public Optional<Observation> seenAgain(Observation seen, Instant at) {
        return Optional.of(new StatusView(seen).asReadAt(at));
    }

    @Override
    public Optional<Long> digest(Observation seen, Mapping mapping) {
        return new RowDigest(meanings(mapping)).of(seen);
    }

    @Override
    public Stream<Instant> turns(Standing standing, Situation situation) {
        Stream<Instant> ofRow = standing.observed().stream()
                .flatMap(row -> Stream.concat(
                        new StatusView(row).turns(), Stream.of(row.askedAt().plus(rules.grace()))));
        Stream<Instant> ofEchoes =
                standing.ledger().entries().stream().map(entry -> entry.at().plus(rules.echoWindow()));
        Stream<Instant> ofSignOut = situation.signIn().signOut().stream()
                .flatMap(out -> Stream.of(out.moment().at(), out.effective()));
        return Stream.of(standing.ledger().turns(rules.grace()), ofEchoes, ofRow, ofSignOut)
                .flatMap(times -> times);
    }

    @Override
    public Interpretation interpret(
            Observation seen, Standing standing, Situation situation, Mapping mapping, Instant now) {
        PresenceCatalogue known =
                new StatusView(seen).presenceId().map(catalogue::knowing).orElseGet(catalogue);
        return new StatusInterpreter(new PresenceMeanings(known, mapping), rules, now).read(seen, standing, situation);
    }
}
