package dev.lockstep.platform;

import dev.lockstep.presence.Signal;
import java.time.Instant;
import java.util.Optional;

/** What a trigger brings for one agent, recorded before anything is made of it. */
public sealed interface Evidence {
    /** When it came here, as far as that is known apart from when it happened. */
    Instant arrivedAt();

    /** Something a source said outright. */
    record Reported(Signal signal) implements Evidence {
        @Override
        public Instant arrivedAt() {
            return signal.moment().received();
        }
    }

    /**
     * Something a platform shows; its adapter reads it against what we wrote there.
     *
     * @param account whose it is, by the platform's id: an agent may have got another since. Empty in what was noted before
     *     accounts were
     */
    record Observed(Optional<String> account, Observation observation) implements Evidence {
        @Override
        public Instant arrivedAt() {
            return observation.askedAt();
        }
    }
}
