package dev.lockstep.local.entra;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a {@code scope} parameter asks for: permissions of one resource.
 *
 * @param origin the resource, as the caller wrote it: it becomes the token's audience
 * @param resource the resource's name in the directory
 * @param wanted permission names; {@code .default} for all that is consented
 */
record RequestedScopes(String origin, String resource, Set<String> wanted) {
    private static final Set<String> OF_OPENID = Set.of("openid", "profile", "offline_access", "email");

    /** Whether nothing is asked for but who somebody is. */
    static boolean areOfOpenId(String text) {
        return OF_OPENID.containsAll(Set.of(text.strip().split("\\s+")));
    }

    static RequestedScopes read(String text, Tenant directory) {
        String origin = "";
        Set<String> wanted = new LinkedHashSet<>();
        for (String scope : text.strip().split("\\s+")) {
            if (OF_OPENID.contains(scope)) {
                continue;
            }
            int slash = scope.lastIndexOf('/');
            boolean other = !origin.isEmpty() && !scope.startsWith(origin + "/");
            if (slash < "https://x".length() || slash == scope.length() - 1 || other) {
                throw EntraError.wrongScope(text);
            }
            origin = scope.substring(0, slash);
            wanted.add(scope.substring(slash + 1));
        }
        if (wanted.isEmpty()) {
            throw EntraError.wrongScope(text);
        }
        String found = origin;
        String resource = directory.resourceAt(found).orElseThrow(() -> EntraError.unknownResource(found));
        return new RequestedScopes(origin, resource, wanted);
    }

    /** The client id of the application whose API it is, if it is one's. */
    Optional<String> api() {
        return origin.startsWith(Tenant.API) ? Optional.of(origin.substring(Tenant.API.length())) : Optional.empty();
    }

    /** For an application's own token only {@code .default} is a scope. */
    RequestedScopes onlyDefault(String text) {
        if (!wanted.equals(Set.of(".default"))) {
            throw EntraError.wrongScope(text);
        }
        return this;
    }

    /** The delegated permissions that come into the token. */
    Set<String> granted(Application application) {
        Set<String> consented = application.scopesFor(resource);
        if (wanted.contains(".default")) {
            return consented;
        }
        if (consented.containsAll(wanted)) {
            return wanted;
        }
        throw EntraError.wrongGrant(
                65001,
                "The user or administrator has not consented to use the application with ID '" + application.clientId()
                        + "'.");
    }
}
