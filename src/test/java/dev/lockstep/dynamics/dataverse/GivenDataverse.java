package dev.lockstep.dynamics.dataverse;

import dev.lockstep.Defaults;
import dev.lockstep.dynamics.DynamicsSettings;
import java.time.Duration;
import java.util.Map;

/** Settings of an environment that a test runs. */
public final class GivenDataverse {
    private GivenDataverse() {}

    /** @param limit for one write and for one read */
    public static DynamicsSettings at(String url, Duration limit) {
        return Defaults.of(
                DynamicsSettings.class,
                Map.of(
                        "lockstep.dynamics.url",
                        url,
                        "lockstep.dynamics.connect-timeout",
                        "20s",
                        "lockstep.dynamics.timeout",
                        limit.toString(),
                        "lockstep.dynamics.read-timeout",
                        limit.toString()));
    }
}
