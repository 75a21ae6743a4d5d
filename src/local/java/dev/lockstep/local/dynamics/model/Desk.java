package dev.lockstep.local.dynamics.model;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * One representative's place: the slot as the omnichannel service holds it, and the row as the table shows it a little
 * later. Changes of one representative are serial; reading needs no lock.
 */
final class Desk {
    /** What a step makes of the slot, and why. */
    record Step(Slot next, Cause cause) {}

    private static final int KEPT_HISTORY = 200;
    private static final Set<String> NEVER_WRITTEN =
            Set.of("msdyn_agentstatusid", "createdon", "ownerid", "statecode", "statuscode", "versionnumber");

    private final Office office;
    private final Deque<AgentStatus> unwritten = new ArrayDeque<>();
    private final Deque<StatusHistory> history = new ArrayDeque<>();
    private volatile Representative who;
    private volatile Slot slot;
    private volatile Optional<AgentStatus> row = Optional.empty();
    private AgentStatus described;

    Desk(Representative who, Presence offline, Office office) {
        this.office = office;
        this.who = who;
        this.slot = Slot.signedOut(offline);
        this.described = AgentStatus.ofNewUser(who, offline, office.now());
    }

    Representative who() {
        return who;
    }

    Slot slot() {
        return slot;
    }

    Optional<AgentStatus> row() {
        return row;
    }

    synchronized List<StatusHistory> history() {
        return List.copyOf(history);
    }

    synchronized void rename(Representative now) {
        who = now;
    }

    synchronized void appear() {
        if (row.isEmpty() && unwritten.isEmpty()) {
            unwritten.add(described);
            writeOne();
        }
    }

    /** Takes a step, if there is one from here; answers whether there was. */
    synchronized boolean step(Function<Slot, Optional<Step>> transition) {
        Optional<Step> step = transition.apply(slot);
        step.ifPresent(this::take);
        return step.isPresent();
    }

    private void take(Step step) {
        AgentStatus now = described.after(who, step.next(), step.cause(), office.now());
        boolean visible =
                !now.showsTheSameAs(described) || office.rules().rows().samePresenceIsWritten();
        Slot before = slot;
        slot = step.next();
        if (visible) {
            announce(now, before);
        }
    }

    private void announce(AgentStatus now, Slot before) {
        appear();
        AgentStatus formerly = described;
        described = now;
        unwritten.add(now);
        try {
            office.whenRowsFollow(this::writeOne);
        } catch (PipelineFailed refused) {
            slot = before;
            described = formerly;
            throw refused;
        }
    }

    /** Rows follow in the order of the changes, whatever the timers do. */
    private synchronized void writeOne() {
        Instant at = office.now();
        AgentStatus next = unwritten.remove().written(at, office.nextVersion());
        RowChange change = changeTo(next, at);
        office.announce(change, () -> row = Optional.of(next));
        remember(next, at);
    }

    private RowChange changeTo(AgentStatus next, Instant at) {
        Map<String, Object> after = office.columns(next);
        if (row.isEmpty()) {
            return new RowChange("Create", AgentStatus.TABLE, next.id(), Map.of(), after, after.keySet(), at);
        }
        Map<String, Object> before = office.columns(row.get());
        Set<String> written = new LinkedHashSet<>(after.keySet());
        written.removeAll(NEVER_WRITTEN);
        if (!office.rules().rows().everythingAlways()) {
            written.removeIf(name -> Objects.equals(before.get(name), after.get(name)));
        }
        return new RowChange("Update", AgentStatus.TABLE, next.id(), before, after, written, at);
    }

    private void remember(AgentStatus next, Instant at) {
        if (!history.isEmpty()) {
            history.addLast(history.removeLast().ended(at));
        }
        StatusHistory begun = StatusHistory.beginning(next);
        history.addLast(begun);
        if (history.size() > KEPT_HISTORY) {
            history.removeFirst();
        }
        Map<String, Object> columns = begun.columns();
        office.announce(
                new RowChange("Create", StatusHistory.TABLE, begun.id(), Map.of(), columns, columns.keySet(), at),
                () -> {});
    }

    UUID id() {
        return who.id();
    }
}
