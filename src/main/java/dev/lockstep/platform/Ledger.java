package dev.lockstep.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What we wrote for one agent on one platform.
 *
 * @param held by slot, our newest write that nothing has replaced since
 * @param entries our last writes, newest first, some of each slot, by which an echo is known
 */
public record Ledger(SortedMap<String, LedgerEntry> held, List<LedgerEntry> entries) {
    /** The one slot of a platform that cannot be read: the label of the status that it was last told. */
    public static final String TOLD = "told";

    public static final Ledger EMPTY = new Ledger(Collections.emptySortedMap(), List.of());

    /** Writes that are remembered, in each slot. */
    private static final int MAX_ENTRIES_PER_SLOT = 4;

    /** Values whose last write is remembered besides, in each slot, while messages of it may still come. */
    private static final int MAX_AWAITED_PER_SLOT = 4;

    /** So late a message of a write may come when others were made since. */
    private static final Duration LATEST_MESSAGE = Duration.ofMinutes(2);

    public Ledger {
        entries = List.copyOf(entries);
    }

    /** What we hold in a slot and the platform may still show. */
    public Optional<LedgerEntry> heldIn(String slot, Instant now) {
        return newestIn(slot).filter(entry -> !entry.isTakenBack() && entry.mayStandAt(now));
    }

    /** Our newest write into a slot that nothing has replaced since, even one that took back what was there. */
    public Optional<LedgerEntry> newestIn(String slot) {
        return Optional.ofNullable(held.get(slot));
    }

    /** What a platform that cannot be read was last told and took. */
    public Optional<LedgerEntry> told() {
        return writesInto(TOLD).stream().filter(LedgerEntry::isAccepted).findFirst();
    }

    /** Whether nothing has replaced this write since. */
    public boolean holds(LedgerEntry entry) {
        return entry.equals(held.get(entry.slot()));
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
        return entries.stream().filter(entry -> entry.slot().equals(slot)).toList();
    }

    /** When we last wrote here, whether it worked or not. */
    public Optional<Instant> lastWriteAt() {
        return entries.stream()
                .filter(entry -> entry.outcome() != LedgerEntry.Outcome.REFUSED)
                .map(LedgerEntry::at)
                .max(Comparator.naturalOrder());
    }

    /**
     * When we wrote and when something took the place of what we wrote, or will, and so long after each. How long a write
     * would have lasted is of no interest once another one was accepted in its place.
     */
    public Stream<Instant> turns(Duration lag) {
        Stream<LedgerEntry> remembered = Stream.concat(entries.stream(), held.values().stream());
        Stream<Instant> ends = Stream.concat(
                held.values().stream().flatMap(entry -> entry.until().stream()),
                entries.stream().flatMap(entry -> replacedAt(entry).stream()));
        return Stream.concat(remembered.map(LedgerEntry::at), ends).flatMap(at -> Stream.of(at, at.plus(lag)));
    }

    /**
     * When an older write of the same value was last replaced by another one of ours: for as long after that as reads lag,
     * it may be the older one that shows.
     */
    public Optional<Instant> formerlyHeldUntil(LedgerEntry entry) {
        List<LedgerEntry> writes = writesInto(entry.slot());
        for (int i = writes.indexOf(entry) + 1; i < writes.size(); i++) {
            LedgerEntry next = writes.get(Math.max(0, i - 1));
            if (writes.get(i).value().equalsIgnoreCase(entry.value())
                    && !next.value().equalsIgnoreCase(entry.value())) {
                return Optional.of(next.at());
            }
        }
        return Optional.empty();
    }

    /**
     * When something else took the place of that write, ours or somebody else's, or the platform ended it: for as long
     * after that as reads lag, it may show still.
     */
    public Optional<Instant> replacedAt(LedgerEntry entry) {
        List<LedgerEntry> writes = writesInto(entry.slot());
        Stream<Instant> later = writes.stream()
                .limit(Math.max(0, writes.indexOf(entry)))
                .filter(LedgerEntry::isAccepted)
                .map(LedgerEntry::at);
        return Stream.concat(later, entry.until().stream()).min(Comparator.naturalOrder());
    }

    /** The write before that one, in its slot, if it wrote something else that the platform has never been seen to show. */
    public Optional<LedgerEntry> unseenBefore(LedgerEntry entry) {
        List<LedgerEntry> writes = writesInto(entry.slot());
        return writes.stream()
                .skip(writes.indexOf(entry) + 1L)
                .findFirst()
                .filter(before -> before.outcome() != LedgerEntry.Outcome.SEEN)
                .filter(before -> !before.value().equalsIgnoreCase(entry.value()));
    }

    /** How many of the newest writes into a slot wrote the same, one after the other. */
    public int repeats(String slot) {
        return (int) newestOfOneValue(slot).count();
    }

