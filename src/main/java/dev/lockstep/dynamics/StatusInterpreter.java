package dev.lockstep.dynamics;

import dev.lockstep.mapping.EvidenceKind;
import dev.lockstep.mapping.InboundRule;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.ReadablePlatform.Interpretation;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.KnownChoice;
import dev.lockstep.presence.SignIn;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.presence.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a row of {@code msdyn_agentstatus} says about the agent, given what we wrote.
 *
 * <p>Three things are read apart, each by its own order: signed in or out, what the presence means, and the work in
 * hand. The user named as the initiator of a change is never looked at: it is the omnichannel service's own.
 */
record StatusInterpreter(PresenceMeanings meanings, DynamicsSettings rules, Instant now) {
    /** Work that Dynamics gave: conversations in hand. */
    static final String WORK = "work";

    /** Inactive after a missed notification, or the status set after a rejected one. */
    static final String UNANSWERED = "unanswered work";

    Interpretation read(Observation seen, Standing standing, Situation situation) {
        DynamicsLook look = new DynamicsLook(standing, meanings, rules, now);
        StatusView told = new StatusView(seen).after(look.known());
        StatusView view = look.isTied(told) ? told.aMomentEarlier() : told;
        DynamicsSlot slot = look.of(view);
        StatusView merged =
                new StatusView(MergedRow.of(look.known(), look.mayShowLess(view) ? view.aMomentEarlier() : view));
        List<Signal> signals = new ArrayList<>();
        if (!view.isOlderThan(look.known()) || view.isLogout() || view.isLogin()) {
            signals.addAll(signIn(view, merged, situation, slot));
        }
        signals.addAll(presence(view, slot, look, situation));
        signals.addAll(work(view, look, situation));
        return Interpretation.of(signals, after(merged, look, slot));
    }

    private List<Signal> signIn(StatusView view, StatusView merged, Situation situation, DynamicsSlot slot) {
        if (view.loggedIn().isEmpty()) {
            return List.of();
        }
        // Offline that an arrival brought back stays so while other things are told.
        boolean there = view.isByPerson() || view.isArrival() || merged.isArrival();
        boolean disconnected = !(slot instanceof DynamicsSlot.Own) && isOffline(view) && !there;
        if (view.loggedIn().get() && !disconnected) {
            return signedIn(view, situation);
        }
        boolean known = situation.signIn().isKnown() && !situation.signIn().holdsAt(now);
        if (known && !view.isLogout()) {
            return List.of();
        }
        SourceTime moment = SourceTime.at(notLater(view.presenceAt()));
        Instant effective = view.isLogout() ? moment.at() : moment.at().plus(rules.offlineHold());
        return List.of(new Signal.SignedOut(Source.DYNAMICS, moment, effective));
    }

    /**
     * A row keeps the name of its last event for hours: that it says Login is news only in a message, or when the agent
     * was not known to be in.
     */
    private List<Signal> signedIn(StatusView view, Situation situation) {
        boolean wasIn = situation.signIn().holdsAt(now);
        boolean news = view.isLogin() && view.isMessage();
        if (wasIn && !isLeaving(situation) && !news) {
            return List.of();
        }
        boolean firstSeen = !situation.signIn().isKnown() && !news;
        Instant at = firstSeen ? view.observation().askedAt() : arrival(view);
        boolean login = view.isLogin() || !wasIn;
        return List.of(new Signal.SignedIn(Source.DYNAMICS, SourceTime.at(notLater(at)), login));
    }

    /**
     * An arrival sets a presence, as a sign-out does, and both are of that moment: the row is changed a moment after it. Only
     * where the presence's time is told in whole seconds does that say more.
     */
    private static Instant arrival(StatusView view) {
        return view.isArrival() && !view.tellsWholeSeconds()
                ? view.presenceAt()
                : laterOf(view.presenceAt(), view.changeAt());
    }

    /** Whether a lost connection is being waited for. */
    private static boolean isLeaving(Situation situation) {
        SignIn signIn = situation.signIn();
        return signIn.signOut()
                .filter(out ->
                        signIn.latest().map(in -> !in.isAfter(out.moment())).orElse(true))
                .isPresent();
    }

    private List<Signal> presence(StatusView view, DynamicsSlot slot, DynamicsLook look, Situation situation) {
        return switch (slot) {
            case DynamicsSlot.Nothing nothing -> List.of();
            case DynamicsSlot.Unconfirmed unconfirmed -> List.of();
            case DynamicsSlot.Own own -> rejection(view, look, situation);
            case DynamicsSlot.Lagging lagging -> presence(lagging.shown(), look, situation);
            case DynamicsSlot.Theirs theirs -> presence(theirs.shown(), look, situation);
        };
    }

