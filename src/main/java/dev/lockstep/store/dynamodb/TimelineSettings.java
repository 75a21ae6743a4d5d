package dev.lockstep.store.dynamodb;

import dev.lockstep.settings.LockstepSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What may be set about the timeline. */
@ConfigMapping(prefix = "lockstep.timeline")
interface TimelineSettings extends LockstepSettings {
    /** How long an event is kept. */
    @WithDefault("30d")
    Duration retention();
}
