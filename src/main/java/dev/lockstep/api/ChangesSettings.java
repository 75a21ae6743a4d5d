package dev.lockstep.api;

import dev.lockstep.settings.LockstepSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What may be set about those who follow changes. */
@ConfigMapping(prefix = "lockstep.changes")
public interface ChangesSettings extends LockstepSettings {
    /** For how long a question waits for a change; more than 25 seconds counts as 25, because the gateway gives 30. */
    @WithDefault("20s")
    Duration longestWait();

    /** How often it looks meanwhile. Each look reads all whom it is asked about. */
    @WithDefault("2s")
    Duration lookEvery();
}
