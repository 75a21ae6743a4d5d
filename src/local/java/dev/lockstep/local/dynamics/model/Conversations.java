package dev.lockstep.local.dynamics.model;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The organisation's conversations; closed ones are kept for a while. */
final class Conversations {
    private static final int KEPT = 2_000;

    private final Office office;
    private final Map<UUID, Conversation> rows = new LinkedHashMap<>();

    Conversations(Office office) {
        this.office = office;
    }

    synchronized List<Conversation> all() {
        return List.copyOf(rows.values());
    }

    synchronized void open(Work work, Representative agent) {
        forgetOldest();
        write(Optional.empty(), Conversation.accepted(work, agent));
    }

    /** Changes a conversation; answers false if there is none or nothing changes. */
    synchronized boolean change(UUID id, UnaryOperator<Conversation> how) {
        Conversation before = rows.get(id);
        if (before == null) {
            return false;
        }
        Conversation after = how.apply(before);
        if (after.equals(before)) {
            return false;
        }
        write(Optional.of(before), after);
        return true;
    }

    private void write(Optional<Conversation> before, Conversation after) {
        Instant at = office.now();
        Conversation written = after.written(at, office.nextVersion());
        Map<String, Object> now = written.columns();
        Map<String, Object> then = before.map(Conversation::columns).orElse(Map.of());
        Set<String> changed = now.keySet().stream()
                .filter(name -> !Objects.equals(now.get(name), then.get(name)))
                .filter(name -> !name.equals("versionnumber"))
                .collect(Collectors.toUnmodifiableSet());
        String message = before.isPresent() ? "Update" : "Create";
        UUID id = after.work().id();
        office.announce(
                new RowChange(message, Conversation.TABLE, id, then, now, changed, at), () -> rows.put(id, written));
    }

    private void forgetOldest() {
        if (rows.size() >= KEPT) {
            rows.values().stream()
                    .filter(one -> one.phase() == Conversation.Phase.CLOSED)
                    .findFirst()
                    .ifPresent(one -> rows.remove(one.work().id()));
        }
    }
}
