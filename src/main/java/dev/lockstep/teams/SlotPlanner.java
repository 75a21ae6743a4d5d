package dev.lockstep.teams;

import static dev.lockstep.teams.TeamsPlatform.NAME;
import static dev.lockstep.teams.TeamsPlatform.PREFERRED;
import static dev.lockstep.teams.TeamsPlatform.SESSION;

import dev.lockstep.mapping.EvidenceKind;
import dev.lockstep.mapping.InboundRule;
import dev.lockstep.mapping.OutboundRule;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.DesiredPresence;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Plan;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Plans what our session and the preferred slot must hold. */
record SlotPlanner(DesiredPresence wish, Standing standing, TeamsTimings rules, Instant now) {
    private static final String AVAILABLE = "Available/Available";

    /** The longest that Graph grants a session (presence-setPresence). */
    private static final Duration SESSION_LIFE = Duration.ofHours(4);

    Plan plan() {
        if (wish.status().isEmpty()) {
            return steps(Optional.empty(), Optional.empty());
        }
        Optional<OutboundRule> writing =
                wish.mapping().write(NAME, wish.status().get());
        return writing.map(this::plan)
                .orElseGet(() -> Plan.nothing(
                        Condition.UNMAPPED,
                        "nothing in Teams carries " + wish.status().get().label()));
    }

    private Plan plan(OutboundRule writing) {
        boolean preferred = writing.slot().equals(PREFERRED);
        Target target = new Target(writing.values().getFirst(), writing.expiry().orElse(SESSION_LIFE));
        Optional<InboundRule> theirs = choiceOfThePerson();
        if (theirs.isPresent()) {
            return amongPeople(theirs.get().status(), target, preferred);
        }
        if (preferred && showsStricterItself()) {
            return steps(Optional.of(new Target(AVAILABLE, SESSION_LIFE)), Optional.empty());
        }
        return preferred ? viaPreferred(target) : steps(Optional.of(target), Optional.empty());
    }

    /** A call in Teams shows as one, which is enough, and under a preferred status nobody would see it end. */
    private boolean showsStricterItself() {
        return wish.own()
                .filter(own -> !wish.isStricter(wish.status().get(), own))
                .isPresent();
    }

    private record Target(String value, Duration expiry) {}

    /** A preferred status shows only while some session exists; Offline shows without. */
    private Plan viaPreferred(Target target) {
        boolean offline = wish.status().get() == Status.OFFLINE;
        Optional<Target> carrier = offline ? Optional.empty() : Optional.of(new Target(AVAILABLE, SESSION_LIFE));
        return steps(carrier, Optional.of(target));
    }

    /** What the person set by hand: as Teams shows it, or as it was told since we last looked. */
    private Optional<InboundRule> choiceOfThePerson() {
        Optional<InboundRule> shown = standing.observed()
                .filter(seen -> !isOurs(TeamsPresence.of(seen)) && isEvidence())
                .flatMap(
                        seen -> wish.mapping().read(NAME, TeamsPresence.of(seen).pair()));
        Optional<InboundRule> told = wish.decision()
                .choice()
                .filter(choice -> choice.source().name().equals(NAME))
                .filter(choice -> standing.ledger().mayStandIn(PREFERRED, now).isEmpty())
                .map(choice -> new InboundRule(choice.status(), EvidenceKind.CHOICE));
        return shown.filter(SlotPlanner::isHeldBack).or(() -> told.filter(SlotPlanner::isHeldBack));
    }

    private static boolean isHeldBack(InboundRule reading) {
        return reading.is(EvidenceKind.CHOICE) && reading.status() != Status.AVAILABLE;
    }

    /** Whether what was seen was asked for after everything that we wrote. */
    private boolean isEvidence() {
        return standing.ledger()
                .lastWriteAt()
                .map(write -> standing.observed().orElseThrow().askedAt().isAfter(write))
                .orElse(true);
    }

    private boolean isOurs(TeamsPresence shown) {
        return Stream.of(SESSION, PREFERRED)
                .flatMap(slot -> standing.ledger().mayStandIn(slot, now).stream())
                .anyMatch(entry -> shown.is(entry.value()));
    }

