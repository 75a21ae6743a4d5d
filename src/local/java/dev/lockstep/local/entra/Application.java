package dev.lockstep.local.entra;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An app registration with its credentials and with what an administrator has consented to.
 *
 * @param roles application permissions by resource name, for example {@code graph -> Presence.ReadWrite.All}
 * @param scopes delegated permissions by resource name
 * @param tokenVersion {@code requestedAccessTokenVersion}: 1 or 2; the version of tokens whose audience is this
 *     application, such as the validation tokens of change notifications
 * @param validationTokens false as when the change-tracking principal may not call the application: notifications
 *     then come with {@code validationTokens: null}
 * @param redirects to which people may be sent back; wherever they say where none is registered
 */
public record Application(
        String clientId,
        Set<String> secrets,
        List<X509Certificate> certificates,
        Map<String, Set<String>> roles,
        Map<String, Set<String>> scopes,
        int tokenVersion,
        boolean validationTokens,
        Set<String> redirects) {

    public static Application of(String clientId) {
        return new Application(clientId, Set.of(), List.of(), Map.of(), Map.of(), 1, true, Set.of());
    }

    public Application withSecret(String secret) {
        Set<String> more = new HashSet<>(secrets);
        more.add(secret);
        return new Application(clientId, more, certificates, roles, scopes, tokenVersion, validationTokens, redirects);
    }

    public Application withCertificate(X509Certificate certificate) {
        List<X509Certificate> more = new ArrayList<>(certificates);
        more.add(certificate);
        return new Application(clientId, secrets, more, roles, scopes, tokenVersion, validationTokens, redirects);
    }

    /** The resource's roles become exactly these. */
    public Application withRoles(String resource, String... names) {
        return new Application(
                clientId,
                secrets,
                certificates,
                put(roles, resource, names),
                scopes,
                tokenVersion,
                validationTokens,
                redirects);
    }

    /** The resource's delegated scopes become exactly these. */
    public Application withScopes(String resource, String... names) {
        return new Application(
                clientId,
                secrets,
                certificates,
                roles,
                put(scopes, resource, names),
                tokenVersion,
                validationTokens,
                redirects);
    }

    public Application withTokenVersion(int version) {
        return new Application(clientId, secrets, certificates, roles, scopes, version, validationTokens, redirects);
    }

    public Application withoutValidationTokens() {
        return new Application(clientId, secrets, certificates, roles, scopes, tokenVersion, false, redirects);
    }

    public Application withRedirect(String uri) {
        Set<String> more = new HashSet<>(redirects);
        more.add(uri);
        return new Application(clientId, secrets, certificates, roles, scopes, tokenVersion, validationTokens, more);
    }

    boolean mayRedirectTo(String uri) {
        return redirects.isEmpty() || redirects.contains(uri);
    }

    Set<String> rolesFor(String resource) {
        return roles.getOrDefault(resource, Set.of());
    }

    Set<String> scopesFor(String resource) {
        return scopes.getOrDefault(resource, Set.of());
    }

    private static Map<String, Set<String>> put(Map<String, Set<String>> all, String resource, String... names) {
        Map<String, Set<String>> more = new LinkedHashMap<>(all);
        more.put(resource, Set.of(names));
        return more;
    }
}
