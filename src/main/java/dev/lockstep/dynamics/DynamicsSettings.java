package dev.lockstep.dynamics;

import dev.lockstep.dynamics.dataverse.DataverseSettings;
import dev.lockstep.settings.LockstepSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * Times after which something on the Dynamics side means something else. What only the calls need is declared beside
 * them, and is part of this.
 */
@ConfigMapping(prefix = "lockstep.dynamics")
public interface DynamicsSettings extends LockstepSettings, DataverseSettings {
    /** How long an Offline that is no logout is held back: Dynamics restores a lost connection within 150 s. */
    @WithDefault("165s")
    Duration offlineHold();

    /** After a write, the former presence proves nothing for so long: reads and messages lag. */
    @WithDefault("10s")
    Duration grace();

    /** Within which our own write must be seen again, else it is written again: longer than a sweep. */
    @WithDefault("90s")
    Duration echoWindow();
}
