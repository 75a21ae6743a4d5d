package dev.lockstep.protocol.entra;

import static dev.lockstep.platform.StubServer.empty;
import static dev.lockstep.platform.StubServer.html;
import static dev.lockstep.platform.StubServer.json;
import static dev.lockstep.platform.StubServer.lost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.local.server.LocalAuthority;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.StubServer;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(90)
class EntraTokensTest {
    private static final URI GRAPH = URI.create("https://graph.microsoft.com/v1.0");
    private static final URI DYNAMICS = URI.create("https://contoso.crm4.dynamics.com:443/");
    private static final String SECRET = "hunter2~and.more";

    private static LocalAuthority authority;
    private static StubServer entra;
    private static HttpClient http;

    private final AtomicInteger secretsRead = new AtomicInteger();
    private Instant now = Instant.now();
    private EntraTokens tokens;

    @BeforeAll
    static void start() {
        authority = LocalAuthority.temporary();
        entra = StubServer.https(authority);
        http = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(20))
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(authority.clientContext())
                .build();
    }

    @AfterAll
    static void stop() {
        http.close();
        entra.close();
    }

    @BeforeEach
    void fresh() {
        entra.reset();
        tokens = tokens(GivenSettings.secret(entra.url(), SECRET));
    }

    @Test
    void signsInAsTheApplicationForThePlatformsOrigin() {
        entra.answer(token("g1"), token("d1"));

        assertThat(tokens.current(GRAPH).bearer()).isEqualTo("Bearer g1");
        assertThat(tokens.current(DYNAMICS).value()).isEqualTo("d1");

        StubServer.Received first = entra.received().getFirst();
        assertThat(first.method()).isEqualTo("POST");
        assertThat(first.target()).startsWith("/" + GivenSettings.TENANT + "/oauth2/v2.0/token");
        assertThat(form(first))
                .containsEntry("grant_type", "client_credentials")
                .containsEntry("client_id", GivenSettings.CLIENT)
                .containsEntry("client_secret", SECRET);
        assertThat(form(first).get("scope")).contains("https://graph.microsoft.com/.default");
        assertThat(form(entra.received().getLast()).get("scope"))
                .contains("https://contoso.crm4.dynamics.com/.default");
    }

    @Test
    void remembersTokensOfEachPlatformAndRefreshesThemAhead() {
        entra.answer(token("g1"), token("d1"), token("g2"));
        tokens.current(GRAPH);
        tokens.current(DYNAMICS);

        assertThat(tokens.current(GRAPH).value()).isEqualTo("g1");
        now = now.plus(Duration.ofMinutes(56));
        assertThat(tokens.current(GRAPH).value()).isEqualTo("g2");
        assertThat(entra.received()).hasSize(3);
        assertThat(secretsRead).as("one application for all").hasValue(1);
    }

    @Test
    void takesEntrasWishToRefreshSooner() {
        entra.answer(
                json(200, "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"refresh_in\":600,\"access_token\":\"g1\"}"),
                token("g2"));
        tokens.current(GRAPH);
        now = now.plus(Duration.ofMinutes(11));

        assertThat(tokens.current(GRAPH).value()).isEqualTo("g2");
    }

    @Test
    void getsAnotherForOneThatIsRefusedThoughItIsStillGood() {
        entra.answer(token("g1"), token("g2"));
        AccessToken first = tokens.current(GRAPH);

        assertThat(tokens.renewed(GRAPH, first).value()).isEqualTo("g2");
        assertThat(tokens.current(GRAPH).value()).isEqualTo("g2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | invalid_client | AADSTS7000215: Invalid client secret. | lockstep.entra.client-secret",
                "401 | invalid_client | AADSTS7000222: The provided client secret keys are expired. | expired",
                "400 | unauthorized_client | AADSTS700016: Application not found. | lockstep.entra.client-id",
                "400 | invalid_request | AADSTS90002: Tenant not found. | lockstep.entra.tenant-id",
                "400 | invalid_resource | AADSTS500011: The resource principal was not found. | graph.microsoft.com",
                "400 | invalid_scope | AADSTS70011: The scope is not valid. | graph.microsoft.com",
                "401 | invalid_client | no number | lockstep.entra.client-secret",
                "403 | something_else | | lockstep.entra.client-id"
            })
    void saysWhatAnAdministratorHasToMend(int status, String error, String description, String advice) {
        entra.otherwise(json(
                status,
                "{\"error\":\"" + error + "\",\"error_description\":\"" + description + " Trace ID: 1-2-3\","
                        + "\"error_codes\":[1],\"timestamp\":\"2026-11-22\"}"));

        assertThatExceptionOfType(PlatformException.PermissionMissing.class)
                .isThrownBy(() -> tokens.current(GRAPH))
                .withMessageContaining(advice)
                .matches(
                        e -> !e.getMessage().contains(SECRET) && !e.getMessage().contains("Trace"));
        assertThat(entra.received()).as("a wrong secret is not tried twice").hasSize(1);
    }

    @Test
    void readsTheSecretAgainAfterItWasRefused() {
        entra.answer(json(401, "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215\"}"), token("g1"));
        assertThatExceptionOfType(PlatformException.PermissionMissing.class).isThrownBy(() -> tokens.current(GRAPH));
        now = now.plus(TokenSlot.PAUSE_AFTER_REFUSAL);

        assertThat(tokens.current(GRAPH).value()).isEqualTo("g1");
        assertThat(secretsRead).hasValue(2);
    }

    @ParameterizedTest
    @CsvSource({"17, PT17S", "1.5, PT1.5S"})
    void passesOnHowLongEntraAsksToWait(String header, Duration wait) {
        entra.answer(json(429, "{\"error\":\"temporarily_unavailable\",\"error_description\":\"AADSTS90055\"}")
                .with("Retry-After", header));

        assertThatExceptionOfType(PlatformException.Throttled.class)
                .isThrownBy(() -> tokens.current(GRAPH))
                .matches(e -> e.retryAfter().equals(Optional.of(wait)));
    }

    @Test
    void everythingElseIsNoAnswer() {
        List<StubServer.Answer> answers = List.of(
                json(500, "{\"error\":\"server_error\",\"error_description\":\"AADSTS90033\"}"),
                html(502),
                html(200),
                empty(503),
                empty(200),
                json(200, "{\"token_type\":\"Bearer\""),
                json(200, "{}"),
                empty(302).with("Location", "https://elsewhere.example/"),
                lost());
        for (StubServer.Answer answer : answers) {
            entra.reset();
            entra.otherwise(answer);

            assertThatExceptionOfType(PlatformException.Unreachable.class)
                    .as("answer %d", answers.indexOf(answer))
                    .isThrownBy(() ->
                            tokens(GivenSettings.secret(entra.url(), SECRET)).current(GRAPH));
        }
    }

    @Test
    void waitsNoLongerThanItMay() {
        for (StubServer.Answer answer : List.of(entra.hang(), entra.hangInTheBody())) {
            entra.otherwise(answer);
            EntraTokens impatient = tokens(GivenSettings.of(
                    entra.url(), Map.of("lockstep.entra.client-secret", SECRET, "lockstep.entra.timeout", "700ms")));

            assertThatExceptionOfType(PlatformException.Unreachable.class)
                    .isThrownBy(() -> impatient.current(GRAPH))
                    .havingRootCause()
                    .isInstanceOf(HttpTimeoutException.class);
        }
    }

    @Test
    void aServerOfAnotherAuthorityIsNotTrusted() {
        LocalAuthority stranger = LocalAuthority.temporary();
        try (StubServer impostor = StubServer.https(stranger)) {
            impostor.otherwise(token("stolen"));

            assertThatExceptionOfType(PlatformException.Unreachable.class)
                    .isThrownBy(() ->
                            tokens(GivenSettings.secret(impostor.url(), SECRET)).current(GRAPH));
            assertThat(impostor.received()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"tenant-id", "client-id", "client-secret"})
    void saysWhichSettingIsMissingAndAsksNobody(String key) {
        EntraTokens incomplete = tokens(GivenSettings.of(entra.url(), without(key)));

        assertThatExceptionOfType(PlatformException.PermissionMissing.class)
                .isThrownBy(() -> incomplete.current(GRAPH))
                .withMessageContaining("lockstep.entra." + key);
        assertThat(entra.received()).isEmpty();
    }

    private static Map<String, String> without(String key) {
        Map<String, String> values = new HashMap<>(Map.of("lockstep.entra.client-secret", SECRET));
        values.put("lockstep.entra." + key, "");
        return values;
    }

    @Test
    void refusesAnAuthorityWithoutEncryption() {
        EntraTokens plain = tokens(GivenSettings.secret("http://localhost:1", SECRET));

        assertThatExceptionOfType(PlatformException.PermissionMissing.class)
                .isThrownBy(() -> plain.current(GRAPH))
                .withMessageContaining("lockstep.entra.authority");
    }

    @Test
    void signsInByCertificateWithoutSendingTheKey() throws Exception {
        LocalAuthority.Identity identity = LocalAuthority.selfSigned("lockstep", 2048);
        entra.answer(token("g1"));
        EntraTokens byCertificate = tokens(GivenSettings.of(
                entra.url(), Map.of("lockstep.entra.certificate", CertificateTextTest.pem(identity, "PRIVATE KEY"))));

        assertThat(byCertificate.current(GRAPH).value()).isEqualTo("g1");

        Map<String, String> form = form(entra.onlyOne());
        assertThat(form)
                .doesNotContainKey("client_secret")
                .containsEntry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        String[] assertion = form.get("client_assertion").split("\\.");
        boolean isPss =
                new String(Base64.getUrlDecoder().decode(assertion[0]), StandardCharsets.UTF_8).contains("PS256");
        Signature signature = isPss ? pss() : Signature.getInstance("SHA256withRSA");
        signature.initVerify(identity.certificate());
        signature.update((assertion[0] + "." + assertion[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(assertion[2])))
                .isTrue();
        assertThat(byCertificate.credentialExpiry())
                .contains(identity.certificate().getNotAfter().toInstant());
    }

    @Test
    void readsWhatAnAdministratorWantsToKnowFromTheToken() {
        String claims = """
                {"aud":"https://graph.microsoft.com","appid":"%s","tid":"%s","exp":1790000000,
                 "roles":["Presence.ReadWrite.All","Schedule.Read.All"],"xms":{"a":[1]},"nbf":1}""".formatted(GivenSettings.CLIENT, GivenSettings.TENANT);
        String jwt = base64("{\"alg\":\"none\"}") + "." + base64(claims) + ".c2ln";
        entra.answer(token(jwt), token("opaque"));

        TokenClaims read = tokens.current(GRAPH).claims().orElseThrow();
        assertThat(read.roles()).containsExactly("Presence.ReadWrite.All", "Schedule.Read.All");
        assertThat(read.tenantId()).contains(GivenSettings.TENANT);
        assertThat(read.expiresAt()).contains(Instant.ofEpochSecond(1790000000));
        assertThat(tokens.current(DYNAMICS).claims()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[]", "{\"roles\":[", "{\"exp\":\"soon\"}", "17", "{", "''"})
    void aTokenThatCannotBeReadSaysNothing(String claims) {
        assertThat(TokenClaims.of("e30." + base64(claims) + ".c2ln")).isEmpty();
        assertThat(TokenClaims.of("a.b")).isEmpty();
        assertThat(TokenClaims.of("a.%%%.c")).isEmpty();
    }

    private static Signature pss() throws Exception {
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(new java.security.spec.PSSParameterSpec(
                "SHA-256", "MGF1", java.security.spec.MGF1ParameterSpec.SHA256, 32, 1));
        return signature;
    }

    private EntraTokens tokens(EntraSettings settings) {
        return new EntraTokens(
                settings,
                reference -> {
                    secretsRead.incrementAndGet();
                    return reference;
                },
                () -> now,
                () -> http);
    }

    private static StubServer.Answer token(String value) {
        return json(200, "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"" + value + "\"}");
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> form(StubServer.Received request) {
        return Arrays.stream(request.body().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }
}
