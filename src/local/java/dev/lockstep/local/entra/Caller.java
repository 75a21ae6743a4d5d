package dev.lockstep.local.entra;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Who calls, as an access token says.
 *
 * @param roles application permissions; empty for a delegated token
 * @param user the signed-in user of a delegated token
 * @param scopes delegated permissions; empty for an application's token
 */
public record Caller(
        String appId,
        String tenantId,
        Set<String> roles,
        Optional<String> user,
        Set<String> scopes,
        Instant tokenExpires) {

    public boolean isDelegated() {
        return user.isPresent();
    }

    /** Whether any of these permissions is in the token, of either kind. */
    public boolean may(String... permissions) {
        for (String permission : permissions) {
            if (roles.contains(permission) || scopes.contains(permission)) {
                return true;
            }
        }
        return false;
    }
}
