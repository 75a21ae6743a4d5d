package dev.lockstep.teams;

import static dev.lockstep.teams.TeamsPlatform.NAME;
import static dev.lockstep.teams.TeamsPlatform.PREFERRED;
import static dev.lockstep.teams.TeamsPlatform.SESSION;

import dev.lockstep.mapping.EvidenceKind;
import dev.lockstep.mapping.InboundRule;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.ReadablePlatform.Interpretation;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.KnownChoice;
import dev.lockstep.presence.KnownFact;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.presence.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a presence read in Teams says about the agent, given what we wrote.
 *
 * <p>Teams tells neither when nor by whom something was set, and shows only the aggregate. What equals a slot that we
 * hold is ours; what we wrote over a moment ago proves nothing; the rest is the person's or Teams' own.
 */
record PresenceInterpreter(Mapping mapping, TeamsTimings rules, Instant now) {
    /** The one fact that Teams can show of somebody. */
    static final String PRESENCE = "presence";

    /** A person's Busy and Do not disturb end after a day, the rest after a week (presence-setUserPreferredPresence). */
    private static final Duration ONE_DAY = Duration.ofDays(1);

    private static final Duration ONE_WEEK = Duration.ofDays(7);

    /** A call seen only as a status must be seen again within this time. */
    private static final Duration FACT_LIFE = Duration.ofHours(4);

    Interpretation read(Observation seen, Standing standing, Situation situation) {
        TeamsPresence shown = TeamsPresence.of(seen);
        if (shown.isUnknown() || isStale(seen, standing)) {
            return Interpretation.nothing(standing);
        }
        if (isFormer(shown, seen, standing)) {
            return Interpretation.doubtful(standing);
        }
        List<LedgerEntry> own = own(shown, standing);
        if (!own.isEmpty()) {
            return confirmed(shown, seen, standing, situation, own);
        }
        return foreign(shown, seen, standing, situation);
    }

    /** Asked before our last write, or an older version of the presence than one already seen. */
    private boolean isStale(Observation seen, Standing standing) {
        boolean askedBefore = standing.ledger()
                .lastWriteAt()
                .map(write -> !seen.askedAt().isAfter(write))
                .orElse(false);
        boolean olderVersion = standing.observed()
                .flatMap(known -> known.field(TeamsPresence.SEQUENCE))
                .flatMap(known -> seen.field(TeamsPresence.SEQUENCE).map(version -> version.compareTo(known) < 0))
                .orElse(false);
        return askedBefore || olderVersion;
    }

    /** What stood here before our newest write proves nothing until reads have caught up with it, or have shown it. */
    private boolean isFormer(TeamsPresence shown, Observation seen, Standing standing) {
        boolean soon = standing.ledger()
                .lastWriteAt()
                .filter(write -> standing.ledger().entries().stream()
                        .noneMatch(entry -> entry.at().equals(write) && entry.outcome() == LedgerEntry.Outcome.SEEN))
                .map(write -> write.plus(rules.grace()).isAfter(seen.askedAt()))
                .orElse(false);
        boolean ours = !own(shown, standing).isEmpty();
        boolean wasOurs = standing.ledger().entries().stream()
                .filter(entry -> !entry.isTakenBack() && !isHeld(entry, standing))
                .anyMatch(entry -> shown.is(entry.value()));
        boolean wasSeen = standing.observed()
                .filter(known -> TeamsPresence.of(known).is(shown.pair()) && isStale(known, standing))
                .isPresent();
        return soon && !ours && (wasOurs || wasSeen);
    }

    private static boolean isHeld(LedgerEntry entry, Standing standing) {
        return standing.ledger().holds(entry);
    }

    private List<LedgerEntry> own(TeamsPresence shown, Standing standing) {
        return Stream.of(SESSION, PREFERRED)
                .flatMap(slot -> standing.ledger().mayStandIn(slot, now).stream())
                .filter(entry -> shown.is(entry.value()))
                .toList();
    }

