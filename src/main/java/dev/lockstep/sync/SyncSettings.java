package dev.lockstep.sync;

import dev.lockstep.settings.LockstepSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long an agent is held, and how often what did not work is tried again. */
@ConfigMapping(prefix = "lockstep.sync")
public interface SyncSettings extends LockstepSettings {
    /** For how long one writer has an agent. */
    @WithDefault("15s")
    Duration lease();

    /** The first wait after a failure; it doubles each time. */
    @WithDefault("1s")
    Duration backoff();

    /** Shorter than a sweep: a platform that comes back is caught up with at once. */
    @WithDefault("30s")
    Duration backoffLimit();

    /** How soon to look again when a read may still show our own former write. */
    @WithDefault("2s")
    Duration doubt();

    /** How soon the same visit reads again, while it has time. */
    @WithDefault("200ms")
    Duration reread();

    /** Within which alternations with somebody else are counted; the breaker is open until the oldest counted one is older. */
    @WithDefault("10m")
    Duration breakerWindow();

    @WithDefault("4")
    int breakerLimit();
}
