package dev.lockstep.teams.graph;

import dev.lockstep.settings.LockstepSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;

/** Where Microsoft Graph is and how long we wait for it. */
@ConfigMapping(prefix = "lockstep.graph")
public interface GraphSettings extends LockstepSettings {
    /** With the version; another one for national clouds. Tokens are for its origin. */
    @WithDefault("https://graph.microsoft.com/v1.0")
    URI url();

    /** For one write, connection and answer together. */
    @WithDefault("${lockstep.deadline:2s}")
    Duration timeout();

    /** For one read of up to 650 presences. */
    @WithDefault("10s")
    Duration readTimeout();
}