    /**
     * The person's own status stays, whatever we want: only a newer choice made elsewhere, or the end of their choice,
     * lets us put ours in its place. It is overwritten, never cleared, because we did not set it.
     */
    private Plan amongPeople(Status theirs, Target target, boolean preferred) {
        Status wanted = wish.status().get();
        Optional<Target> session = preferred ? onlyIfHeld() : Optional.of(target);
        boolean theirChoiceHolds = wish.decision()
                .choice()
                .filter(choice -> choice.source().name().equals(NAME))
                .isPresent();
        if (theirs == wanted) {
            return beside(session).in(Condition.IN_SYNC, "");
        }
        if (theirChoiceHolds || (!preferred && wanted != Status.AVAILABLE)) {
            return beside(session)
                    .in(Condition.HELD_BY_PERSON, "set by hand in Teams; ends when changed or reset there");
        }
        return preferred
                ? viaPreferred(target).overwriting()
                : steps(session, Optional.of(target)).overwriting();
    }

    /** A session of ours that says something else must not outlive what it said. */
    private Optional<Target> onlyIfHeld() {
        return standing.ledger().heldIn(SESSION, now).map(entry -> new Target(AVAILABLE, SESSION_LIFE));
    }

    private Plan steps(Optional<Target> session, Optional<Target> preferred) {
        Optional<LedgerEntry> preferredStep = step(PREFERRED, preferred);
        Optional<LedgerEntry> sessionStep = step(SESSION, session);
        // The stricter first: a set preferred status outranks the session, a cleared one uncovers it.
        Stream<Optional<LedgerEntry>> steps =
                preferred.isPresent() ? Stream.of(preferredStep, sessionStep) : Stream.of(sessionStep, preferredStep);
        return plan(steps.flatMap(Optional::stream).toList(), preferred.or(() -> session));
    }

    /** The session only: whose the preferred status is, ours or the person's, is not for certain yet. */
    private Plan beside(Optional<Target> session) {
        return plan(step(SESSION, session).stream().toList(), session);
    }

    private Plan plan(List<LedgerEntry> steps, Optional<Target> shownBy) {
        return steps.isEmpty() ? settled(shownBy) : Plan.write(steps, Optional.of(now.plus(rules.echoWindow())));
    }

    private Optional<LedgerEntry> step(String slot, Optional<Target> target) {
        Optional<LedgerEntry> held = standing.ledger().heldIn(slot, now);
        if (target.isEmpty()) {
            return held.or(() -> unfinishedTakingBack(slot))
                    .filter(entry -> !slot.equals(PREFERRED) || canBeSeen(entry))
                    .map(entry -> new LedgerEntry(slot, "", now, Optional.empty(), LedgerEntry.Outcome.INTENDED));
        }
        boolean stands = held.filter(
                        entry -> entry.value().equalsIgnoreCase(target.get().value()))
                .filter(entry -> entry.isAccepted() && !isNearExpiry(entry, target.get()) && !hasLapsed(entry))
                .isPresent();
        return stands ? Optional.empty() : Optional.of(entry(slot, target.get()));
    }

    /**
     * Without any session Teams shows Offline whatever is preferred. Then nobody can tell whether the preferred status
     * is still ours: it is taken back when it shows.
     */
    private boolean canBeSeen(LedgerEntry preferred) {
        return standing.observed()
                .filter(seen -> seen.askedAt().isAfter(preferred.at()))
                .filter(seen -> TeamsPresence.of(seen).isWithoutSession())
                .isEmpty();
    }

    /** A taking back that was begun and never answered may not have been done. */
    private Optional<LedgerEntry> unfinishedTakingBack(String slot) {
        return standing.ledger().newestIn(slot).filter(entry -> entry.isTakenBack() && !entry.isAccepted());
    }

    private boolean isNearExpiry(LedgerEntry entry, Target target) {
        return entry.until()
                .map(until -> !now.isBefore(until.minus(target.expiry().dividedBy(8))))
                .orElse(false);
    }

