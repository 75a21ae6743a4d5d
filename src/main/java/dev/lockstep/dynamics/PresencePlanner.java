package dev.lockstep.dynamics;

import dev.lockstep.platform.Condition;
import dev.lockstep.platform.DesiredPresence;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Plan;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Plans which presence must stand in Dynamics: one answer for each {@link DynamicsSlot} and wish. */
final class PresencePlanner {
    private final DesiredPresence wish;
    private final Status wanted;
    private final Standing standing;
    private final PresenceMeanings meanings;
    private final DynamicsSettings rules;
    private final Instant now;

    PresencePlanner(
            DesiredPresence wish, Standing standing, PresenceMeanings meanings, DynamicsSettings rules, Instant now) {
        this.wish = wish;
        this.wanted = wish.status().orElseThrow();
        this.standing = standing;
        this.meanings = meanings;
        this.rules = rules;
        this.now = now;
    }

    Plan plan() {
        return target().map(this::plan)
                .orElseGet(() -> Plan.nothing(
                        Condition.UNMAPPED,
                        "no presence carries " + wanted.label() + ": create it or change the mapping"));
    }

    /** The presence to show: what we are asked for, or Busy instead of Available where Dynamics gave work. */
    private Optional<String> target() {
        boolean works = standing.observed()
                .map(StatusView::new)
                .flatMap(StatusView::conversations)
                .filter(count -> count > 0)
                .isPresent();
        boolean atWork =
                wanted == Status.AVAILABLE && works && wish.decision().choice().isEmpty();
        return meanings.carrierOf(atWork ? Status.BUSY : wanted);
    }

    private Plan plan(String target) {
        return switch (new DynamicsLook(standing, meanings, rules, now).latest()) {
            case DynamicsSlot.Nothing nothing -> writeOverOurs(target);
            case DynamicsSlot.Unconfirmed ours ->
                isAccepted(ours.entry(), target) ? awaiting(ours.entry()) : writeOverOurs(target);
            case DynamicsSlot.Ours ours -> isAccepted(ours.entry(), target) ? inSync("") : writeOverOurs(target);
            case DynamicsSlot.Late late -> isAccepted(late.entry(), target) ? awaiting(late) : writeOverOurs(target);
            case DynamicsSlot.Other other -> amongOthers(other.shown(), target);
        };
    }

    /** What has no answer is written again, even if it shows. */
    private static boolean isAccepted(LedgerEntry held, String target) {
        return held.isAccepted() && held.value().equals(target);
    }

    private Plan awaiting(DynamicsSlot.Late late) {
        return isCrossed(late) ? writeOverOurs(late.entry().value()).overwriting() : awaiting(late.entry());
    }

    /**
     * Somebody, or a sign-in, let work in just when we kept it away. Whose write came last cannot be told before ours
     * shows, so ours is made once more at once.
     */
    private boolean isCrossed(DynamicsSlot.Late late) {
        return standing.ledger().unseenRepeats(DynamicsPlatform.SLOT) == 1
                && late.shown().presenceAt().isAfter(late.entry().at())
                && isUnprotectedBy(meaning(late.shown()));
    }

    /** Whether work is let in that facts keep away. */
    private boolean isUnprotectedBy(Status shown) {
        return wish.decision().demanded().isPresent() && wish.isStricter(wanted, shown);
    }

    /**
     * Written and accepted: the row has to show it before anything else is believed. If it never does, it is written
     * again, each time after twice the wait.
     */
    private Plan awaiting(LedgerEntry held) {
        int repeats = standing.ledger().unseenRepeats(DynamicsPlatform.SLOT);
        Instant end = held.at().plus(rules.echoWindow().multipliedBy(1L << Math.max(0, repeats - 1)));
        if (!now.isBefore(end)) {
            return writeOverOurs(held.value());
        }
        Plan waiting = repeats == 1
                ? Plan.nothing(Condition.PENDING, "written, not yet shown")
                : Plan.nothing(Condition.UNCONFIRMED, "accepted, but Dynamics 365 does not show it");
        return waiting.reviewedAt(end);
    }

    private Plan amongOthers(StatusView shown, String target) {
        String presenceId = shown.presenceId().orElseThrow();
        if (presenceId.equals(target)) {
            return inSync("");
        }
        return meanings.isOnlyOurs(presenceId) ? writeOverOurs(target) : amongPeople(shown, target);
    }

    /**
     * Somebody else set what is shown. It is overwritten with a newer choice made elsewhere, or when it lets in work
     * that facts keep away; everything else stays.
     */
    private Plan amongPeople(StatusView shown, String target) {
        Status theirs = meaning(shown);
        boolean liftsSystem = !shown.isByPerson() && !wish.isStricter(wanted, theirs);
        if (isUnprotectedBy(theirs) || (isChosenElsewhereSince(shown) && !liftsSystem)) {
            return write(target, shown.presenceId()).overwriting();
        }
        if (!wish.isStricter(theirs, wanted)) {
            return inSync("");
        }
        return shown.isByPerson()
                ? Plan.nothing(Condition.HELD_BY_PERSON, "set by hand in Dynamics 365; ends when changed there")
                : inSync("Dynamics 365 shows its own work");
    }

    private boolean isChosenElsewhereSince(StatusView shown) {
        return wish.choiceMadeElsewhere(DynamicsPlatform.NAME)
                .filter(choice -> choice.moment().at().isAfter(shown.presenceAt()))
                .filter(choice -> choice.status() == wanted)
                .isPresent();
    }

    private Status meaning(StatusView shown) {
        return meanings.of(shown.presenceId().orElseThrow()).status();
    }

    private static Plan inSync(String message) {
        return Plan.nothing(Condition.IN_SYNC, message);
    }

    /** In the place of what we hold there, or of what shows and can only be ours. */
    private Plan writeOverOurs(String target) {
        return write(
                target,
                standing.ledger()
                        .heldIn(DynamicsPlatform.SLOT, now)
                        .map(LedgerEntry::value)
                        .or(() -> standing.observed().map(StatusView::new).flatMap(StatusView::presenceId)));
    }

    /** @param before the presence that we hold there or that shows */
    private Plan write(String target, Optional<String> before) {
        LedgerEntry step =
                new LedgerEntry(DynamicsPlatform.SLOT, target, now, Optional.empty(), LedgerEntry.Outcome.INTENDED);
        Plan plan = Plan.write(List.of(step), Optional.of(now.plus(rules.echoWindow())));
        return before.filter(presence -> meanings.letsWorkIn(target) && isReleased(presence))
                        .isPresent()
                ? plan.releasing()
                : plan;
    }

    /** Whether work would be offered again that was kept away, by "On a call" or by anything as strict. */
    private boolean isReleased(String before) {
        return wish.isStricter(Status.ON_A_CALL, wanted)
                && (meanings.carries(before, Status.ON_A_CALL)
                        || !wish.isStricter(
                                Status.ON_A_CALL, meanings.of(before).status()));
    }
}