    /** How many of those the platform accepted since it last showed it. */
    public int unseenRepeats(String slot) {
        return (int) newestOfOneValue(slot)
                .takeWhile(entry -> entry.outcome() != LedgerEntry.Outcome.SEEN)
                .filter(LedgerEntry::isAccepted)
                .count();
    }

    private Stream<LedgerEntry> newestOfOneValue(String slot) {
        List<LedgerEntry> writes = writesInto(slot);
        return writes.stream()
                .takeWhile(entry -> entry.value().equals(writes.getFirst().value()));
    }

    /** Notes a write before it is made. */
    public Ledger intending(LedgerEntry entry) {
        SortedMap<String, LedgerEntry> nextHeld = new TreeMap<>(held);
        nextHeld.put(entry.slot(), entry);
        return new Ledger(nextHeld, entered(entry));
    }

    /**
     * The entries with one more write. Of what is tried again and again only the first and the newest attempts stay:
     * an hour without an answer must not push out what we wrote before it. Nor must some quick calls: what was written
     * before them and shows only now would count as somebody else's.
     */
    private List<LedgerEntry> entered(LedgerEntry entry) {
        List<LedgerEntry> slot = new ArrayList<>(List.of(entry));
        slot.addAll(writesInto(entry.slot()));
        List<LedgerEntry> next = new ArrayList<>(entries);
        next.addFirst(entry);
        slot.removeAll(awaited(slot));
        while (slot.size() > MAX_ENTRIES_PER_SLOT) {
            LedgerEntry superfluous = superfluous(slot);
            slot.remove(superfluous);
            next.remove(superfluous);
        }
        return next;
    }

    /** Of values that none of the newest writes wrote, the last writes of which a message may still come. */
    private static List<LedgerEntry> awaited(List<LedgerEntry> slot) {
        Instant soon = slot.getFirst().at().minus(LATEST_MESSAGE);
        Set<String> later = new HashSet<>();
        List<LedgerEntry> found = new ArrayList<>();
        for (LedgerEntry entry : slot) {
            if (later.add(entry.value()) && entry.at().isAfter(soon)) {
                found.add(entry);
            }
        }
        found.removeAll(slot.subList(0, Math.min(MAX_ENTRIES_PER_SLOT, slot.size())));
        return found.subList(0, Math.min(MAX_AWAITED_PER_SLOT, found.size()));
    }

    private static LedgerEntry superfluous(List<LedgerEntry> slot) {
        for (int i = slot.size() - 2; i > 0; i--) {
            String value = slot.get(i).value();
            if (value.equals(slot.get(i - 1).value())
                    && value.equals(slot.get(i + 1).value())) {
                return slot.get(i);
            }
        }
        return slot.reversed().stream()
                .filter(entry -> !isLastAccepted(entry, slot))
                .findFirst()
                .orElseThrow();
    }

    /** Whatever was tried since without an answer, this is what may stand there still. */
    private static boolean isLastAccepted(LedgerEntry entry, List<LedgerEntry> slot) {
        return slot.stream()
                .filter(LedgerEntry::isAccepted)
                .findFirst()
                .filter(entry::equals)
                .isPresent();
    }

    /** Notes what became of a write. */
    public Ledger settling(LedgerEntry entry, LedgerEntry.Outcome outcome) {
        UnaryOperator<LedgerEntry> settled = old -> old.equals(entry) ? entry.with(outcome) : old;
        SortedMap<String, LedgerEntry> nextHeld = new TreeMap<>(held);
        nextHeld.replaceAll((slot, old) -> settled.apply(old));
        return new Ledger(nextHeld, entries.stream().map(settled).toList());
    }

    /** Writes that do not stand any more, though none of ours is known to have replaced them. */
    public Ledger ending(List<LedgerEntry> gone, Instant at) {
        return new Ledger(
                held,
                entries.stream()
                        .map(entry -> gone.contains(entry) ? entry.endedBy(at) : entry)
                        .toList());
    }

    /** A write that was noted but is not going to be made, or was refused: what was held before is held again. */
    public Ledger dropping(LedgerEntry entry, Optional<LedgerEntry> before) {
        SortedMap<String, LedgerEntry> nextHeld = new TreeMap<>(held);
        if (holds(entry)) {
            nextHeld.remove(entry.slot());
            before.ifPresent(old -> nextHeld.put(old.slot(), old));
        }
        List<LedgerEntry> next = new ArrayList<>(entries);
        next.remove(entry);
        return new Ledger(nextHeld, next);
    }

    /** Somebody else put something else there: what we held in that slot is gone, and none of our writes stands. */
    public Ledger losing(String slot, Instant at) {
        SortedMap<String, LedgerEntry> nextHeld = new TreeMap<>(held);
        nextHeld.remove(slot);
        List<LedgerEntry> next = entries.stream()
                .map(entry -> entry.slot().equals(slot) ? entry.endedBy(at) : entry)
                .toList();
        return new Ledger(nextHeld, next);
    }
}
