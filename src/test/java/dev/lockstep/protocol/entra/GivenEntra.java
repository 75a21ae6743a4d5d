package dev.lockstep.protocol.entra;

import java.net.http.HttpClient;
import java.time.InstantSource;

/** Signs in at an Entra whose authority this process need not trust. */
public final class GivenEntra {
    private GivenEntra() {}

    public static EntraTokens tokens(EntraSettings settings, HttpClient http, InstantSource clock) {
        return new EntraTokens(settings, reference -> reference, clock, () -> http);
    }

    public static IdTokens idTokens(EntraSettings settings, HttpClient http, InstantSource clock) {
        return new IdTokens(settings, new EntraKeys(settings, clock, () -> http));
    }
}
