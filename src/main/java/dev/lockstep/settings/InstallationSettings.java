package dev.lockstep.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What is said once for a whole installation and is read by more than one part of it. */
@ConfigMapping(prefix = "lockstep")
public interface InstallationSettings extends LockstepSettings {
    /** All calls of platforms for one event together; Graph wants its answer within three seconds. */
    @WithDefault("2s")
    Duration deadline();

    /** How old a signed event may be, and how far ahead of our own clock. */
    @WithDefault("5m")
    Duration eventTolerance();

    /** What the names of the store's tables begin with. */
    @WithDefault("lockstep-")
    String tablePrefix();
}
