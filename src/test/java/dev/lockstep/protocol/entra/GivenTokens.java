package dev.lockstep.protocol.entra;

import dev.lockstep.platform.PlatformException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/** One token for every platform; nothing is renewed. */
public record GivenTokens(String token) implements Tokens {
    /** A token that says it allows what the claims say. */
    public static GivenTokens claiming(String claims) {
        return new GivenTokens(
                "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                        + ".x");
    }

    @Override
    public AccessToken current(URI platform) {
        return new AccessToken(token, Instant.EPOCH, Instant.EPOCH);
    }

    @Override
    public AccessToken renewed(URI platform, AccessToken refused) {
        throw new PlatformException.PermissionMissing("nothing is renewed here");
    }
}
