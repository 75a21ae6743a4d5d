package dev.lockstep.sync;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;

/** How long things may take, and how often they are tried again. */
@ConfigMapping(prefix = "lockstep")
public interface SyncSettings {
    /** All writes of one event together; Graph wants its answer within three seconds. */
    @WithDefault("2s")
    Duration deadline();

    @WithName("sync.lease")
    @WithDefault("15s")
    Duration lease();

    /** The first wait after a failure; it doubles each time. */
    @WithName("sync.backoff")
    @WithDefault("1s")
    Duration backoff();

    /** Shorter than a sweep: a platform that comes back is caught up with at once. */
    @WithName("sync.backoff-limit")
    @WithDefault("30s")
    Duration backoffLimit();

    /** How soon to look again when a read may still show our own former write. */
    @WithName("sync.doubt")
    @WithDefault("2s")
    Duration doubt();

    /** Within which alternations with somebody else are counted, and for which the breaker stays open. */
    @WithName("sync.breaker-window")
    @WithDefault("10m")
    Duration breakerWindow();

    @WithName("sync.breaker-limit")
    @WithDefault("4")
    int breakerLimit();
}