    /**
     * It shows what we hold. That confirms a write that Teams accepted, while one without an answer is made again: the
     * person may have picked the same. It covers whatever Teams itself would show; only where we hold something mild can
     * it say that a stricter thing of Teams' own, or of the person's, is over.
     */
    private Interpretation confirmed(
            TeamsPresence shown, Observation seen, Standing standing, Situation situation, List<LedgerEntry> own) {
        Standing next = seeing(seen, standing);
        for (LedgerEntry entry : own) {
            if (entry.outcome() == LedgerEntry.Outcome.DONE) {
                next = next.settling(entry, LedgerEntry.Outcome.SEEN);
            }
        }
        if (isBeingTakenBack(shown, standing)) {
            return new Interpretation(List.of(), next, true);
        }
        if (own.stream().anyMatch(entry -> entry.slot().equals(PREFERRED))) {
            // Nobody can see what lies under it. It is looked for before work is let in, and until then not believed.
            return Interpretation.of(factEnded(seen, situation), next);
        }
        // Our session shows, so the preferred slot, which would outrank it, is empty.
        List<Signal> signals = new ArrayList<>();
        if (meaning(shown).status() == Status.AVAILABLE) {
            signals.addAll(factEnded(seen, situation));
        }
        boolean taken = lostPreferred(standing).isPresent();
        signals.addAll(taken ? reset(seen) : withdrawn(seen, situation));
        return Interpretation.of(signals, taken ? next.losing(PREFERRED, now) : next);
    }

    /** Our own preferred status may show still, and hide a call, while we take it back or just did. */
    private boolean isBeingTakenBack(TeamsPresence shown, Standing standing) {
        List<LedgerEntry> preferred = standing.ledger().writesInto(PREFERRED);
        List<LedgerEntry> takenBack =
                preferred.stream().takeWhile(LedgerEntry::isTakenBack).toList();
        return !takenBack.isEmpty()
                && takenBack.getLast().at().plus(rules.grace()).isAfter(now)
                && preferred.stream().skip(takenBack.size()).limit(1).anyMatch(entry -> shown.is(entry.value()));
    }

    private Interpretation foreign(TeamsPresence shown, Observation seen, Standing standing, Situation situation) {
        InboundRule reading = meaning(shown);
        Standing next = seeing(seen, standing);
        List<Signal> signals = new ArrayList<>();
        if (reading.is(EvidenceKind.FACT)) {
            signals.addAll(fact(reading.status(), seen, situation));
            return Interpretation.of(signals, next);
        }
        signals.addAll(factEnded(seen, situation));
        boolean replaced = lostPreferred(standing).isPresent() && !shown.isWithoutSession();
        if (reading.is(EvidenceKind.CHOICE) && reading.status() == Status.AVAILABLE) {
            signals.addAll(replaced ? reset(seen) : withdrawn(seen, situation));
        } else if (reading.is(EvidenceKind.CHOICE)) {
            signals.addAll(choice(reading.status(), seen, standing, situation));
        } else if (shown.isFaded()) {
            signals.addAll(faded(shown, seen, standing, situation));
        }
        return Interpretation.of(signals, replaced ? next.losing(PREFERRED, now) : next);
    }

    /** A preferred status of ours that should outrank everything, and yet something else shows. */
    private Optional<LedgerEntry> lostPreferred(Standing standing) {
        return standing.ledger()
                .heldIn(PREFERRED, now)
                .filter(entry -> entry.outcome() == LedgerEntry.Outcome.SEEN
                        || !entry.at().plus(rules.grace()).isAfter(now));
    }

    /** An idle machine, or the person's own preferred Away; either way no other status is preferred any more. */
    private List<Signal> faded(TeamsPresence shown, Observation seen, Standing standing, Situation situation) {
        if (shown.isAway() && outranksAway(seen, standing)) {
            return choice(Status.AWAY, seen, standing, situation);
        }
        boolean theirAway = situation
                .choices()
                .of(Source.TEAMS)
                .filter(choice -> shown.isAway() && choice.status() == Status.AWAY)
                .isPresent();
        return theirAway ? List.of() : withdrawn(seen, situation);
    }

