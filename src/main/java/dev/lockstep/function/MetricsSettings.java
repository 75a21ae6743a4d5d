package dev.lockstep.function;

import dev.lockstep.settings.LockstepSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What may be set about metrics. */
@ConfigMapping(prefix = "lockstep.metrics")
interface MetricsSettings extends LockstepSettings {
    /** Whether they are printed for CloudWatch. */
    @WithDefault("true")
    boolean published();
}
