package dev.lockstep.simulation;

import dev.lockstep.local.teams.model.Pair;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** People win: who filled the preferred slot of each person in Teams; a status that we did not set is never cleared. */
final class PreferredSlots {
    /** Reads lag two seconds behind, and Graph has no compare-and-set: a choice made just before cannot be seen. */
    private static final Duration UNSEEN = Duration.ofSeconds(5);

    /** A poll, and the time for which reads lag behind. */
    private static final Duration SEEN = Duration.ofSeconds(10);

    /** For so long the product holds that reads may lag behind, and then it looks again. */
    private static final Duration LAG = Duration.ofSeconds(40);

    private static final Set<String> BEYOND_BUSY =
            Set.of(Pair.DO_NOT_DISTURB.toString(), Pair.APPEAR_OFFLINE.toString());

    private final Simulation simulation;
    private final Map<String, Choice> byPerson = new HashMap<>();
    private final Map<String, Ours> byUs = new HashMap<>();

    /** @param heldBackSince when something was picked that keeps work away and that no idle machine shows, and no other since */
    private record Choice(Instant picked, Instant at, String pair, Optional<Instant> heldBackSince) {
        boolean isHoldingBackBy(Instant now) {
            return heldBackSince.filter(since -> since.plus(SEEN).isBefore(now)).isPresent();
        }

        /** Whether a presence in Dynamics lets in work that this keeps away. */
        boolean isMilder(String presence, Instant now) {
            return switch (presence) {
                case "Available" -> isHoldingBackBy(now);
                case "Busy" -> BEYOND_BUSY.contains(pair) && at.plus(SEEN).isBefore(now);
                default -> false;
            };
        }
    }

    /** What we may have put there since all was certain, what we did last, and when we took it back. */
    private record Ours(Set<String> pairs, String last, Instant since, Optional<Instant> takenBack) {
        static final Ours NONE = new Ours(Set.of(), "", Instant.MIN, Optional.empty());

        Ours and(String pair, Instant at) {
            Set<String> all = new HashSet<>(pairs);
            all.add(pair);
            return new Ours(all, pair, at, Optional.empty());
        }

        Ours onlyLast() {
            return new Ours(Set.of(last), last, since, takenBack);
        }
    }

    PreferredSlots(Simulation simulation) {
        this.simulation = simulation;
    }

    /** @param lastElsewhere when something else last happened that may stand against what was picked here before */
    void chosenByPerson(String user, String pair, Instant lastElsewhere) {
        Instant now = simulation.time.instant();
        boolean shows = Optional.ofNullable(byPerson.get(user))
                .filter(choice -> choice.pair().equals(pair) && isShown(user, choice))
                .isPresent();
        if (shows) {
            // Nothing in Teams tells that what shows already was picked once more.
            return;
        }
        boolean isQuiet = lastElsewhere.plus(SEEN).isBefore(now);
        Optional<Instant> before = Optional.ofNullable(byPerson.get(user))
                .filter(choice -> isQuiet && !lastElsewhere.isAfter(choice.at()))
                .filter(choice -> choice.isHoldingBackBy(now) && isShown(user, choice))
                .flatMap(Choice::heldBackSince);
        Optional<Instant> since = looksLikeOurs(user, pair) ? Optional.empty() : heldBackSince(pair, before);
        byPerson.put(user, new Choice(now, now, pair, since));
    }

    /** What we held until a moment ago may show still: the same, picked by the person, cannot be told from it. */
    private boolean looksLikeOurs(String user, String pair) {
        Ours ours = byUs.getOrDefault(user, Ours.NONE);
        Instant now = simulation.time.instant();
        return ours.pairs().contains(pair)
                && ours.takenBack().map(at -> at.plus(LAG).isAfter(now)).orElse(true);
    }

    private Optional<Instant> heldBackSince(String pair, Optional<Instant> before) {
        if (pair.equals(Pair.AVAILABLE.toString())) {
            return Optional.empty();
        }
        boolean looksIdle = pair.equals(Pair.AWAY.toString());
        return before.or(() -> Optional.of(simulation.time.instant()).filter(now -> !looksIdle));
    }

    private boolean isShown(String user, Choice choice) {
        return simulation.teams.actual(user).pair().toString().equals(choice.pair());
    }

    /** What was picked may have been hidden, or begins to show only now. */
    void coveredOrUncovered(String user) {
        Instant now = simulation.time.instant();
        byPerson.computeIfPresent(
                user,
                (any, choice) -> new Choice(
                        choice.picked(), now, choice.pair(), heldBackSince(choice.pair(), Optional.empty())));
    }

    /** What the person has picked, if Teams has shown it for longer than a poll needs and nothing was done since. */
    Optional<String> heldBackBy(String user, String presence, Instant lastDoneElsewhere) {
        Instant now = simulation.time.instant();
        return Optional.ofNullable(byPerson.get(user))
                .filter(choice -> choice.isMilder(presence, now) && !looksLikeOurs(user, choice.pair()))
                .filter(choice -> choice.picked().isAfter(lastDoneElsewhere) && isShown(user, choice))
                .map(Choice::pair);
    }

    void resetByPerson(String user) {
        byPerson.remove(user);
    }

    boolean isPersons(String user) {
        return byPerson.containsKey(user);
    }

    /** We are about to write: whether it is done or not, what shows then may be ours. */
    void intendedByUs(String user, String value) {
        if (!value.isBlank()) {
            Ours ours = byUs.getOrDefault(user, Ours.NONE);
            boolean gone = ours.takenBack().filter(this::isUndisturbedSince).isPresent();
            Ours before = isUndisturbedSince(ours.since()) ? ours.onlyLast() : ours;
            byUs.put(user, (gone ? Ours.NONE : before).and(value, simulation.time.instant()));
        }
    }

    /**
     * What the person picked may be what we had put there: nothing in Teams tells the two apart, if our own writes may
     * have been lost on their way.
     */
    void writtenByUs(String user, String value) {
        Instant now = simulation.time.instant();
        Choice chosen = byPerson.remove(user);
        Ours ours = byUs.getOrDefault(user, Ours.NONE);
        boolean theirs = chosen != null && now.isAfter(chosen.at().plus(UNSEEN)) && !mayBeOurs(chosen.pair(), ours);
        if (value.isBlank() && theirs && !mayBeUnknown(user)) {
            simulation.fail(user, "a preferred status of the person's was cleared: " + chosen.pair());
        }
        if (value.isBlank()) {
            byUs.put(user, new Ours(ours.pairs(), ours.last(), ours.since(), Optional.of(now)));
        }
    }

    /** What is seen of somebody whose item cannot be read cannot be kept either. */
    private boolean mayBeUnknown(String user) {
        return simulation.people.stream()
                .filter(person -> person.entra().equals(user))
                .anyMatch(person -> simulation.faults.wasUnreadable(person.agentId()));
    }

    private boolean mayBeOurs(String pair, Ours ours) {
        return ours.pairs().contains(pair)
                && ours.takenBack().filter(this::isUndisturbedSince).isEmpty();
    }

    private boolean isUndisturbedSince(Instant at) {
        return simulation.faults.last().isBefore(at);
    }
}
