package dev.lockstep.teams.notifications;

import dev.lockstep.Defaults;
import dev.lockstep.teams.TeamsSettings;
import java.util.HashMap;
import java.util.Map;

/** Notifications as an installation has them: a state that is compared, and a key under its name. */
public final class GivenNotifications {
    static final String CERTIFICATE = "presence-2026-11";
    static final String STATE = "a-secret-state";

    private static final Map<String, String> USUAL = Map.of(
            "lockstep.teams.client-state",
            STATE,
            "lockstep.teams.notification-keys",
            CERTIFICATE + "=" + NotificationVectors.pem());

    private GivenNotifications() {}

    public static NotificationSettings usual() {
        return Defaults.of(TeamsSettings.class, USUAL);
    }

    /** @param value of the setting of that name, instead of the usual one; blank for none */
    public static NotificationSettings with(String name, String value) {
        Map<String, String> all = new HashMap<>(USUAL);
        all.put("lockstep.teams." + name, value);
        return Defaults.of(TeamsSettings.class, all);
    }
}
