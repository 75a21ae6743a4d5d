package dev.lockstep.teams;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How Teams is watched. */
@ConfigMapping(prefix = "lockstep.teams")
public interface TeamsSettings {
    /** How often everybody's presence is read while the watch runs. */
    @WithDefault("5s")
    Duration pollInterval();
}