    /** Dynamics may set the very presence that we wrote: whose it is does not tell why it was set. */
    private List<Signal> rejection(StatusView view, DynamicsLook look, Situation situation) {
        boolean isRejected =
                view.isRejection() && view.isBySystem() && view.presenceId().isPresent();
        return isRejected
                ? unanswered(view, meanings.of(view.presenceId().orElseThrow()), look, situation).stream()
                        .toList()
                : List.of();
    }

    private List<Signal> presence(StatusView view, DynamicsLook look, Situation situation) {
        SourceTime moment = SourceTime.at(notLater(view.presenceAt()));
        InboundRule reading = meanings.of(view.presenceId().orElseThrow());
        List<Signal> signals = new ArrayList<>();
        if (isUnanswered(view, reading)) {
            unanswered(view, reading, look, situation).ifPresent(signals::add);
        } else if (isAnswered(view, look, situation, moment)) {
            signals.add(new Signal.FactEnded(Source.DYNAMICS, moment, UNANSWERED));
        }
        signals.addAll(choice(view, reading, look, situation, moment));
        return signals;
    }

    /** Messages come in any order: the person, or Dynamics, may have set something else since. */
    private Optional<Signal> unanswered(StatusView view, InboundRule reading, DynamicsLook look, Situation situation) {
        boolean pickedSince = situation
                .choices()
                .of(Source.DYNAMICS)
                .filter(choice -> choice.moment().at().isAfter(view.presenceAt()))
                .isPresent();
        boolean replaced = view.isOlderThan(look.known())
                && look.known().filter(view::isOfPresence).isEmpty()
                && showsOthers(look);
        if (pickedSince || replaced) {
            return Optional.empty();
        }
        SourceTime moment = SourceTime.at(notLater(view.presenceAt()));
        return Optional.of(new Signal.Fact(Source.DYNAMICS, moment, UNANSWERED, reading.status(), Optional.empty()));
    }

    private boolean showsOthers(DynamicsLook look) {
        return switch (look.latest()) {
            case DynamicsSlot.Nothing nothing -> false;
            case DynamicsSlot.Unconfirmed unconfirmed -> false;
            case DynamicsSlot.Own own -> false;
            case DynamicsSlot.Lagging lagging -> true;
            case DynamicsSlot.Theirs theirs -> true;
        };
    }

    /** Nobody but the person lifts what Dynamics sets after work was offered in vain. */
    private boolean isUnanswered(StatusView view, InboundRule reading) {
        return reading.is(EvidenceKind.FACT)
                || view.isRejection()
                || (view.isComputed()
                        && meanings.isForMissedWork(view.presenceId().orElseThrow()));
    }

    /**
     * Anything else ends it, but for the Offline of a lost connection, which passes. The row of a rejection goes on to show
     * the same presence when it tells of other things. And of a pick of the very same moment nobody knows which was the
     * later, unless it shows still.
     */
    private boolean isAnswered(StatusView view, DynamicsLook look, Situation situation, SourceTime moment) {
        boolean isLost = isOffline(view) && !view.isByPerson() && !view.isLogin();
        return !isLost
                && situation
                        .facts()
                        .open(Source.DYNAMICS, UNANSWERED)
                        .filter(fact ->
                                !fact.moment().equals(moment) || (view.isByPerson() && showsTheSame(view, look)))
                        .isPresent();
    }

    private static boolean showsTheSame(StatusView view, DynamicsLook look) {
        return look.known().flatMap(StatusView::presenceId).equals(view.presenceId());
    }

    private List<Signal> choice(
            StatusView view, InboundRule reading, DynamicsLook look, Situation situation, SourceTime moment) {
        Optional<KnownChoice> sameAsBefore = situation
                .choices()
                .of(Source.DYNAMICS)
                .filter(known ->
                        known.moment().equals(moment) && known.presence().equals(view.presenceId()));
        if (isUnanswered(view, reading) || !isChosen(view, reading, look, situation)) {
            boolean misread = sameAsBefore.isPresent() && !reading.is(EvidenceKind.CHOICE);
            boolean over = sameAsBefore.isEmpty()
                    && !isUnanswered(view, reading)
                    && !isOffline(view)
                    && (!view.isReconnect() || isUnheardOf(view, look, situation))
                    && recalculatedOver(situation);
            return misread || over ? List.of(new Signal.ChoiceWithdrawn(Source.DYNAMICS, moment)) : List.of();
        }
        boolean knewMore =
                sameAsBefore.isPresent() && !meanings.isKnown(view.presenceId().orElseThrow());
        return knewMore ? List.of() : List.of(choice(view, reading.status(), moment));
    }

