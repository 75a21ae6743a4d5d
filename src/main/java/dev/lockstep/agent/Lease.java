package dev.lockstep.agent;

import java.time.Instant;

/** The right to write for one agent, until it runs out. */
public record Lease(String owner, Instant until) {
    public boolean isHeldAt(Instant now) {
        return now.isBefore(until);
    }
}
