package dev.lockstep.sync;

import dev.lockstep.settings.LockstepSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What may be set about calls. */
@ConfigMapping(prefix = "lockstep.call")
public interface CallSettings extends LockstepSettings {
    /** After which a call whose end was never told no longer counts. */
    @WithDefault("4h")
    Duration maxAge();
}