    /**
     * Whether a read says that our session is gone or has faded. Believed only after the time in which an Available
     * fades: until then what shows instead is the person's own. What does not fade is written again once: if that does
     * not help either, it is outranked.
     */
    private boolean hasLapsed(LedgerEntry entry) {
        boolean mayFade = entry.value().equalsIgnoreCase(AVAILABLE);
        if (!mayFade && standing.ledger().repeats(entry.slot()) > 1) {
            return false;
        }
        return standing.observed()
                .filter(seen -> choiceOfThePerson().isEmpty())
                .filter(seen -> !seen.askedAt().isBefore(entry.at().plus(rules.fade())))
                .map(TeamsPresence::of)
                .filter(shown -> !isOurs(shown) && !shown.isUnknown())
                .filter(shown -> shown.isFaded() || isLessThanWanted(shown))
                .isPresent();
    }

    private boolean isLessThanWanted(TeamsPresence shown) {
        return wish.mapping()
                .read(NAME, shown.pair())
                .filter(reading -> reading.is(EvidenceKind.IGNORE)
                        || wish.isStricter(wish.status().get(), reading.status()))
                .isPresent();
    }

    private LedgerEntry entry(String slot, Target target) {
        return new LedgerEntry(
                slot, target.value(), now, Optional.of(now.plus(target.expiry())), LedgerEntry.Outcome.INTENDED);
    }

    /** Nothing to write: how the agent stands, and when what we hold must be renewed. */
    private Plan settled(Optional<Target> shownBy) {
        Optional<Instant> renewal = Stream.of(SESSION, PREFERRED)
                .flatMap(slot -> standing.ledger().heldIn(slot, now).stream())
                .flatMap(entry ->
                        entry
                                .until()
                                .map(until -> until.minus(
                                        Duration.between(entry.at(), until).dividedBy(8)))
                                .stream())
                .min(Comparator.naturalOrder());
        Plan plan = shownBy.map(this::confirmation).orElse(Plan.nothing(Condition.IN_SYNC, "nothing is held here"));
        Optional<Instant> review =
                Stream.concat(plan.reviewAt().stream(), renewal.stream()).min(Comparator.naturalOrder());
        return review.map(plan::reviewedAt).orElse(plan);
    }

    private Plan confirmation(Target target) {
        boolean seen = standing.observed().isPresent() && isEvidence();
        if (seen && showsEnough(TeamsPresence.of(standing.observed().get()), target)) {
            return Plan.nothing(Condition.IN_SYNC, "");
        }
        Instant end = standing.ledger().lastWriteAt().orElse(now).plus(rules.echoWindow());
        if (now.isBefore(end)) {
            return Plan.nothing(Condition.PENDING, "written, not yet shown").reviewedAt(end);
        }
        return seen && isOutranked(TeamsPresence.of(standing.observed().get()))
                ? Plan.nothing(Condition.HELD_BY_PERSON, "set by hand in Teams; ends when changed or reset there")
                : Plan.nothing(Condition.UNCONFIRMED, "accepted, but Teams does not show it");
    }

    /** A milder status over a session of ours that outranks every client: only a preferred one can do that. */
    private boolean isOutranked(TeamsPresence shown) {
        return standing.ledger()
                .heldIn(SESSION, now)
                .filter(entry -> !entry.value().equalsIgnoreCase(AVAILABLE))
                .flatMap(entry -> wish.mapping().read(NAME, shown.pair()))
                .filter(reading -> !reading.is(EvidenceKind.IGNORE) || shown.isAway())
                .isPresent();
    }

    /** What is wanted, or something stricter of Teams' own, such as a Teams call. */
    private boolean showsEnough(TeamsPresence shown, Target target) {
        boolean offline = wish.status().get() == Status.OFFLINE && shown.isWithoutSession();
        return offline
                || shown.is(target.value())
                || wish.mapping()
                        .read(NAME, shown.pair())
                        .filter(reading -> !reading.is(EvidenceKind.IGNORE))
                        .filter(reading -> reading.status() == wish.status().get()
                                || (reading.is(EvidenceKind.FACT)
                                        && wish.isStricter(
                                                reading.status(), wish.status().get())))
                        .isPresent();
    }
}
