package dev.lockstep.local.dynamics.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Shifts in Dynamics' workforce management: runs of bookings, one per activity, of one resource. Editing a committed
 * booking makes it unpublished until somebody publishes it again ("Schedule your workforce", learn.microsoft.com);
 * which status unpublished bookings have is not documented, so they become proposed, and the shift seems gone.
 */
public final class WorkforceModel {
    /** A pause within a shift. */
    public record Pause(WorkforceBooking.Activity activity, Instant start, Instant end) {}

    private final Office office;
    private final Map<UUID, WorkforceBooking> bookings = new LinkedHashMap<>();
    private long number;

    public WorkforceModel(DynamicsModel organisation) {
        this.office = organisation.office();
    }

    public synchronized List<WorkforceBooking> bookings() {
        return List.copyOf(bookings.values());
    }

    /** Books a published shift: work, and the pauses in it, which must be in order. Answers the shift's id. */
    public synchronized UUID plan(UUID user, Instant start, Instant end, List<Pause> pauses) {
        UUID shift = nextId("shift");
        Instant from = start;
        for (Pause pause : pauses) {
            book(user, shift, WorkforceBooking.Activity.WORK, from, pause.start());
            book(user, shift, pause.activity(), pause.start(), pause.end());
            from = pause.end();
        }
        book(user, shift, WorkforceBooking.Activity.WORK, from, end);
        return shift;
    }

    /** A booking of another origin, which is no shift. */
    public synchronized UUID bookElsewhere(UUID user, Instant start, Instant end) {
        UUID id = nextId("booking");
        Instant at = office.now();
        create(new WorkforceBooking(
                id,
                user,
                id,
                WorkforceBooking.Activity.WORK,
                start,
                end,
                WorkforceBooking.State.COMMITTED,
                false,
                at,
                at,
                0));
        return id;
    }

    /** Moves a shift, which unpublishes it. */
    public synchronized void move(UUID shift, Duration by) {
        change(shift, one -> one.at(one.start().plus(by), one.end().plus(by)).in(WorkforceBooking.State.PROPOSED));
    }

    /** Publishes what was moved or proposed. */
    public synchronized void publish(UUID shift) {
        change(
                shift,
                one -> one.state() == WorkforceBooking.State.PROPOSED ? one.in(WorkforceBooking.State.COMMITTED) : one);
    }

    /** Adds overtime for today after the shift's last booking. */
    public synchronized void overtime(UUID shift, Duration longer) {
        WorkforceBooking last = of(shift).stream()
                .max(Comparator.comparing(WorkforceBooking::end))
                .orElseThrow();
        book(
                last.user(),
                shift,
                WorkforceBooking.Activity.OVERTIME,
                last.end(),
                last.end().plus(longer));
    }

    public synchronized void cancel(UUID shift) {
        change(shift, one -> one.in(WorkforceBooking.State.CANCELED));
    }

    public synchronized void delete(UUID shift) {
        of(shift).forEach(this::delete);
    }

    /** Deletes all shifts of one user. */
    public synchronized void clear(UUID user) {
        List<WorkforceBooking> all = bookings.values().stream()
                .filter(one -> one.user().equals(user) && one.fromWorkforce())
                .toList();
        all.forEach(this::delete);
    }

    private List<WorkforceBooking> of(UUID shift) {
        return bookings.values().stream()
                .filter(one -> one.shift().equals(shift))
                .toList();
    }

    private void book(UUID user, UUID shift, WorkforceBooking.Activity activity, Instant start, Instant end) {
        if (start.isBefore(end)) {
            Instant at = office.now();
            WorkforceBooking.State state = WorkforceBooking.State.COMMITTED;
            create(new WorkforceBooking(nextId("booking"), user, shift, activity, start, end, state, true, at, at, 0));
        }
    }

    private void create(WorkforceBooking booking) {
        WorkforceBooking written = booking.written(office.now(), office.nextVersion());
        Map<String, Object> after = written.columns();
        announce("Create", booking.id(), Map.of(), after, after.keySet(), () -> bookings.put(booking.id(), written));
    }

    private void change(UUID shift, UnaryOperator<WorkforceBooking> how) {
        for (WorkforceBooking before : new ArrayList<>(of(shift))) {
            WorkforceBooking after = how.apply(before);
            if (!after.equals(before)) {
                update(before, after.written(office.now(), office.nextVersion()));
            }
        }
    }

    private void update(WorkforceBooking before, WorkforceBooking after) {
        Map<String, Object> then = before.columns();
        Map<String, Object> now = after.columns();
        Set<String> changed = now.keySet().stream()
                .filter(name -> !Objects.equals(then.get(name), now.get(name)))
                .collect(Collectors.toUnmodifiableSet());
        announce("Update", after.id(), then, now, changed, () -> bookings.put(after.id(), after));
    }

    private void delete(WorkforceBooking booking) {
        announce("Delete", booking.id(), booking.columns(), Map.of(), Set.of(), () -> bookings.remove(booking.id()));
    }

    private void announce(
            String message,
            UUID id,
            Map<String, Object> before,
            Map<String, Object> after,
            Set<String> written,
            Runnable commit) {
        RowChange change = new RowChange(message, WorkforceBooking.TABLE, id, before, after, written, office.now());
        office.announce(change, commit);
    }

    private UUID nextId(String kind) {
        return UUID.nameUUIDFromBytes((kind + " " + ++number).getBytes());
    }
}
