package dev.lockstep.simulation;

import dev.lockstep.store.AgentStore;
import dev.lockstep.store.Control;
import dev.lockstep.store.Identities;
import dev.lockstep.store.Timeline;
import dev.lockstep.sync.SyncMeter;
import java.time.Duration;
import java.util.Optional;

/** Somebody who looks at what runs, and at what is stored and told; nothing comes out differently for it. */
interface Onlooker {
    Onlooker NOBODY = new Onlooker() {};

    default AgentStore over(AgentStore store) {
        return store;
    }

    default Timeline over(Timeline timeline) {
        return timeline;
    }

    default Identities over(Identities identities) {
        return identities;
    }

    default Control over(Control control) {
        return control;
    }

    /** Is told what the synchroniser counts. */
    default Optional<SyncMeter> meter() {
        return Optional.empty();
    }

    /** @param function whose run begins, or goes on after one that came between; empty if none is under way any more */
    default void runs(String function) {}

    /**
     * A run has ended.
     *
     * @param took in the time of the simulation: waits, and calls of platforms and of the store
     * @param writes on platforms
     */
    default void ran(String function, Duration took, long writes) {}
}
