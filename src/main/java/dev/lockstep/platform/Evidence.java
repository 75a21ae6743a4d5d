package dev.lockstep.platform;

import dev.lockstep.presence.Signal;

/** What a trigger brings for one agent, recorded before anything is made of it. */
public sealed interface Evidence {
    /** Something a source said outright. */
    record Reported(Signal signal) implements Evidence {}

    /** Something a platform shows; its adapter reads it against what we wrote there. */
    record Observed(Observation observation) implements Evidence {}
}
