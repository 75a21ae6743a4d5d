package dev.lockstep.local.entra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.concurrent.SettableClock;
import dev.lockstep.local.server.Json;
import dev.lockstep.local.server.LocalAuthority;
import dev.lockstep.local.server.ServerFaults;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatedEntraTest {
    private static final String TENANT = "aaaabbbb-0000-cccc-1111-dddd2222eeee";
    private static final String APP = "8e460676-ae3f-4b1e-8790-ee0fb5d6148f";
    private static final String USER = "5c9d8ef2-0000-4000-8000-000000000001";
    private static final String GRAPH = "https://localhost:8092";
    private static final SettableClock CLOCK = new SettableClock(Instant.parse("2026-11-22T10:00:00Z"));
    private static final Tenant DIRECTORY = new Tenant(TENANT);
    private static final TokenIssuer TOKENS = new TokenIssuer(TENANT, CLOCK);

    private static LocalAuthority.Identity certificate;
    private static LocalAuthority.Identity stranger;
    private static SimulatedEntra entra;
    private static HttpClient client;

    @BeforeAll
    static void start() {
        LocalAuthority authority = LocalAuthority.temporary();
        certificate = LocalAuthority.selfSigned("lockstep", 2048);
        stranger = LocalAuthority.selfSigned("stranger", 2048);
        DIRECTORY
                .resource("graph", GRAPH + "/v1.0")
                .user(USER, "service@contoso.com")
                .register(Application.of(APP)
                        .withSecret("s3cret")
                        .withCertificate(certificate.certificate())
                        .withRoles("graph", "Presence.ReadWrite.All")
                        .withScopes("graph", "Presence.Read.All"));
        ServerFaults faults = new ServerFaults(new SplittableRandom(1));
        entra = SimulatedEntra.start(0, authority.serverContext(), faults, DIRECTORY, TOKENS, CLOCK);
        client = HttpClient.newBuilder().sslContext(authority.clientContext()).build();
    }

    @AfterAll
    static void stop() {
        entra.close();
    }

    @Test
    void givesAnApplicationItsRoles() throws Exception {
        HttpResponse<String> answer = post(TENANT, ownToken());

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode body = Json.read(answer.body());
        assertThat(body.path("expires_in").asInt()).isEqualTo(3599);
        assertThat(body.path("token_type").asText()).isEqualTo("Bearer");
        Caller caller =
                TOKENS.verify(Optional.of("Bearer " + body.path("access_token").asText()), Set.of(GRAPH));
        assertThat(caller.roles()).containsExactly("Presence.ReadWrite.All");
    }

    @ParameterizedTest
    @CsvSource({
        "client_secret, wrong, 401, invalid_client, 7000215",
        "client_secret, , 401, invalid_client, 7000216",
        "client_id, 00000000-0000-0000-0000-000000000009, 400, unauthorized_client, 700016",
        "client_id, , 400, invalid_request, 900144",
        "grant_type, password, 400, unsupported_grant_type, 70003",
        "grant_type, , 400, invalid_request, 900144",
        "scope, https://localhost:8092/Presence.Read.All, 400, invalid_scope, 70011",
        "scope, nonsense, 400, invalid_scope, 70011",
        "scope, https://elsewhere.example/.default, 400, invalid_resource, 500011",
        "scope, , 400, invalid_request, 900144"
    })
    void refusesInEntrasShape(String member, String value, int status, String error, int code) throws Exception {
        Map<String, String> form = ownToken();
        form.remove(member);
        Optional.ofNullable(value).ifPresent(wrong -> form.put(member, wrong));

        refused(post(TENANT, form), status, error, code);
    }

    @Test
    void refusesAnotherTenant() throws Exception {
        refused(post("11112222-0000-cccc-1111-dddd2222eeee", ownToken()), 400, "invalid_request", 90002);
    }

    @Test
    void takesARegisteredCertificatesAssertion() throws Exception {
        assertThat(post(TENANT, withAssertion(certificate, claims())).statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusesAssertionsThatDoNotHold() throws Exception {
        refused(post(TENANT, withAssertion(stranger, claims())), 401, "invalid_client", 700027);
        refused(post(TENANT, withAssertion(certificate, claims().put("aud", GRAPH))), 401, "invalid_client", 700023);
        refused(post(TENANT, withAssertion(certificate, claims().put("sub", USER))), 401, "invalid_client", 700021);
        long past = CLOCK.instant().getEpochSecond() - 301;
        refused(post(TENANT, withAssertion(certificate, claims().put("exp", past))), 401, "invalid_client", 700024);
        Map<String, String> noJwt = withAssertion(certificate, claims());
        noJwt.put("client_assertion", "no.token");
        refused(post(TENANT, noJwt), 401, "invalid_client", 50027);
        Map<String, String> forged = withAssertion(certificate, claims());
        forged.computeIfPresent("client_assertion", (name, jwt) -> jwt.substring(0, jwt.lastIndexOf('.') + 1) + "AAAA");
        refused(post(TENANT, forged), 401, "invalid_client", 700027);
    }

    @Test
    void refreshesADelegatedTokenAgainAndAgain() throws Exception {
        String refreshToken = entra.signIn(APP, USER, GRAPH + "/Presence.Read.All offline_access");

        for (int i = 0; i < 2; i++) {
            JsonNode body = Json.read(post(TENANT, refresh(refreshToken)).body());
            Caller caller = TOKENS.verify(
                    Optional.of("Bearer " + body.path("access_token").asText()), Set.of(GRAPH));
            assertThat(caller.user()).hasValue(USER);
            assertThat(caller.scopes()).containsExactly("Presence.Read.All");
            assertThat(body.path("refresh_token").asText()).isNotEmpty().isNotEqualTo(refreshToken);
        }
    }

    @Test
    void refusesWhatTheUserOrTheirConsentNoLongerCovers() throws Exception {
        String refreshToken = entra.signIn(APP, USER, GRAPH + "/Presence.Read.All");
        Map<String, String> more = refresh(refreshToken);
        more.put("scope", GRAPH + "/Mail.Read");
        refused(post(TENANT, more), 400, "invalid_grant", 65001);

        DIRECTORY.block(USER, 50076);
        refused(post(TENANT, refresh(refreshToken)), 400, "invalid_grant", 50076);
        DIRECTORY.block(USER, 0);
        assertThat(post(TENANT, refresh(refreshToken)).statusCode()).isEqualTo(200);

        entra.revoke(USER);
        refused(post(TENANT, refresh(refreshToken)), 400, "invalid_grant", 9002313);
    }

    @Test
    void expiresRefreshTokensAfter90Days() throws Exception {
        String refreshToken = entra.signIn(APP, USER, GRAPH + "/Presence.Read.All");
        CLOCK.advance(Duration.ofDays(91));

        refused(post(TENANT, refresh(refreshToken)), 400, "invalid_grant", 70008);
    }

    @Test
    void redeemsACodeOnce() throws Exception {
        String query = "client_id=" + APP + "&response_type=code&login_hint=service@contoso.com&state=s+1&redirect_uri="
                + encode("http://localhost/back") + "&scope=" + encode(GRAPH + "/Presence.Read.All");
        HttpResponse<String> redirect = get("/" + TENANT + "/oauth2/v2.0/authorize?" + query);
        assertThat(redirect.statusCode()).isEqualTo(302);
        String location = redirect.headers().firstValue("Location").orElseThrow();
        assertThat(location).startsWith("http://localhost/back?code=").endsWith("&state=s+1");
        String code = location.substring(location.indexOf("code=") + 5, location.indexOf("&state"));
        Map<String, String> form = new LinkedHashMap<>(Map.of(
                "client_id", APP,
                "client_secret", "s3cret",
                "grant_type", "authorization_code",
                "redirect_uri", "http://localhost/back",
                "code", code));

        assertThat(post(TENANT, form).statusCode()).isEqualTo(200);
        refused(post(TENANT, form), 400, "invalid_grant", 54005);
    }

    @ParameterizedTest
    @CsvSource({"common, https://sts.windows.net/{tenantid}/", TENANT + ", https://sts.windows.net/" + TENANT + "/"})
    void leadsFromMetadataToTheKeys(String tenant, String issuer) throws Exception {
        JsonNode metadata = Json.read(
                get("/" + tenant + "/.well-known/openid-configuration").body());
        assertThat(metadata.path("issuer").asText()).isEqualTo(issuer);

        String keys = metadata.path("jwks_uri").asText().substring(entra.url().length());
        assertThat(Json.read(get(keys).body())).isEqualTo(TOKENS.jwks());
        assertThat(get("/discovery/v2.0/keys").statusCode()).isEqualTo(200);
        assertThat(get("/common/discovery/keys").statusCode()).isEqualTo(200);
    }

    private static Map<String, String> ownToken() {
        return new LinkedHashMap<>(Map.of(
                "client_id",
                APP,
                "client_secret",
                "s3cret",
                "grant_type",
                "client_credentials",
                "scope",
                GRAPH + "/.default"));
    }

    private static Map<String, String> refresh(String token) {
        return new LinkedHashMap<>(Map.of(
                "client_id", APP, "client_secret", "s3cret", "grant_type", "refresh_token", "refresh_token", token));
    }

    private static ObjectNode claims() {
        long now = CLOCK.instant().getEpochSecond();
        return Json.object()
                .put("aud", entra.url() + "/" + TENANT + "/oauth2/v2.0/token")
                .put("iss", APP)
                .put("sub", APP)
                .put("nbf", now)
                .put("exp", now + 600);
    }

    private static Map<String, String> withAssertion(LocalAuthority.Identity signer, ObjectNode claims)
            throws Exception {
        byte[] sha256 =
                MessageDigest.getInstance("SHA-256").digest(signer.certificate().getEncoded());
        JsonNode header = Json.object().put("alg", "RS256").put("x5t#S256", Jwt.encode(sha256));
        Map<String, String> form = ownToken();
        form.remove("client_secret");
        form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        form.put("client_assertion", Jwt.sign(header, claims, signer.key()));
        return form;
    }

    private static void refused(HttpResponse<String> answer, int status, String error, int code) {
        JsonNode body = Json.read(answer.body());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(body.path("error").asText()).isEqualTo(error);
        assertThat(body.path("error_codes").path(0).asInt()).isEqualTo(code);
        assertThat(body.path("error_description").asText()).startsWith("AADSTS" + code + ": ");
        assertThat(body.path("correlation_id").asText()).isNotEmpty();
    }

    private static HttpResponse<String> post(String tenant, Map<String, String> form) throws Exception {
        String body = form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        return client.send(
                HttpRequest.newBuilder(URI.create(entra.url() + "/" + tenant + "/oauth2/v2.0/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(entra.url() + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
