package dev.lockstep.function;

import dev.lockstep.settings.LockstepSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What may be set about the gateway in front of the functions. */
@ConfigMapping(prefix = "lockstep.gateway")
public interface GatewaySettings extends LockstepSettings {
    /** Whether API and board are for holders of a token alone. */
    @WithDefault("required")
    Authorization authorization();

    /** Of calls to the API and the board. */
    enum Authorization {
        /** What the gateway verified of a token says what it may; without one nothing is allowed. */
        REQUIRED,
        /** Whoever reaches the functions may do all, as on a laptop. */
        NONE
    }
}
