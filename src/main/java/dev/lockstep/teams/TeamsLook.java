package dev.lockstep.teams;

import static dev.lockstep.teams.TeamsPlatform.NAME;
import static dev.lockstep.teams.TeamsPlatform.PREFERRED;

import dev.lockstep.mapping.EvidenceKind;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.platform.Ledger;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Holds what Teams shows against what we wrote: the one place where it is decided whose it is. */
record TeamsLook(TeamsPresence shown, Ledger ledger, TeamsSettings rules, Instant now) {

    /** By the last look that was worth believing, which later ones have not contradicted. */
    static TeamsSlots latest(Standing standing, Mapping mapping, TeamsSettings rules, Instant now) {
        if (standing.observed().isPresent()) {
            return of(standing.observed().get(), standing, mapping, rules, now);
        }
        return standing.ledger().lastWriteAt().isPresent() ? new TeamsSlots.Unconfirmed() : new TeamsSlots.Nothing();
    }

    static TeamsSlots of(Observation seen, Standing standing, Mapping mapping, TeamsSettings rules, Instant now) {
        TeamsLook look = new TeamsLook(TeamsPresence.of(seen), standing.ledger(), rules, now);
        if (look.shown.isUnknown()) {
            return new TeamsSlots.Unreadable(Optional.empty());
        }
        List<LedgerEntry> own = look.own();
        if (isStale(seen, standing, rules)) {
            return new TeamsSlots.Unreadable(own.isEmpty() ? Optional.of(look.shown) : Optional.empty());
        }
        if (!own.isEmpty()) {
            return look.showingOwn(own);
        }
        return look.isFormer(seen, standing, mapping) ? new TeamsSlots.Lagging(look.shown) : look.showingTheirs();
    }

    /**
     * By a look that is taken just before our preferred status is taken back.
     *
     * @param ledger with the taking back noted
     * @param shown empty if Teams tells nothing of the person
     */
    static TeamsSlots beforeTakingBack(
            LedgerEntry step, Ledger ledger, Optional<TeamsPresence> shown, TeamsSettings rules) {
        List<LedgerEntry> ours = ledger.mayStandIn(PREFERRED, step.at());
        if (ours.isEmpty()) {
            return new TeamsSlots.Nothing();
        }
        return shown.map(presence -> new TeamsLook(presence, ledger, rules, step.at()).uncovering(ours))
                .orElseGet(TeamsSlots.Unconfirmed::new);
    }

    /**
     * Older writes of ours that would show if they stood still: a preferred status outranks everything. Whoever took them
     * away, the same again is somebody else's. Of the one that we hold the slots tell.
     */
    static List<LedgerEntry> replaced(Observation seen, Standing standing, TeamsSettings rules) {
        TeamsLook look = new TeamsLook(TeamsPresence.of(seen), standing.ledger(), rules, seen.askedAt());
        return look.shown.isWithoutSession() ? List.of() : look.replaced();
    }

    private List<LedgerEntry> replaced() {
        List<LedgerEntry> ours = ledger.mayStandIn(PREFERRED, now);
        Optional<LedgerEntry> showing = ours.stream().filter(this::shows).findFirst();
        return ours.stream()
                .filter(entry -> !ledger.holds(entry) && !shows(entry))
                .filter(entry -> isCaughtUpWith(entry)
                        || showing.filter(newer -> ours.indexOf(newer) < ours.indexOf(entry))
                                .isPresent())
                .toList();
    }

    /**
     * Soon after our write a look may still show what was there before it, and without any session Teams shows Offline
     * whatever is preferred.
     */
    private TeamsSlots uncovering(List<LedgerEntry> ours) {
        List<LedgerEntry> showing = ours.stream().filter(this::shows).toList();
        if (!showing.isEmpty()) {
            return new TeamsSlots.Uncovering(shown, showing);
        }
        if (!isCaughtUpWith(ours.getFirst())) {
            return new TeamsSlots.Lagging(shown);
        }
        return shown.isUnknown() || shown.isWithoutSession()
                ? new TeamsSlots.Unreadable(Optional.empty())
                : new TeamsSlots.Theirs(shown, Optional.of(ours.getFirst()));
    }

