package dev.lockstep.dynamics;

import dev.lockstep.platform.Condition;
import dev.lockstep.platform.DesiredPresence;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Plan;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.KnownChoice;
import dev.lockstep.presence.Reason;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Plans which presence must stand in Dynamics: one answer for each {@link DynamicsSlot} and wish. */
final class PresencePlanner {
    /** After which the organisation's presences, which could not be read, are asked for again. */
    private static final Duration UNREAD = Duration.ofMinutes(1);

    private final DesiredPresence wish;
    private final Status wanted;
    private final Standing standing;
    private final PresenceMeanings meanings;
    private final DynamicsSettings rules;
    private final Instant now;

    PresencePlanner(
            DesiredPresence wish, Standing standing, PresenceMeanings meanings, DynamicsSettings rules, Instant now) {
        this.wish = wish;
        this.standing = standing;
        this.meanings = meanings;
        this.wanted = unanswered().orElse(wish.status().orElseThrow());
        this.rules = rules;
        this.now = now;
    }

    /** After work was offered in vain nobody is offered more by us, not even as Busy, which many workstreams allow. */
    private Optional<Status> unanswered() {
        return wish.decision().because().stream()
                .filter(reason -> reason.kind() == Reason.Kind.FACT)
                .filter(reason -> reason.source().equals(Source.DYNAMICS))
                .map(Reason::status)
                .filter(status -> !meanings.isShownOpen(status)
                        && letsWorkIn(wish.status().orElseThrow()))
                .findFirst();
    }

    /** Whether it would, shown as the person picked it or as we show it. */
    private boolean letsWorkIn(Status status) {
        return presenceFor(status).filter(meanings::letsWorkIn).isPresent();
    }

    Plan plan() {
        Plan plan = target().map(this::plan)
                .orElseGet(() -> Plan.nothing(
                                Condition.UNMAPPED,
                                "no presence carries " + wanted.label() + ": create it or change the mapping")
                        .reviewedAt(now.plus(meanings.areKnown() ? CachedPresenceCatalogue.AGE : UNREAD)));
        return plan.instead().isPresent() ? plan : own().map(plan::instead).orElse(plan);
    }

    /** What is to show here by facts that are Dynamics' own. */
    private Optional<Status> own() {
        return unanswered().or(this::atWork);
    }

    /** The presence to show: the very one that the person picked here, or what carries the status. */
    private Optional<String> target() {
        Optional<Status> computed = atWork();
        return computed.isPresent() ? meanings.carrierOf(computed.get()) : presenceFor(wanted);
    }

    private Optional<String> presenceFor(Status status) {
        return wish.picked()
                .filter(choice -> choice.status() == status)
                .flatMap(KnownChoice::presence)
                .filter(presence -> meanings.isStillFor(presence, status))
                .or(() -> meanings.carrierOf(status));
    }

    /**
     * As Dynamics computes it from work: Busy while it may give more, Busy - DND when nothing is left, whatever was picked
     * elsewhere.
     */
    private Optional<Status> atWork() {
        Optional<KnownChoice> choice = wish.decision().choice();
        boolean isPickedHere =
                choice.filter(one -> one.source().equals(Source.DYNAMICS)).isPresent();
        if (!isPickedHere
                && meanings.isShownOpen(wanted)
                && shown().filter(StatusView::isExhausted).isPresent()) {
            return Optional.of(Status.DO_NOT_DISTURB);
        }
        boolean isBusy = wanted == Status.AVAILABLE
                && choice.isEmpty()
                && shown().flatMap(StatusView::conversations)
                        .filter(count -> count > 0)
                        .isPresent();
        return isBusy ? Optional.of(Status.BUSY) : Optional.empty();
    }

    private Optional<StatusView> shown() {
        return standing.observed().map(StatusView::new);
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
        return wish.isStricter(wanted, shown)
                && wish.decision()
                        .demanded()
                        .filter(demanded -> wish.isStricter(demanded, shown))
                        .isPresent();
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
        boolean liftsSystem = !shown.isByPerson() && !isBrought(shown) && !wish.isStricter(wanted, theirs);
        if (isUnprotectedBy(theirs)
                || isComputedMilder(shown, theirs)
                || (isChosenElsewhereSince(shown) && !liftsSystem && !isShownAlready(shown, target))) {
            return write(target, shown.presenceId()).overwriting();
        }
        if (passesUnseen(shown, theirs) || (isGivenBackToUs(shown) && !isShownAlready(shown, target))) {
            return write(target, shown.presenceId());
        }
        if (shown.isByPerson()) {
            return theirs == wanted
                    ? inSync("").instead(theirs)
                    : Plan.nothing(Condition.HELD_BY_PERSON, "set by hand in Dynamics 365; ends when changed there");
        }
        return theirs == Status.OFFLINE
                ? away()
                : inSync("Dynamics 365 shows its own work").instead(theirs);
    }

    /** By another presence, and no more work is let in by it: that one tells more, as a reason for a break does. */
    private boolean isShownAlready(StatusView shown, String target) {
        return meaning(shown) == wanted
                && (meanings.letsWorkIn(target)
                        || !meanings.letsWorkIn(shown.presenceId().orElseThrow()));
    }

    /**
     * A reconnect gives back what was there, and what is neither from work nor the person's choice we had written: it is not
     * wanted any more.
     */
    private boolean isGivenBackToUs(StatusView shown) {
        return shown.isReconnect() && isBrought(shown);
    }

    /** What an arrival brings was chosen before it, and gives way to whatever was chosen after that. */
    private boolean isBrought(StatusView shown) {
        boolean atWork = shown.conversations().filter(count -> count > 0).isPresent();
        return shown.isArrival() && meanings.isOwnAtArrival(shown.presenceId().orElseThrow(), atWork);
    }

    /** Offline that nobody picked, with somebody who is signed in. */
    private static Plan away() {
        return Plan.nothing(
                Condition.NOT_SIGNED_IN,
                "not connected to Dynamics 365; applied when the agent is back, or counts as signed out");
    }

    /** Dynamics has computed it from work, as milder than what was chosen: it knows nothing of that choice. */
    private boolean isComputedMilder(StatusView shown, Status theirs) {
        return !shown.isByPerson() && wish.isStricter(wanted, theirs);
    }

    /**
     * Offline that nobody picked, with somebody who is signed in: they are arriving, or lost the connection. It passes by
     * itself, and the message that tells so may be lost, so no fact relies on it.
     */
    private boolean passesUnseen(StatusView shown, Status theirs) {
        return theirs == Status.OFFLINE
                && !shown.isByPerson()
                && wish.decision().demanded().isPresent();
    }

    private boolean isChosenElsewhereSince(StatusView shown) {
        return wish.choiceMadeElsewhere(DynamicsPlatform.NAME)
                .filter(choice -> isBrought(shown) || choice.moment().at().isAfter(shown.presenceAt()))
                .filter(choice -> choice.status() == wanted)
                .isPresent();
    }

    private Status meaning(StatusView shown) {
        String presenceId = shown.presenceId().orElseThrow();
        return meanings.shownBy(presenceId)
                .orElseGet(() -> meanings.of(presenceId).status());
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
                        .or(() -> shown().flatMap(StatusView::presenceId)));
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
