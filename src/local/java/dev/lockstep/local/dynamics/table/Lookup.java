package dev.lockstep.local.dynamics.table;

import java.util.UUID;

/** A value of a lookup column: which row of which table, and that row's name. */
public record Lookup(String logicalName, UUID id, String name) {

    public static Lookup user(UUID id, String name) {
        return new Lookup("systemuser", id, name);
    }
}