    /** Picked by a person, or found at an arrival though it is not computed from work. */
    private boolean isChosen(StatusView view, InboundRule reading, DynamicsLook look, Situation situation) {
        boolean returns =
                view.isReconnect() && (!situation.signIn().holdsAt(now) || isUnheardOf(view, look, situation));
        boolean found = (view.isLogin() || returns) && (isOwnDefault(view, look) || isGivenBack(view, situation));
        return reading.is(EvidenceKind.CHOICE) && (view.isByPerson() || found);
    }

    /** A reconnect brings back what was there: if that was neither ours nor known, the message that told it was lost. */
    private static boolean isUnheardOf(StatusView view, DynamicsLook look, Situation situation) {
        boolean isOurs = look.standing().ledger().entries().stream()
                .anyMatch(entry -> view.presenceId().equals(Optional.of(entry.value())));
        return !isOurs && !isKnownChoice(view, situation);
    }

    private static boolean isKnownChoice(StatusView view, Situation situation) {
        return situation
                .choices()
                .of(Source.DYNAMICS)
                .flatMap(KnownChoice::presence)
                .equals(view.presenceId());
    }

    private boolean isOwnDefault(StatusView view, DynamicsLook look) {
        int conversations = view.conversations()
                .or(() -> look.known().flatMap(StatusView::conversations))
                .orElse(0);
        return meanings.isOwnAtArrival(view.presenceId().orElseThrow(), conversations > 0);
    }

    /** Whoever signs out and soon returns finds what they had picked, as after a lost connection. */
    private boolean isGivenBack(StatusView view, Situation situation) {
        boolean soon = situation
                .signIn()
                .signOut()
                .map(out -> out.moment().at().plus(rules.offlineHold()))
                .filter(end -> !view.presenceAt().isAfter(end))
                .isPresent();
        return soon && isKnownChoice(view, situation);
    }

    private Signal choice(StatusView view, Status status, SourceTime moment) {
        boolean held = status == Status.OFFLINE && !view.isLogin();
        Optional<Instant> from = held ? Optional.of(moment.at().plus(rules.offlineHold())) : Optional.empty();
        return new Signal.Choice(Source.DYNAMICS, moment, status, view.presenceId(), from, Optional.empty());
    }

    /** Available and Busy chosen by hand last until Dynamics next recalculates presence from work. */
    private static boolean recalculatedOver(Situation situation) {
        return situation
                .choices()
                .latest()
                .filter(choice -> choice.source().equals(Source.DYNAMICS))
                .map(KnownChoice::status)
                .filter(status -> status == Status.AVAILABLE || status == Status.BUSY)
                .isPresent();
    }

    private List<Signal> work(StatusView view, DynamicsLook look, Situation situation) {
        boolean older = look.known()
                .map(known -> view.changeTime().isBefore(known.changeTime()))
                .orElse(false);
        if (view.conversations().isEmpty() || older) {
            return List.of();
        }
        SourceTime moment = SourceTime.at(notLater(view.changeAt()));
        boolean known = situation.facts().open(Source.DYNAMICS, WORK).isPresent();
        if (view.conversations().get() > 0) {
            return known
                    ? List.of()
                    : List.of(new Signal.Fact(Source.DYNAMICS, moment, WORK, Status.BUSY, Optional.empty()));
        }
        return known ? List.of(new Signal.FactEnded(Source.DYNAMICS, moment, WORK)) : List.of();
    }

    private Standing after(StatusView merged, DynamicsLook look, DynamicsSlot slot) {
        Standing seen = look.known().filter(merged::isKnownBy).isPresent()
                ? look.standing()
                : look.standing().seeing(merged.observation());
        return switch (slot) {
            case DynamicsSlot.Nothing nothing -> seen;
            case DynamicsSlot.Unconfirmed unconfirmed -> seen;
            case DynamicsSlot.Ours ours ->
                look.mayBeFormer(ours.entry()) ? seen : seen.settling(ours.entry(), LedgerEntry.Outcome.SEEN);
            case DynamicsSlot.Late late -> seen;
            case DynamicsSlot.Other other -> other.lost().isPresent() ? seen.losing(DynamicsPlatform.SLOT, now) : seen;
        };
    }

    private boolean isOffline(StatusView view) {
        return view.presenceId()
                .map(id -> meanings.of(id).status() == Status.OFFLINE)
                .orElse(false);
    }

    /** Dynamics' clock may run ahead of ours; news from the future would win over everything that follows. */
    private Instant notLater(Instant at) {
        return at.isAfter(now) ? now : at;
    }

    private static Instant laterOf(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
