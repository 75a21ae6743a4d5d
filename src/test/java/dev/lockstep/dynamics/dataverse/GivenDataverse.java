package dev.lockstep.dynamics.dataverse;

import dev.lockstep.Defaults;
import dev.lockstep.dynamics.DynamicsSettings;
import dev.lockstep.protocol.entra.EntraSettings;
import dev.lockstep.protocol.entra.EntraTokens;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Settings of an environment that a test runs. */
public final class GivenDataverse {
    private GivenDataverse() {}

    /** @param limit for one write and for one read */
    public static DynamicsSettings at(String url, Duration limit) {
        return at(url, limit, Map.of());
    }

    /** Whoever writes by these settings. */
    public static ApplicationUsers users(DynamicsSettings settings, EntraSettings entra, EntraTokens tokens) {
        return new ApplicationUsers(settings, entra, tokens);
    }

    /** @param more settings */
    public static DynamicsSettings at(String url, Duration limit, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.putAll(Map.of(
                "lockstep.dynamics.url",
                url,
                "lockstep.dynamics.connect-timeout",
                "20s",
                "lockstep.dynamics.timeout",
                limit.toString(),
                "lockstep.dynamics.read-timeout",
                limit.toString()));
        return Defaults.of(DynamicsSettings.class, all);
    }
}
