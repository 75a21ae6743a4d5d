package dev.lockstep.shift;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How single bookings become shifts. */
@ConfigMapping(prefix = "lockstep.shift")
public interface ShiftSettings {
    /** The longest time without a booking that is still within a shift. */
    @WithDefault("15m")
    Duration gap();
}
