package dev.lockstep.local.teams.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Follows one person through time: what was shown when, so that a read may lag and every turn is told once. */
final class Track {
    private final String userId;
    private final TeamsUser person;
    private final Supplier<String> sequence;
    private final Deque<Shown> history = new ArrayDeque<>();
    private Instant settled;

    Track(String userId, TeamsUser person, Instant now, Supplier<String> sequence) {
        this.userId = userId;
        this.person = person;
        this.sequence = sequence;
        settled = now;
        history.add(new Shown(Instant.MIN, look(now, sequence.get())));
    }

    private record Shown(Instant at, ShownPresence presence) {}

    TeamsUser person() {
        return person;
    }

    /** Goes through every turn up to now, then takes in what was just done to the person. */
    void settle(Instant now, Duration lag, Consumer<ShownChange> tell) {
        turn(now, tell);
        note(now, tell);
        prune(now.minus(lag));
    }

    /** Goes through the turns up to now; call it before anything is done to the person. */
    void turn(Instant now, Consumer<ShownChange> tell) {
        Optional<Instant> next = person.nextTurn(settled);
        while (next.isPresent() && !next.get().isAfter(now)) {
            note(next.get(), tell);
            settled = next.get();
            next = person.nextTurn(settled);
        }
        settled = now;
        person.forgetWhatEnded(now);
    }

    Optional<Instant> nextTurn() {
        return person.nextTurn(settled);
    }

    ShownPresence shownAt(Instant time) {
        Iterator<Shown> newestFirst = history.descendingIterator();
        while (newestFirst.hasNext()) {
            Shown shown = newestFirst.next();
            if (!shown.at.isAfter(time)) {
                return shown.presence;
            }
        }
        return history.getFirst().presence;
    }

    private void note(Instant at, Consumer<ShownChange> tell) {
        ShownPresence before = history.getLast().presence;
        ShownPresence after = look(at, before.sequenceNumber());
        if (!after.looksLike(before)) {
            ShownPresence numbered = look(at, sequence.get());
            history.add(new Shown(at, numbered));
            tell.accept(new ShownChange(at, before, numbered));
        }
    }

    private ShownPresence look(Instant at, String number) {
        return new ShownPresence(userId, person.pairAt(at), person.isOutOfOffice(), person.messageAt(at), number);
    }

    /** Keeps what a lagging read can still see. */
    private void prune(Instant oldestRead) {
        while (history.size() > 1) {
            Shown first = history.removeFirst();
            if (history.getFirst().at.isAfter(oldestRead)) {
                history.addFirst(first);
                return;
            }
        }
    }
}
