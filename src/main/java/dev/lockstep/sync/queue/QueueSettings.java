package dev.lockstep.sync.queue;

import dev.lockstep.settings.LockstepSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The retry queue. Without one, what is put off waits for the next sweep. */
@ConfigMapping(prefix = "lockstep.queue")
public interface QueueSettings extends LockstepSettings {
    Optional<String> url();

    /** Another endpoint than AWS' own. */
    Optional<URI> endpointOverride();

    @WithDefault("1s")
    Duration timeout();

    /** After so many messages that follow from one event, the agent is left to the sweep; Lambda's own guard counts 16. */
    @WithDefault("12")
    int mostHops();
}
