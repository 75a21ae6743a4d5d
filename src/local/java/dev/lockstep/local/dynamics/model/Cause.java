package dev.lockstep.local.dynamics.model;

import java.util.Optional;
import java.util.UUID;

/** Why a presence or capacity changed, as the row will tell it. */
public record Cause(AgentEvent event, Optional<SubEvent> detail, String by, Optional<UUID> user) {
    static final String AGENT = "AGENT";
    static final String SYSTEM = "SYSTEM";

    static Cause system(AgentEvent event) {
        return new Cause(event, Optional.empty(), SYSTEM, Optional.empty());
    }

    static Cause system(AgentEvent event, SubEvent detail) {
        return new Cause(event, Optional.of(detail), SYSTEM, Optional.empty());
    }

    static Cause person(AgentEvent event, UUID user) {
        return new Cause(event, Optional.empty(), AGENT, Optional.of(user));
    }
}
