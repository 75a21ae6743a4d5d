package dev.lockstep.dynamics;

import dev.lockstep.mapping.EvidenceKind;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Holds what a row shows against what we wrote: the one place where it is decided whose it is.
 *
 * @param known what all rows so far have shown
 */
record DynamicsLook(
        Standing standing, Optional<StatusView> known, PresenceMeanings meanings, DynamicsSettings rules, Instant now) {
    /** One change's time is told with milliseconds in one column and without in another. */
    private static final Duration SAME_CHANGE = Duration.ofSeconds(2);

    DynamicsLook(Standing standing, PresenceMeanings meanings, DynamicsSettings rules, Instant now) {
        this(standing, standing.observed().map(StatusView::new), meanings, rules, now);
    }

    /** By all rows so far. */
    DynamicsSlot latest() {
        return known.map(this::of).orElseGet(this::unseen);
    }

    /** By a row that was just read or told. */
    DynamicsSlot of(StatusView row) {
        return row.presenceId().map(id -> of(row, id)).orElseGet(this::unseen);
    }

    private DynamicsSlot unseen() {
        return held().filter(DynamicsLook::isUnseen)
                .<DynamicsSlot>map(DynamicsSlot.Unconfirmed::new)
                .orElseGet(DynamicsSlot.Nothing::new);
    }

    private DynamicsSlot of(StatusView row, String presenceId) {
        Optional<LedgerEntry> held = held();
        if (held.filter(entry -> isShown(entry, row, presenceId)).isPresent()) {
            return new DynamicsSlot.Ours(held.get());
        }
        Optional<LedgerEntry> lost =
                held.filter(entry -> isReplaced(entry, row, presenceId) || isToldLate(entry, row, presenceId));
        Optional<LedgerEntry> awaited = held.filter(DynamicsLook::isUnseen).filter(entry -> lost.isEmpty());
        boolean echo = isEcho(row, presenceId);
        if (awaited.isPresent()) {
            return echo || isReadBefore(row, presenceId)
                    ? new DynamicsSlot.Overtaken(awaited.get(), row)
                    : new DynamicsSlot.Lagging(awaited.get(), row);
        }
        return echo ? new DynamicsSlot.Echo(row, lost) : new DynamicsSlot.Theirs(row, lost);
    }

    private Optional<LedgerEntry> held() {
        return standing.ledger().heldIn(DynamicsPlatform.SLOT, now);
    }

    private static boolean isUnseen(LedgerEntry entry) {
        return entry.outcome() != LedgerEntry.Outcome.SEEN;
    }

    /** Whether the row shows what we hold: not seen yet, or seen and not set again by somebody since. */
    private boolean isShown(LedgerEntry held, StatusView row, String presenceId) {
        return held.value().equals(presenceId)
                && !row.isOlderThan(known)
                && (isUnseen(held) ? !isComputedBefore(held, row) : !isSetAgain(row, presenceId));
    }

    /**
     * Dynamics itself had set the same just before we wrote it: our write is still to come. If it has not come by the end
     * of the grace, it changed nothing.
     */
    private boolean isComputedBefore(LedgerEntry entry, StatusView row) {
        return row.isComputed()
                && row.presenceAt().isBefore(entry.at())
                && entry.at().plus(rules.grace()).isAfter(now);
    }

    /** A person did, or Dynamics at a sign-in, which may bring the very presence that we had written before. */
    private boolean isSetAgain(StatusView row, String presenceId) {
        boolean changed = known.map(before -> before.presenceTime().plus(SAME_CHANGE))
                .map(same -> row.presenceTime().isAfter(same))
                .orElse(true);
        boolean isPicked = row.isByPerson() && meanings.of(presenceId).is(EvidenceKind.CHOICE);
        return changed && (isPicked || row.isLogin());
    }

    /**
     * Whether something else has taken its place. Once our write was seen, only a later change says that it is gone.
     * Before, the row may be older than the write: it must have changed since we last looked, and the time in which
     * messages lag must be over.
     */
    private boolean isReplaced(LedgerEntry held, StatusView row, String presenceId) {
        boolean changed = known.map(before -> row.presenceTime().isAfter(before.presenceTime()))
                .orElse(true);
        boolean lagging = isUnseen(held) && held.at().plus(rules.grace()).isAfter(now);
        return !held.value().equals(presenceId) && changed && !lagging;
    }

    /** What we hold was shown, as its row tells only now, and something later is known to have taken its place. */
    private boolean isToldLate(LedgerEntry held, StatusView row, String presenceId) {
        return held.value().equals(presenceId) && isUnseen(held) && isOfThatTime(held, row) && !mayBeFormer(held);
    }

    /**
     * Between two writes of one presence there was another of which no row has told yet: one that shows that presence may
     * be from before it.
     */
    boolean mayBeFormer(LedgerEntry entry) {
        return standing.ledger()
                .unseenBefore(entry)
                .filter(between -> between.at().plus(rules.grace()).isAfter(now))
                .isPresent();
    }

    /**
     * Whether a row shows what we hold and another one shows something else, both changed in one moment: which was the
     * later cannot be told, and that ours is gone is the safer guess. What is read long after the other was seen is what
     * stands there now: we may write ours again as often as we like, Dynamics tells no new time of it.
     */
    boolean isTied(StatusView row) {
        return held().filter(entry -> isUnseen(entry) && row.presenceId().equals(Optional.of(entry.value())))
                        .isPresent()
                && known.filter(row::isTiedWith)
                        .filter(before -> !isReadLongAfter(before.observation(), row))
                        .isPresent();
    }

    /**
     * Whether of two rows of one moment the one known before lets work in and this one does not: which was the later cannot
     * be told, and that work is let in is the safer guess.
     */
    boolean mayShowLess(StatusView row) {
        return known.filter(row::isTiedWith)
                .filter(before -> letsWorkIn(before) && !letsWorkIn(row))
                .isPresent();
    }

    private boolean letsWorkIn(StatusView row) {
        return row.presenceId().filter(meanings::letsWorkIn).isPresent();
    }

    private boolean isReadLongAfter(Observation before, StatusView row) {
        Instant end = before.askedAt().plus(rules.grace());
        return !row.isMessage() && !row.observation().askedAt().isBefore(end);
    }

    /** A read from before our newest write, of an earlier one that was seen already. */
    private boolean isReadBefore(StatusView row, String presenceId) {
        boolean isKnown = known.filter(before -> row.presenceTime().equals(before.presenceTime()))
                .isPresent();
        return isKnown
                && standing.ledger().entries().stream()
                        .anyMatch(entry -> !isUnseen(entry) && entry.value().equals(presenceId));
    }

    /** An earlier write of ours, whose message comes after a later one, or once more. */
    private boolean isEcho(StatusView row, String presenceId) {
        return standing.ledger().entries().stream()
                .filter(entry -> entry.value().equals(presenceId) && entry.outcome() != LedgerEntry.Outcome.REFUSED)
                .anyMatch(entry ->
                        isUnseen(entry) ? mayStillCome(entry, row) : isOfThatTime(entry, row) || isCrossed(entry, row));
    }

    /**
     * Whether our write's own row comes only now: what is known is from before the write, so the row that it was seen by
     * was somebody else's, who had set the same just before.
     */
    private boolean isCrossed(LedgerEntry entry, StatusView row) {
        return known.filter(before -> before.presenceAt().isBefore(entry.at()))
                .filter(before -> row.presenceTime().isAfter(before.presenceTime()))
                .filter(before -> !row.presenceAt().isBefore(entry.at().minus(SAME_CHANGE)))
                .filter(before -> !row.presenceAt().isAfter(entry.at().plus(rules.grace())))
                .isPresent();
    }

    private boolean mayStillCome(LedgerEntry entry, StatusView row) {
        return !entry.at().plus(rules.echoWindow()).isBefore(now)
                && !isComputedBefore(entry, row)
                && !isOvertaken(entry, row);
    }

    /**
     * Whether our write was done before another one of ours: what was set long after that, or after all that is known since
     * the other was seen, was not set by it. A write without an answer may be done at any time. Of a row that comes late
     * nobody knows whether the message or the clock is: it is long after by both.
     */
    private boolean isOvertaken(LedgerEntry entry, StatusView row) {
        List<LedgerEntry> later = standing.ledger().writesInto(DynamicsPlatform.SLOT).stream()
                .takeWhile(other -> !other.equals(entry))
                .toList();
        Optional<Instant> end = later.isEmpty()
                ? Optional.empty()
                : Optional.of(later.getLast().at().plus(StatusView.USUAL_LAG));
        boolean isLongBefore = end.filter(row.presenceTime()::isAfter)
                .filter(row.presenceAt()::isAfter)
                .isPresent();
        boolean isKnownSince = known.filter(before -> !before.presenceAt().isBefore(entry.at()))
                .filter(before -> row.presenceTime().isAfter(before.presenceTime()))
                .isPresent();
        boolean isSeenSince = isKnownSince && later.stream().anyMatch(other -> !isUnseen(other));
        return entry.isAccepted() && (isLongBefore || isSeenSince);
    }

    /**
     * Whether a row is of the time of that write, where a later row is known. That one tells how wrong Dynamics' clock is:
     * the late row itself seems to come from a slow one.
     */
    private boolean isOfThatTime(LedgerEntry entry, StatusView row) {
        return known.filter(row::isOlderThan)
                .map(later -> row.presenceTime().plus(Duration.between(later.presenceTime(), later.presenceAt())))
                .filter(at -> !at.isBefore(entry.at().minus(SAME_CHANGE)))
                .filter(at -> !at.isAfter(entry.at().plus(rules.grace())))
                .isPresent();
    }
}
