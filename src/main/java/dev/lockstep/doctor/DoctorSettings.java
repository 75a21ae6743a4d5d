package dev.lockstep.doctor;

import dev.lockstep.settings.LockstepSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the doctor works. */
@ConfigMapping(prefix = "lockstep.doctor")
public interface DoctorSettings extends LockstepSettings {
    /** For one check; all of them run at the same time. */
    @WithDefault("15s")
    Duration timeout();

    /** How long a tried change may take to be shown by every platform, and again to be gone. */
    @WithDefault("20s")
    Duration patience();

    /** How often the platforms are looked at meanwhile. */
    @WithDefault("250ms")
    Duration lookEvery();

    /** How long before its end a credential is worth a warning. */
    @WithDefault("30d")
    Duration expiresSoon();
}
