package dev.lockstep.platform;

import dev.lockstep.presence.Signal;

/** What a trigger brings for one agent, recorded before anything is made of it. */
public sealed interface News {
    /** Something a source said outright. */
    record Told(Signal signal) implements News {}

    /** Something a platform shows; its adapter reads it against what we wrote there. */
    record Seen(Observation observation) implements News {}
}
