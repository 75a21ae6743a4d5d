package dev.lockstep.function;

import dev.lockstep.settings.LockstepSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What may be set about the start of a function. */
@ConfigMapping(prefix = "lockstep.warm-up")
interface WarmUpSettings extends LockstepSettings {
    /** How long it may get tokens and connections ready before it takes its first event. */
    @WithDefault("2s")
    Duration limit();
}