    /**
     * A session of ours that outranks every client's Away, and yet Away shows: then it is the person's own preferred
     * status. It proves that only once reads have caught up with the write, and our Available only until it can have
     * faded.
     */
    private boolean outranksAway(Observation seen, Standing standing) {
        return standing.ledger()
                .heldIn(SESSION, now)
                .filter(LedgerEntry::isAccepted)
                .filter(entry -> !seen.askedAt().isBefore(entry.at().plus(rules.grace())))
                .filter(entry -> !entry.value().equalsIgnoreCase("Available/Available")
                        || seen.askedAt().isBefore(entry.at().plus(rules.fade())))
                .isPresent();
    }

    /** The same thing seen again changes nothing but how long it is believed. */
    private List<Signal> fact(Status status, Observation seen, Situation situation) {
        Optional<KnownFact> known =
                situation.facts().open(Source.TEAMS, PRESENCE).filter(fact -> fact.status() == status);
        boolean fresh = known.flatMap(KnownFact::until)
                .map(until -> now.isBefore(until.minus(FACT_LIFE.dividedBy(2))))
                .orElse(false);
        return fresh
                ? List.of()
                : List.of(new Signal.Fact(Source.TEAMS, at(seen), PRESENCE, status, Optional.of(now.plus(FACT_LIFE))));
    }

    private static List<Signal> factEnded(Observation seen, Situation situation) {
        return situation.facts().open(Source.TEAMS, PRESENCE).isPresent()
                ? List.of(new Signal.FactEnded(Source.TEAMS, at(seen), PRESENCE))
                : List.of();
    }

    /** What shows still is no new choice, even if another was made elsewhere since. */
    private static List<Signal> choice(Status status, Observation seen, Standing standing, Situation situation) {
        Optional<Observation> before = standing.observed()
                .filter(known ->
                        TeamsPresence.of(known).is(TeamsPresence.of(seen).pair()));
        boolean known = before.isPresent()
                ? situation
                        .choices()
                        .of(Source.TEAMS)
                        .filter(choice -> choice.status() == status)
                        .isPresent()
                : situation
                        .choices()
                        .latest()
                        .filter(choice -> choice.source().equals(Source.TEAMS) && choice.status() == status)
                        .isPresent();
        boolean endsSoon = status == Status.BUSY || status == Status.DO_NOT_DISTURB;
        Optional<Instant> until = Optional.of(seen.askedAt().plus(endsSoon ? ONE_DAY : ONE_WEEK));
        SourceTime moment = at(before.orElse(seen));
        return known ? List.of() : List.of(new Signal.Choice(Source.TEAMS, moment, status, Optional.empty(), until));
    }

    /** The person took away the preferred status that we had set: nobody else can have. */
    private static List<Signal> reset(Observation seen) {
        return List.of(new Signal.Choice(Source.TEAMS, at(seen), Status.AVAILABLE, Optional.empty(), Optional.empty()));
    }

    private static List<Signal> withdrawn(Observation seen, Situation situation) {
        return situation
                        .choices()
                        .latest()
                        .filter(choice -> choice.source().equals(Source.TEAMS))
                        .map(KnownChoice::status)
                        .filter(status -> status != Status.AVAILABLE)
                        .isPresent()
                ? List.of(new Signal.ChoiceWithdrawn(Source.TEAMS, at(seen)))
                : List.of();
    }

    private Standing seeing(Observation seen, Standing standing) {
        boolean same = standing.observed()
                .filter(known -> isNoNews(known, seen, standing))
                .isPresent();
        return same ? standing : standing.seeing(seen);
    }

    /** The same again tells nothing new, unless it is the first look after a write or after the time of fading. */
    private boolean isNoNews(Observation known, Observation seen, Standing standing) {
        boolean sameSide = standing.ledger()
                .lastWriteAt()
                .map(write -> known.askedAt().isAfter(write) && isAfterFade(known, write) == isAfterFade(seen, write))
                .orElse(true);
        return TeamsPresence.of(known).is(TeamsPresence.of(seen).pair()) && sameSide;
    }

    private boolean isAfterFade(Observation seen, Instant write) {
        return !seen.askedAt().isBefore(write.plus(rules.fade()));
    }

    private InboundRule meaning(TeamsPresence shown) {
        return mapping.read(NAME, shown.pair()).orElse(new InboundRule(Status.AVAILABLE, EvidenceKind.IGNORE));
    }

    private static SourceTime at(Observation seen) {
        return SourceTime.at(seen.askedAt());
    }
}
