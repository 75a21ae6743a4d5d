package dev.lockstep.local;

import dev.lockstep.settings.LockstepSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What only the world on a laptop is told. Lockstep itself does not know these and refuses to start with one. */
@ConfigMapping(prefix = "lockstep")
public interface LocalSettings extends LockstepSettings {
    /** How often {@code sweep} runs. */
    @WithDefault("60s")
    Duration sweepInterval();

    /** How often {@code shift-end} runs. */
    @WithDefault("60s")
    Duration shiftInterval();

    /** {@code once}: play and exit; {@code off}: do not play; {@code benchmark}: measure and exit; else play and go on. */
    @WithDefault("play")
    String journey();

    Http http();

    /** Where everything is reached. */
    interface Http {
        @WithDefault("8080")
        int port();
    }
}
