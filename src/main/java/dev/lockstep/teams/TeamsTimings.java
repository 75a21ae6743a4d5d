package dev.lockstep.teams;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Times after which something on the Teams side means something else. */
@ConfigMapping(prefix = "lockstep.teams")
public interface TeamsTimings {
    /** After a write, the former status proves nothing for so long: reads lag behind writes. */
    @WithDefault("30s")
    Duration grace();

    /** Within which our own write must be seen, else it is unconfirmed. */
    @WithDefault("90s")
    Duration echoWindow();

    /**
     * After which an Available that we set fades, and before which it cannot have (Graph, cloud communications, manage
     * presence state: five minutes).
     */
    @WithDefault("5m")
    Duration fade();
}
