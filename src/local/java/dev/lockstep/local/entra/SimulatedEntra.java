package dev.lockstep.local.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.local.server.Fault;
import dev.lockstep.local.server.Json;
import dev.lockstep.local.server.Reply;
import dev.lockstep.local.server.Request;
import dev.lockstep.local.server.ServerFaults;
import dev.lockstep.local.server.SimulatedServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * The simulated Microsoft Entra: token endpoint of version 2.0 for client credentials, authorization codes and
 * refresh tokens, OpenID metadata and keys. It asks for no password: {@code /authorize} signs in the user whom
 * {@code login_hint} names, or shows its people to choose from.
 */
public final class SimulatedEntra implements AutoCloseable {
    /** Microsoft Graph, as tokens of which nothing was asked but who somebody is name it. */
    private static final String GRAPH = "00000003-0000-0000-c000-000000000000";

    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <link rel="icon" href="data:,">
            <title>%s</title>
            </head>
            <body>
            <main>
            <h1>%s</h1>
            <p>This is the simulated Entra: no password is asked for.</p>
            %s
            </main>
            </body>
            </html>
            """;

    private final Tenant directory;
    private final TokenIssuer tokens;
    private final Grants grants;
    private final ClientCheck clients;
    private final InstantSource clock;
    private final SimulatedServer server;

    private SimulatedEntra(SimulatedServer server, Tenant directory, TokenIssuer tokens, InstantSource clock) {
        this.server = server;
        this.directory = directory;
        this.tokens = tokens;
        this.clock = clock;
        grants = new Grants(clock);
        clients = new ClientCheck(directory, clock);
    }

    /**
     * Starts it.
     *
     * @param port 0 takes any free one
     */
    public static SimulatedEntra start(
            int port,
            SSLContext identity,
            ServerFaults faults,
            Tenant directory,
            TokenIssuer tokens,
            InstantSource clock) {
        SimulatedServer server = SimulatedServer.https(port, identity, faults);
        SimulatedEntra entra = new SimulatedEntra(server, directory, tokens, clock);
        entra.route();
        server.start();
        return entra;
    }

    /** For {@code lockstep.entra.authority}. */
    public String url() {
        return server.url();
    }

    public int port() {
        return server.port();
    }

    public ServerFaults faults() {
        return server.faults();
    }

    /** Signs a service user in as an administrator would have done once: a refresh token for delegated calls. */
    public String signIn(String clientId, String userId, String scope) {
        return grants.refreshToken(clientId, userId, scope);
    }

    /** Makes the user's refresh tokens worthless, as a changed password does. */
    public void revoke(String userId) {
        grants.revoke(userId);
    }

    @Override
    public void close() {
        server.close();
    }

    private void route() {
        server.on("POST", "/{tenant}/oauth2/v2.0/token", this::token)
                .on("GET", "/{tenant}/oauth2/v2.0/authorize", this::authorize)
                .on("GET", "/{tenant}/oauth2/v2.0/logout", request -> page("Signed out", "You are signed out."))
                .on("GET", "/{tenant}/v2.0/.well-known/openid-configuration", request -> metadata(request, 2))
                .on("GET", "/{tenant}/.well-known/openid-configuration", request -> metadata(request, 1))
                .on("GET", "/discovery/v2.0/keys", request -> Reply.json(200, tokens.jwks()))
                .on("GET", "/{tenant}/discovery/v2.0/keys", request -> Reply.json(200, tokens.jwks()))
                .on("GET", "/{tenant}/discovery/keys", request -> Reply.json(200, tokens.jwks()))
                .onFault(SimulatedEntra::fault)
                .onError(this::error);
    }

    private Reply error(Request request, RuntimeException e) {
        return switch (e) {
            case EntraError refusal -> refusal.reply(clock.instant());
            case Request.MalformedBody malformed -> EntraError.malformed().reply(clock.instant());
            default -> EntraError.broken(e).reply(clock.instant());
        };
    }

    private static JsonNode fault(Fault fault) {
        return Json.object()
                .put("error", "temporarily_unavailable")
                .put("error_description", "AADSTS90033: A transient error has occurred. Please try again.");
    }

    private Reply token(Request request) {
        String tenant = tenant(request);
        Map<String, String> form = request.form();
        String grantType = Grants.required(form, "grant_type");
        Application application = clients.authenticate(form, endpoints(tenant));
        return switch (grantType) {
            case "client_credentials" -> own(application, Grants.required(form, "scope"));
            case "authorization_code" -> delegated(application, form, grants.redeem(form, application));
            case "refresh_token" -> delegated(application, form, grants.refresh(form, application));
            default -> throw EntraError.unsupportedGrant(grantType);
        };
    }

    private Reply own(Application application, String scope) {
        RequestedScopes scopes = RequestedScopes.read(scope, directory).onlyDefault(scope);
        Set<String> roles = application.rolesFor(scopes.resource());
        String clientId = application.clientId();
        return answer(answerWith(scopes.api()
                .map(api -> tokens.forApi(clientId, api, roles))
                .orElseGet(() -> tokens.forApplication(clientId, scopes.origin(), roles))));
    }

    private Reply delegated(Application application, Map<String, String> form, Grants.Grant grant) {
        String asked = Optional.ofNullable(form.get("scope")).orElse(grant.scope());
        if (RequestedScopes.areOfOpenId(asked)) {
            return identified(application, grant, asked);
        }
        RequestedScopes scopes = RequestedScopes.read(asked, directory);
        Set<String> granted = scopes.granted(application);
        Tenant.User user = userOf(grant);
        String clientId = application.clientId();
        Set<String> roles = directory.rolesOf(user, scopes.resource());
        ObjectNode body = answerWith(scopes.api()
                .map(api -> tokens.forApi(clientId, user, api, granted, roles))
                .orElseGet(() -> tokens.forUser(clientId, user, scopes.origin(), granted)));
        body.put("scope", named(scopes.origin(), granted));
        body.put("refresh_token", grants.refreshToken(clientId, user.id(), asked));
        body.put("id_token", identity(application, user, grant));
        return answer(body.put("client_info", clientInfo(user)));
    }

    /** The access token is for Graph, where it may read who signed in and nothing else. */
    private Reply identified(Application application, Grants.Grant grant, String asked) {
        Tenant.User user = userOf(grant);
        Set<String> granted = Set.of("openid", "profile");
        ObjectNode body = answerWith(tokens.forUser(application.clientId(), user, GRAPH, granted));
        body.put("scope", "openid profile");
        body.put("refresh_token", grants.refreshToken(application.clientId(), user.id(), asked));
        body.put("id_token", identity(application, user, grant));
        return answer(body.put("client_info", clientInfo(user)));
    }

    private String identity(Application application, Tenant.User user, Grants.Grant grant) {
        String clientId = application.clientId();
        return tokens.identity(clientId, user, grant.nonce(), directory.rolesAt(clientId, user));
    }

    private Tenant.User userOf(Grants.Grant grant) {
        Tenant.User user = directory
                .findUser(grant.userId())
                .orElseThrow(() -> EntraError.wrongGrant(50034, "The user account does not exist in the directory."));
        if (user.blocked() != 0) {
            throw EntraError.wrongGrant(user.blocked(), "The user must sign in again, or may not sign in.");
        }
        return user;
    }

    private Reply authorize(Request request) {
        tenant(request);
        Map<String, String> query = request.query();
        String clientId = Grants.required(query, "client_id");
        Application application =
                directory.application(clientId).orElseThrow(() -> EntraError.unknownApplication(clientId));
        String redirect = Grants.required(query, "redirect_uri");
        if (!application.mayRedirectTo(redirect)) {
            throw EntraError.wrongGrant(50011, "The redirect URI is not one of those of the application.");
        }
        if (!query.containsKey("login_hint")) {
            return choice(query);
        }
        Tenant.User user = directory
                .findUser(query.get("login_hint"))
                .orElseThrow(() -> EntraError.wrongGrant(50034, "The user account does not exist in the directory."));
        String challenge = request.parameter("code_challenge").orElse("");
        String nonce = request.parameter("nonce").orElse("");
        String code = grants.code(clientId, user.id(), Grants.required(query, "scope"), redirect, challenge, nonce);
        String state = request.parameter("state")
                .map(value -> "&state=" + encode(value))
                .orElse("");
        String joint = redirect.contains("?") ? "&" : "?";
        return Reply.empty(302).with("Location", redirect + joint + "code=" + encode(code) + state);
    }

    private Reply choice(Map<String, String> query) {
        String asked = query.entrySet().stream()
                .map(pair -> encode(pair.getKey()) + "=" + encode(pair.getValue()) + "&amp;")
                .collect(Collectors.joining());
        return page(
                "Who are you?",
                directory.people().stream()
                        .map(user -> "<li><a href=\"?" + asked + "login_hint=" + encode(user.name()) + "\">"
                                + escaped(user.name()) + "</a></li>")
                        .collect(Collectors.joining("\n", "<ul>\n", "\n</ul>")));
    }

    private static Reply page(String title, String content) {
        return Reply.text(200, "text/html; charset=utf-8", PAGE.formatted(title, title, content));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    private Reply metadata(Request request, int version) {
        String tenant = request.part("tenant");
        if (!tenant.equals("common")) {
            tenant(request);
        }
        String base = url() + "/" + tenant;
        String keys = version == 1 ? "/discovery/keys" : "/discovery/v2.0/keys";
        ObjectNode body = Json.object().put("issuer", issuer(tenant, version));
        body.put("token_endpoint", base + "/oauth2/v2.0/token");
        body.put("authorization_endpoint", base + "/oauth2/v2.0/authorize");
        body.put("jwks_uri", base + keys);
        body.putArray("id_token_signing_alg_values_supported").add("RS256");
        return Reply.json(200, body);
    }

    private String issuer(String tenant, int version) {
        return tenant.equals("common")
                ? tokens.issuer(version).replace(directory.tenantId(), "{tenantid}")
                : tokens.issuer(version);
    }

    private String tenant(Request request) {
        String tenant = request.part("tenant");
        if (!tenant.equalsIgnoreCase(directory.tenantId())) {
            throw EntraError.unknownTenant(tenant);
        }
        return tenant;
    }

    /** What a client assertion may name as its audience. */
    private Set<String> endpoints(String tenant) {
        return Tenant.audiences(url()).stream()
                .flatMap(base ->
                        List.of("/oauth2/v2.0/token", "/v2.0", "/").stream().map(end -> base + "/" + tenant + end))
                .collect(Collectors.toUnmodifiableSet());
    }

    private ObjectNode answerWith(String accessToken) {
        long seconds = tokens.lifetime().toSeconds();
        return Json.object()
                .put("token_type", "Bearer")
                .put("expires_in", seconds)
                .put("ext_expires_in", seconds)
                .put("access_token", accessToken);
    }

    private static Reply answer(ObjectNode body) {
        return Reply.json(200, body).with("Cache-Control", "no-store, no-cache");
    }

    private String clientInfo(Tenant.User user) {
        return Jwt.encode(Json.bytes(Json.object().put("uid", user.id()).put("utid", directory.tenantId())));
    }

    private static String named(String origin, Set<String> scopes) {
        return scopes.stream().sorted().map(scope -> origin + "/" + scope).collect(Collectors.joining(" "));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
