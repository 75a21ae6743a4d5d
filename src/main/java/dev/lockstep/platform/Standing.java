package dev.lockstep.platform;

import dev.lockstep.presence.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where one agent stands on one platform: what is wanted there, what we wrote, what was seen.
 *
 * @param wanted empty when there is no opinion
 * @param held by slot, our newest write that nothing has replaced since
 * @param ledger our last writes, newest first, some of each slot, by which an echo is known
 * @param observed what the platform last showed that was worth believing
 * @param showing what that means, whoever it comes from; empty if nothing is known or no status carries it
 * @param overwrites when we last overwrote what somebody else had set, for the breaker
 * @param retryAt when to try again what did not work
 * @param attempts how often in a row it did not
 */
public record Standing(
        Optional<Status> wanted,
        SortedMap<String, LedgerEntry> held,
        List<LedgerEntry> ledger,
        Optional<Observation> observed,
        Optional<Status> showing,
        List<Instant> overwrites,
        Condition condition,
        String message,
        Optional<Instant> retryAt,
        int attempts) {
    /** Writes that are remembered, in each slot. */
    private static final int LEDGER_LENGTH = 8;

    public static final Standing NEW = new Standing(
            Optional.empty(),
            new TreeMap<>(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Condition.PENDING,
            "not looked at yet",
            Optional.empty(),
            0);

    public Standing {
        ledger = List.copyOf(ledger);
        overwrites = List.copyOf(overwrites);
    }

    /** What we hold in a slot and the platform may still show. */
    public Optional<LedgerEntry> heldIn(String slot, Instant now) {
        return Optional.ofNullable(held.get(slot)).filter(entry -> !entry.isTakenBack() && entry.mayStandAt(now));
    }

    /** What of ours the platform may show in a slot: the newest write that it accepted, and those unanswered since. */
    public List<LedgerEntry> mayStandIn(String slot, Instant now) {
        if (!held.containsKey(slot)) {
            return List.of();
        }
        List<LedgerEntry> found = new ArrayList<>();
        for (LedgerEntry entry : writesInto(slot)) {
            found.add(entry);
            if (entry.isAccepted()) {
                break;
            }
        }
        found.removeIf(entry -> entry.isTakenBack() || !entry.mayStandAt(now));
        return List.copyOf(found);
    }

    /** Our last writes into a slot, newest first. */
    public List<LedgerEntry> writesInto(String slot) {
        return ledger.stream().filter(entry -> entry.slot().equals(slot)).toList();
    }

    /** When we last wrote here, whether it worked or not. */
    public Optional<Instant> lastWriteAt() {
        return ledger.stream()
                .filter(entry -> entry.outcome() != LedgerEntry.Outcome.REFUSED)
                .map(LedgerEntry::at)
                .max(Comparator.naturalOrder());
    }

    /** How many of the newest writes into a slot wrote the same, one after the other. */
    public int repeats(String slot) {
        return (int) newestOfOneValue(slot).count();
    }

    /** How many of those were made since the platform last showed it. */
    public int unseenRepeats(String slot) {
        return (int) newestOfOneValue(slot)
                .takeWhile(entry -> entry.outcome() != LedgerEntry.Outcome.SEEN)
                .count();
    }

    private Stream<LedgerEntry> newestOfOneValue(String slot) {
        List<LedgerEntry> entries = writesInto(slot);
        return entries.stream()
                .takeWhile(entry -> entry.value().equals(entries.getFirst().value()));
    }

    /** Notes a write before it is made. */
    public Standing intending(LedgerEntry entry) {
        SortedMap<String, LedgerEntry> nextHeld = new TreeMap<>(held);
        nextHeld.put(entry.slot(), entry);
        return new Standing(
                wanted, nextHeld, entered(entry), observed, showing, overwrites, condition, message, retryAt, attempts);
    }

    /**
     * The ledger with one more write. Of what is tried again and again only the first and the newest attempts stay: an
     * hour without an answer must not push out what we wrote before it.
     */
    private List<LedgerEntry> entered(LedgerEntry entry) {
        List<LedgerEntry> slot = new ArrayList<>(List.of(entry));
        slot.addAll(writesInto(entry.slot()));
        List<LedgerEntry> next = new ArrayList<>(ledger);
        next.addFirst(entry);
        if (slot.size() > LEDGER_LENGTH) {
            next.remove(superfluous(slot));
        }
        return next;
    }

    private static LedgerEntry superfluous(List<LedgerEntry> slot) {
        for (int i = slot.size() - 2; i > 0; i--) {
            String value = slot.get(i).value();
            if (value.equals(slot.get(i - 1).value())
                    && value.equals(slot.get(i + 1).value())) {
                return slot.get(i);
            }
        }
        return slot.getLast();
    }

    /** Notes what became of a write. */
    public Standing settling(LedgerEntry entry, LedgerEntry.Outcome outcome) {
        SortedMap<String, LedgerEntry> nextHeld = new TreeMap<>(held);
        nextHeld.replaceAll((slot, old) -> old.equals(entry) ? entry.with(outcome) : old);
        List<LedgerEntry> next = ledger.stream()
                .map(old -> old.equals(entry) ? entry.with(outcome) : old)
                .toList();
        return new Standing(
                wanted, nextHeld, next, observed, showing, overwrites, condition, message, retryAt, attempts);
    }

    /** A write that was noted but is not going to be made, or was refused: what was held before is held again. */
    public Standing dropping(LedgerEntry entry, Optional<LedgerEntry> before) {
        SortedMap<String, LedgerEntry> nextHeld = new TreeMap<>(held);
        if (entry.equals(nextHeld.get(entry.slot()))) {
            nextHeld.remove(entry.slot());
            before.ifPresent(old -> nextHeld.put(old.slot(), old));
        }
        List<LedgerEntry> next = new ArrayList<>(ledger);
        next.remove(entry);
        return new Standing(
                wanted, nextHeld, next, observed, showing, overwrites, condition, message, retryAt, attempts);
    }

    /** Somebody else put something else there: what we held in that slot is gone, and none of our writes stands. */
    public Standing losing(String slot, Instant at) {
        SortedMap<String, LedgerEntry> nextHeld = new TreeMap<>(held);
        nextHeld.remove(slot);
        List<LedgerEntry> next = ledger.stream()
                .map(entry -> entry.slot().equals(slot) ? entry.endedBy(at) : entry)
                .toList();
        return new Standing(
                wanted, nextHeld, next, observed, showing, overwrites, condition, message, retryAt, attempts);
    }

    public Standing seeing(Observation observation) {
        return new Standing(
                wanted,
                held,
                ledger,
                Optional.of(observation),
                showing,
                overwrites,
                condition,
                message,
                retryAt,
                attempts);
    }

    /** Notes what the last observation means. */
    public Standing showing(Optional<Status> status) {
        return new Standing(wanted, held, ledger, observed, status, overwrites, condition, message, retryAt, attempts);
    }

    public Standing wanting(Optional<Status> status) {
        return new Standing(status, held, ledger, observed, showing, overwrites, condition, message, retryAt, attempts);
    }

    public Standing in(Condition next, String why) {
        return new Standing(wanted, held, ledger, observed, showing, overwrites, next, why, Optional.empty(), 0);
    }

    /** About to be written. How often it failed before is kept until it works, or the waits would not grow. */
    public Standing attempting() {
        return new Standing(
                wanted,
                held,
                ledger,
                observed,
                showing,
                overwrites,
                Condition.PENDING,
                "being written",
                Optional.empty(),
                attempts);
    }

    public Standing failing(Condition next, String why, Instant retry) {
        return new Standing(
                wanted, held, ledger, observed, showing, overwrites, next, why, Optional.of(retry), attempts + 1);
    }

    public Standing overwriting(Instant at, Duration window) {
        List<Instant> recent = Stream.concat(Stream.of(at), overwrites.stream())
                .filter(old -> old.plus(window).isAfter(at))
                .toList();
        return new Standing(wanted, held, ledger, observed, showing, recent, condition, message, retryAt, attempts);
    }
}
