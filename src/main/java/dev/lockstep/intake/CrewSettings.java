package dev.lockstep.intake;

import dev.lockstep.settings.LockstepSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How runs over many agents are worked off. */
@ConfigMapping(prefix = "lockstep.crew")
public interface CrewSettings extends LockstepSettings {
    /** How many agents are worked for side by side: well under the 52 requests that Dataverse allows a user at once. */
    @WithDefault("8")
    int atOnce();
}
