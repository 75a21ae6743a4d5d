package dev.lockstep.teams;

import static dev.lockstep.teams.TeamsPlatform.NAME;
import static dev.lockstep.teams.TeamsPlatform.PREFERRED;

import dev.lockstep.mapping.EvidenceKind;
import dev.lockstep.mapping.InboundRule;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.DesiredPresence;
import dev.lockstep.platform.Plan;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** How the agent stands when nothing is to be written, and when what we hold must be renewed. */
record SlotConfirmation(DesiredPresence wish, Standing standing, TeamsSlots slots, TeamsSettings rules, Instant now) {
    static final String SET_BY_HAND = "set by hand in Teams; ends when changed or reset there";

    /** @param target what should show; empty if nothing is held */
    Plan settled(Optional<SlotTarget> target) {
        Plan plan = target.map(this::confirmation).orElse(Plan.nothing(Condition.IN_SYNC, "nothing is held here"));
        return Stream.concat(plan.reviewAt().stream(), renewals())
                .min(Comparator.naturalOrder())
                .map(plan::reviewedAt)
                .orElse(plan);
    }

    private Stream<Instant> renewals() {
        return Stream.concat(SessionSlots.in(standing.ledger()), Stream.of(PREFERRED))
                .flatMap(slot -> standing.ledger().heldIn(slot, now).stream())
                .flatMap(entry -> entry.until().map(until -> renewal(entry.at(), until)).stream());
    }

    private static Instant renewal(Instant from, Instant until) {
        return until.minus(Duration.between(from, until).dividedBy(8));
    }

    private Plan confirmation(SlotTarget target) {
        return switch (slots) {
            case TeamsSlots.Blind blind -> awaited().orElseGet(SlotConfirmation::unconfirmed);
            case TeamsSlots.Telling telling -> confirmation(telling.shown(), target);
        };
    }

    private Plan confirmation(TeamsPresence shown, SlotTarget target) {
        Plan inSync = Plan.nothing(Condition.IN_SYNC, "");
        if (showsWanted(shown, target)) {
            return inSync;
        }
        Optional<Status> stricter = stricterFact(shown);
        if (stricter.isPresent()) {
            return inSync.instead(stricter.get());
        }
        return awaited()
                .orElseGet(
                        () -> isOutranked(shown) ? Plan.nothing(Condition.HELD_BY_PERSON, SET_BY_HAND) : unconfirmed());
    }

    private static Plan unconfirmed() {
        return Plan.nothing(Condition.UNCONFIRMED, "accepted, but Teams does not show it");
    }

    /** For a while after a write it is only to be expected that it does not show. */
    private Optional<Plan> awaited() {
        Instant end = standing.ledger().lastWriteAt().orElse(now).plus(rules.echoWindow());
        return now.isBefore(end)
                ? Optional.of(Plan.nothing(Condition.PENDING, "written, not yet shown")
                        .reviewedAt(end))
                : Optional.empty();
    }

    /** A milder status over a session of ours that outranks every client: only a preferred one can do that. */
    private boolean isOutranked(TeamsPresence shown) {
        return SessionSlots.held(standing.ledger(), now)
                .filter(entry -> !entry.value().equalsIgnoreCase(TeamsPresence.AVAILABLE_PAIR))
                .flatMap(entry -> wish.mapping().read(NAME, shown.pair()))
                .filter(reading -> !reading.is(EvidenceKind.IGNORE) || shown.isAway())
                .isPresent();
    }

    private boolean showsWanted(TeamsPresence shown, SlotTarget target) {
        Status wanted = wish.status().get();
        boolean offline = wanted == Status.OFFLINE && shown.isWithoutSession();
        return offline
                || shown.is(target.value())
                || wish.mapping()
                        .read(NAME, shown.pair())
                        .filter(reading -> !reading.is(EvidenceKind.IGNORE) && reading.status() == wanted)
                        .isPresent();
    }

    /** Something stricter of Teams' own, such as a Teams call, is enough. */
    private Optional<Status> stricterFact(TeamsPresence shown) {
        return wish.mapping()
                .read(NAME, shown.pair())
                .filter(reading -> reading.is(EvidenceKind.FACT))
                .map(InboundRule::status)
                .filter(status -> wish.isStricter(status, wish.status().get()));
    }
}
