package dev.lockstep.teams;

import dev.lockstep.settings.LockstepSettings;
import dev.lockstep.teams.notifications.NotificationSettings;
import dev.lockstep.teams.subscriptions.SubscriptionSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * How Teams is watched, and the times after which something there means something else. What only notifications or
 * subscriptions need is declared beside them, and is part of this.
 */
@ConfigMapping(prefix = "lockstep.teams")
public interface TeamsSettings extends LockstepSettings, NotificationSettings, SubscriptionSettings {
    /** How often everybody's presence is read while the watch runs. */
    @WithDefault("5s")
    Duration pollInterval();

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
