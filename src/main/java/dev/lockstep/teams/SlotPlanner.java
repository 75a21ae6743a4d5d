package dev.lockstep.teams;

import static dev.lockstep.teams.TeamsPlatform.NAME;
import static dev.lockstep.teams.TeamsPlatform.PREFERRED;

import dev.lockstep.mapping.EvidenceKind;
import dev.lockstep.mapping.InboundRule;
import dev.lockstep.mapping.OutboundRule;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.DesiredPresence;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Plan;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.KnownChoice;
import dev.lockstep.presence.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Plans what our session and the preferred slot must hold: one answer for each {@link TeamsSlots} and wish. */
final class SlotPlanner {
    private final DesiredPresence wish;
    private final SessionSlots sessions;
    private final Standing standing;
    private final TeamsSettings rules;
    private final Instant now;
    private final TeamsSlots slots;
    private final Optional<Status> theirs;

    SlotPlanner(DesiredPresence wish, SessionSlots sessions, Standing standing, TeamsSettings rules, Instant now) {
        this.wish = wish;
        this.sessions = sessions;
        this.standing = standing;
        this.rules = rules;
        this.now = now;
        this.slots = TeamsLook.latest(standing, wish.mapping(), rules, now);
        this.theirs = shownChoice().or(this::toldChoice);
    }

    Plan plan() {
        if (wish.status().isEmpty()) {
            return steps(Optional.empty(), Optional.empty());
        }
        Status wanted = wish.status().get();
        return wish.mapping()
                .write(NAME, wanted)
                .map(writing -> plan(wanted, writing))
                .orElseGet(() -> Plan.nothing(Condition.UNMAPPED, "nothing in Teams carries " + wanted.label()));
    }

    private Plan plan(Status wanted, OutboundRule writing) {
        SlotTarget target = SlotTarget.of(writing);
        boolean preferred = writing.slot().equals(PREFERRED);
        if (theirs.isPresent()) {
            return preferred ? preferredAmongPeople(wanted, target) : sessionAmongPeople(wanted, target);
        }
        if (!preferred) {
            return steps(Optional.of(target), Optional.empty());
        }
        return showsStricterItself(wanted)
                ? steps(Optional.of(SlotTarget.AVAILABLE), Optional.empty())
                : viaPreferred(wanted, target);
    }

    /** A call in Teams shows as one, which is enough, and under a preferred status nobody would see it end. */
    private boolean showsStricterItself(Status wanted) {
        return wish.own().filter(own -> !wish.isStricter(wanted, own)).isPresent();
    }

    /** A preferred status shows only while some session exists; Offline shows without. */
    private Plan viaPreferred(Status wanted, SlotTarget target) {
        Optional<SlotTarget> carrier = wanted == Status.OFFLINE ? Optional.empty() : Optional.of(SlotTarget.AVAILABLE);
        return steps(carrier, Optional.of(target));
    }

    /**
     * The person's own status stays, whatever we want: only a newer choice made elsewhere, or the end of their choice,
     * lets us put ours in its place. It is overwritten, never cleared, because we did not set it.
     */
    private Plan preferredAmongPeople(Status wanted, SlotTarget target) {
        // A session of ours that says something else must not outlive what it said.
        Optional<SlotTarget> session = SessionSlots.held(standing.ledger(), now).map(entry -> SlotTarget.AVAILABLE);
        if (theirs.get() == wanted) {
            return asPicked(beside(session), wanted);
        }
        return choseHere().isPresent()
                ? heldByPerson(session)
                : viaPreferred(wanted, target).overwriting();
    }

    /** Work lies beside what the person picked; that they are free again elsewhere takes its place. */
    private Plan sessionAmongPeople(Status wanted, SlotTarget target) {
        Optional<SlotTarget> session = Optional.of(target);
        if (theirs.get() == wanted) {
            return asPicked(beside(session), wanted);
        }
        return choseHere().isPresent() || wanted != Status.AVAILABLE
                ? heldByPerson(session)
                : steps(session, session).overwriting();
    }

    /** What is picked in Teams shows there only while some client of the person, or a session of ours, is open. */
    private Plan asPicked(Plan beside, Status wanted) {
        boolean isClosed = wanted != Status.OFFLINE
                && slots instanceof TeamsSlots.Telling telling
                && telling.shown().isWithoutSession();
        return isClosed
                ? beside.in(Condition.IN_SYNC, "picked in Teams, which shows Offline while it is closed")
                        .instead(Status.OFFLINE)
                : beside.in(Condition.IN_SYNC, "");
    }

