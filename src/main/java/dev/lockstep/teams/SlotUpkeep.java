package dev.lockstep.teams;

import static dev.lockstep.teams.TeamsPlatform.NAME;
import static dev.lockstep.teams.TeamsPlatform.PREFERRED;

import dev.lockstep.mapping.EvidenceKind;
import dev.lockstep.platform.DesiredPresence;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The write, if one is needed, after which a slot holds what it is to hold.
 *
 * @param instead what Teams showed where ours should, if that is not what the person picked
 */
record SlotUpkeep(
        String slot,
        DesiredPresence wish,
        Standing standing,
        Optional<TeamsPresence> instead,
        TeamsSettings rules,
        Instant now) {

    Optional<LedgerEntry> write(SlotTarget target) {
        boolean stands = standing.ledger()
                .heldIn(slot, now)
                .filter(entry -> entry.value().equalsIgnoreCase(target.value()))
                .filter(entry -> entry.isAccepted() && !isNearExpiry(entry, target) && !hasLapsed(entry))
                .isPresent();
        return stands ? Optional.empty() : Optional.of(entry(target.value(), Optional.of(now.plus(target.expiry()))));
    }

    Optional<LedgerEntry> takeBack() {
        return standing.ledger()
                .heldIn(slot, now)
                .or(this::unfinishedTakingBack)
                .filter(entry -> !slot.equals(PREFERRED) || canBeSeen(entry))
                .map(entry -> entry("", Optional.empty()));
    }

    private LedgerEntry entry(String value, Optional<Instant> until) {
        return new LedgerEntry(slot, value, now, until, LedgerEntry.Outcome.INTENDED);
    }

    /** A taking back that was begun and never answered may not have been done. */
    private Optional<LedgerEntry> unfinishedTakingBack() {
        return standing.ledger().newestIn(slot).filter(entry -> entry.isTakenBack() && !entry.isAccepted());
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

    private boolean isNearExpiry(LedgerEntry entry, SlotTarget target) {
        return entry.until()
                .map(until -> !now.isBefore(until.minus(target.expiry().dividedBy(8))))
                .orElse(false);
    }

    /**
     * Whether a look says that our write is gone or has faded. What does not fade is written again once: if that
     * does not help either, it is outranked.
     */
    private boolean hasLapsed(LedgerEntry entry) {
        boolean late = standing.observed()
                .filter(seen -> !seen.askedAt().isBefore(entry.at().plus(believedAfter(entry))))
                .isPresent();
        return hasPlainlyFaded(entry)
                || late
                        && (isFading(entry) || standing.ledger().repeats(slot) <= 1)
                        && instead.filter(shown -> shown.isFaded() || isLessThanWanted(shown))
                                .isPresent();
    }

    /**
     * An Available may have faded only after its time, and until then what shows instead is the person's own; so is what
     * replaces a preferred status. Another session of ours outranks every client: it is gone as soon as reads have caught
     * up with it.
     */
    private Duration believedAfter(LedgerEntry entry) {
        if (isFading(entry) || slot.equals(PREFERRED)) {
            return rules.fade();
        }
        return entry.outcome() == LedgerEntry.Outcome.SEEN ? Duration.ZERO : rules.grace();
    }

    private static boolean isFading(LedgerEntry entry) {
        return entry.value().equalsIgnoreCase(TeamsPresence.AVAILABLE_PAIR);
    }

    /** Nobody picks what a fade shows: where our Available has been seen, it is believed at any age. */
    private boolean hasPlainlyFaded(LedgerEntry entry) {
        return entry.outcome() == LedgerEntry.Outcome.SEEN
                && isFading(entry)
                && instead.filter(TeamsPresence::isInactive).isPresent();
    }

    private boolean isLessThanWanted(TeamsPresence shown) {
        return wish.mapping()
                .read(NAME, shown.pair())
                .filter(reading -> reading.is(EvidenceKind.IGNORE)
                        || wish.isStricter(wish.status().get(), reading.status()))
                .isPresent();
    }
}
