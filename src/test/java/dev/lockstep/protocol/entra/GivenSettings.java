package dev.lockstep.protocol.entra;

import dev.lockstep.Defaults;
import java.util.HashMap;
import java.util.Map;

/** An application in Entra, and more time for it than a busy machine needs. */
public final class GivenSettings {
    public static final String TENANT = "77777777-0000-0000-0000-000000000007";
    public static final String CLIENT = "88888888-0000-0000-0000-000000000008";

    private static final Map<String, String> USUAL = Map.of(
            "lockstep.entra.tenant-id",
            TENANT,
            "lockstep.entra.client-id",
            CLIENT,
            "lockstep.entra.connect-timeout",
            "20s",
            "lockstep.entra.timeout",
            "20s");

    private GivenSettings() {}

    public static EntraSettings secret(String authority, String secret) {
        return of(authority, Map.of("lockstep.entra.client-secret", secret));
    }

    /** Without an application. */
    public static EntraSettings none() {
        return Defaults.of(EntraSettings.class);
    }

    /** @param values what is configured besides, or instead */
    public static EntraSettings of(String authority, Map<String, String> values) {
        Map<String, String> all = new HashMap<>(USUAL);
        all.put("lockstep.entra.authority", authority);
        all.putAll(values);
        return Defaults.of(EntraSettings.class, all);
    }
}