    private Plan heldByPerson(Optional<SlotTarget> session) {
        return beside(session).in(Condition.HELD_BY_PERSON, SlotConfirmation.SET_BY_HAND);
    }

    /** What the person set by hand, as Teams shows it. */
    private Optional<Status> shownChoice() {
        return switch (slots) {
            case TeamsSlots.Blind blind -> Optional.empty();
            case TeamsSlots.Own own -> Optional.empty();
            case TeamsSlots.Foreign foreign ->
                wish.mapping()
                        .read(NAME, foreign.shown().pair())
                        .filter(reading -> reading.is(EvidenceKind.CHOICE))
                        .map(InboundRule::status)
                        .filter(SlotPlanner::isHeldBack);
        };
    }

    /** What the person set by hand, as it was told since we last looked. */
    private Optional<Status> toldChoice() {
        return choseHere()
                .filter(choice -> standing.ledger().mayStandIn(PREFERRED, now).isEmpty())
                .map(KnownChoice::status)
                .filter(SlotPlanner::isHeldBack);
    }

    private static boolean isHeldBack(Status theirs) {
        return theirs != Status.AVAILABLE;
    }

    private Optional<KnownChoice> choseHere() {
        return wish.decision().choice().filter(choice -> choice.source().name().equals(NAME));
    }

    private Plan steps(Optional<SlotTarget> session, Optional<SlotTarget> preferred) {
        Stream<LedgerEntry> preferredStep = step(PREFERRED, preferred).stream();
        Stream<LedgerEntry> sessionSteps = sessionSteps(session);
        // The stricter first: a set preferred status outranks the session, a cleared one uncovers it.
        Stream<LedgerEntry> steps = preferred.isPresent()
                ? Stream.concat(preferredStep, sessionSteps)
                : Stream.concat(sessionSteps, preferredStep);
        return plan(steps.toList(), preferred.or(() -> session));
    }

    /** The session only: whose the preferred status is, ours or the person's, is not for certain yet. */
    private Plan beside(Optional<SlotTarget> session) {
        return plan(sessionSteps(session).toList(), session);
    }

    /**
     * Whoever the agent belongs to writes it. What another registration holds from before is taken back after that, so that
     * there is no moment without.
     */
    private Stream<LedgerEntry> sessionSteps(Optional<SlotTarget> target) {
        Stream<LedgerEntry> own = step(sessions.of(wish.agentId()), target).stream();
        Stream<LedgerEntry> former = sessions.former(standing.ledger(), wish.agentId()).stream()
                .flatMap(slot -> step(slot, Optional.empty()).stream());
        return Stream.concat(own, former);
    }

    private Optional<LedgerEntry> step(String slot, Optional<SlotTarget> target) {
        SlotUpkeep upkeep = new SlotUpkeep(slot, wish, standing, insteadOfOurs(), rules, now);
        return target.map(upkeep::write).orElseGet(upkeep::takeBack);
    }

    /** What shows where ours should, if it is not what the person picked. */
    private Optional<TeamsPresence> insteadOfOurs() {
        Optional<TeamsPresence> foreign = switch (slots) {
            case TeamsSlots.Unseen unseen -> Optional.empty();
            case TeamsSlots.Unreadable unreadable -> unreadable.foreign();
            case TeamsSlots.Own own -> Optional.empty();
            case TeamsSlots.Foreign other -> Optional.of(other.shown());
        };
        return foreign.filter(shown -> theirs.isEmpty() || isPerhapsIdle(shown))
                .filter(shown -> !isOfflineAsWanted(shown));
    }

    /** Whatever is preferred, without any session Teams shows just that. */
    private boolean isOfflineAsWanted(TeamsPresence shown) {
        return shown.isWithoutSession() && wish.status().equals(Optional.of(Status.OFFLINE));
    }

    /** An Away that is taken for the person's: once after that our session is sent again, which an idle machine lets show. */
    private boolean isPerhapsIdle(TeamsPresence shown) {
        return shown.isAway()
                && choseHere()
                        .filter(choice -> choice.status() == Status.AWAY)
                        .flatMap(choice -> SessionSlots.held(standing.ledger(), now)
                                .filter(entry ->
                                        !entry.at().isAfter(choice.moment().at())))
                        .isPresent();
    }

    private Plan plan(List<LedgerEntry> steps, Optional<SlotTarget> shownBy) {
        return steps.isEmpty()
                ? new SlotConfirmation(wish, standing, slots, rules, now).settled(shownBy)
                : Plan.write(steps, Optional.of(now.plus(rules.echoWindow())));
    }
}
