package dev.lockstep.local.dynamics.model;

import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/** Where work of one kind comes from, and to representatives of which base presences it is offered. */
public record Workstream(UUID id, String name, Set<BasePresence> allowedPresences, int units) {
    public Workstream {
        allowedPresences = Set.copyOf(allowedPresences);
    }

    /** A workstream of the usual sort: Available and Busy are allowed, a chat consumes a third of the capacity. */
    public static Workstream chat(String name) {
        UUID id = UUID.nameUUIDFromBytes(("workstream " + name).getBytes());
        return new Workstream(id, name, EnumSet.of(BasePresence.AVAILABLE, BasePresence.BUSY), 30);
    }

    boolean allows(Presence presence) {
        return allowedPresences.contains(presence.base());
    }
}
