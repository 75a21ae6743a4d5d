package dev.lockstep.shift;

import dev.lockstep.settings.LockstepSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How single bookings become shifts. */
@ConfigMapping(prefix = "lockstep.shift")
public interface ShiftSettings extends LockstepSettings {
    /** The longest time without a booking that is still within a shift: shorter than any night, longer than a midday. */
    @WithDefault("4h")
    Duration gap();

    /** When more agents than that have news at once, they go through the bulk lane. */
    @WithDefault("25")
    int mostAtOnce();
}