    /** Asked before our last write, or an older version of the presence than one already seen. */
    private static boolean isStale(Observation seen, Standing standing, TeamsSettings rules) {
        boolean askedBefore = standing.ledger()
                .lastWriteAt()
                .map(write -> !seen.askedAt().isAfter(write))
                .orElse(false);
        boolean olderVersion = standing.observed()
                .filter(known -> FallenSequence.isFallen(seen, known))
                .filter(known -> FallenSequence.notedIn(known)
                        .filter(first -> first.isConfirmedBy(seen, rules.grace()))
                        .isEmpty())
                .isPresent();
        return askedBefore || olderVersion;
    }

    private boolean shows(LedgerEntry entry) {
        return shown.is(entry.value());
    }

    private List<LedgerEntry> own() {
        return Stream.concat(SessionSlots.in(ledger), Stream.of(PREFERRED))
                .flatMap(slot -> ledger.mayStandIn(slot, now).stream())
                .filter(this::shows)
                .toList();
    }

    private TeamsSlots showingOwn(List<LedgerEntry> own) {
        if (isBeingTakenBack()) {
            return new TeamsSlots.Uncovering(shown, own);
        }
        return own.stream().anyMatch(entry -> entry.slot().equals(PREFERRED))
                ? new TeamsSlots.Covered(shown, own)
                : new TeamsSlots.Ours(shown, own, lostPreferred());
    }

    private boolean isBeingTakenBack() {
        List<LedgerEntry> preferred = ledger.writesInto(PREFERRED);
        List<LedgerEntry> takenBack =
                preferred.stream().takeWhile(LedgerEntry::isTakenBack).toList();
        return !takenBack.isEmpty()
                && takenBack.getLast().at().plus(rules.grace()).isAfter(now)
                && preferred.stream().skip(takenBack.size()).limit(1).anyMatch(this::shows);
    }

    /**
     * What stood here before our newest write proves nothing until reads have caught up with it, or have shown it. What
     * somebody else had put there and keeps work away is believed all the same: that can only err on the safe side.
     */
    private boolean isFormer(Observation seen, Standing standing, Mapping mapping) {
        boolean isSoon = ledger.lastWriteAt()
                .filter(write -> write.plus(rules.grace()).isAfter(seen.askedAt()))
                .isPresent();
        boolean wasSeen = standing.observed()
                .filter(known -> shows(known) && isStale(known, standing, rules))
                .isPresent();
        boolean isAwaited = !isLastWriteSeen();
        boolean isOurFormer = formerlyOurs(seen).anyMatch(entry -> isAwaited || isCovered(entry));
        return isSoon && (isOurFormer || (isAwaited && wasSeen && !isKeepingWorkAway(mapping)));
    }

    private boolean isLastWriteSeen() {
        return ledger.lastWriteAt().stream()
                .flatMap(write ->
                        ledger.entries().stream().filter(entry -> entry.at().equals(write)))
                .anyMatch(entry -> entry.outcome() == LedgerEntry.Outcome.SEEN);
    }

    /**
     * Our preferred status would cover that session if it stood: what it was seen by may have been somebody else's of before
     * it.
     */
    private boolean isCovered(LedgerEntry session) {
        return SessionSlots.isOne(session.slot())
                && ledger.heldIn(PREFERRED, now).isPresent();
    }

    private Stream<LedgerEntry> formerlyOurs(Observation seen) {
        return ledger.entries().stream()
                .filter(entry -> !entry.isTakenBack() && !ledger.holds(entry))
                .filter(entry -> ledger.replacedAt(entry)
                        .map(at -> at.plus(rules.grace()).isAfter(seen.askedAt()))
                        .orElse(true))
                .filter(this::shows);
    }

    private boolean isKeepingWorkAway(Mapping mapping) {
        return mapping.read(NAME, shown.pair())
                .filter(reading -> !reading.is(EvidenceKind.IGNORE) && reading.status() != Status.AVAILABLE)
                .isPresent();
    }

    private boolean shows(Observation known) {
        return shown.is(TeamsPresence.of(known).pair());
    }

    /** Without any session Offline shows, and our preferred status is still ours. */
    private TeamsSlots showingTheirs() {
        return new TeamsSlots.Theirs(shown, shown.isWithoutSession() ? Optional.empty() : lostPreferred());
    }

    /** A preferred status of ours that should outrank everything, and yet something else shows. */
    private Optional<LedgerEntry> lostPreferred() {
        return ledger.heldIn(PREFERRED, now).filter(this::isCaughtUpWith);
    }

    /** Whether a look that shows something else than that write can be believed. */
    private boolean isCaughtUpWith(LedgerEntry entry) {
        return entry.outcome() == LedgerEntry.Outcome.SEEN
                || !entry.at().plus(rules.grace()).isAfter(now);
    }
}
