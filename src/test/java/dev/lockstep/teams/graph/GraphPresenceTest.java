package dev.lockstep.teams.graph;

import static dev.lockstep.platform.StubServer.empty;
import static dev.lockstep.platform.StubServer.html;
import static dev.lockstep.platform.StubServer.json;
import static dev.lockstep.platform.StubServer.lost;
import static dev.lockstep.platform.StubServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.Defaults;
import dev.lockstep.concurrent.VirtualThreadRunner;
import dev.lockstep.local.server.LocalAuthority;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.StubServer;
import dev.lockstep.protocol.entra.AccessToken;
import dev.lockstep.protocol.entra.GivenSettings;
import dev.lockstep.protocol.entra.Tokens;
import dev.lockstep.store.InMemoryControl;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Microsoft's SDK against a server of our own, over HTTPS with a private authority. */
@Timeout(120)
class GraphPresenceTest {
    private static final String RITA = "33333333-0000-0000-0000-000000000003";
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static StubServer server;

    private final GivenTokens tokens = new GivenTokens();
    private GraphPresence graph;

    @BeforeAll
    static void start() {
        LocalAuthority authority = LocalAuthority.temporary();
        authority.trustInThisProcess();
        server = StubServer.https(authority);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void fresh() {
        server.reset();
        graph = presence(server.url() + "/v1.0", Duration.ofSeconds(20));
    }

    @Test
    void setsTheSessionOfOurApplication() throws Exception {
        server.answer(empty(200));

        graph.setSession("", RITA, "Busy", "InACall", Duration.ofMinutes(90));

        StubServer.Received request = server.onlyOne();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo("/v1.0/users/" + RITA + "/presence/setPresence");
        assertThat(request.header("Authorization")).contains("Bearer token-1");
        assertThat(JSON.readTree(request.body())).isEqualTo(JSON.readTree("""
                {"sessionId":"%s","availability":"Busy","activity":"InACall","expirationDuration":"PT1H30M"}""".formatted(GivenSettings.CLIENT)));
    }

    @Test
    void takesTheSessionBackAndThatThereIsNoneIsSuccess() throws Exception {
        server.answer(empty(200), json(404, "{\"error\":{\"code\":\"NotFound\",\"message\":\"x\"}}"), empty(404));

        graph.clearSession("", RITA);
        graph.clearSession("", RITA);
        graph.clearSession("", RITA);

        assertThat(server.received()).hasSize(3).allSatisfy(request -> {
            assertThat(request.target()).endsWith("/users/" + RITA + "/presence/clearPresence");
            assertThat(JSON.readTree(request.body()).path("sessionId").asText()).isEqualTo(GivenSettings.CLIENT);
        });
    }

    @Test
    void setsAndClearsThePreferredStatus() throws Exception {
        server.otherwise(empty(200));

        graph.setPreferred("", RITA, "DoNotDisturb", "DoNotDisturb", Duration.ofHours(8));
        graph.clearPreferred("", RITA);

        assertThat(server.received())
                .extracting(StubServer.Received::target)
                .containsExactly(
                        "/v1.0/users/" + RITA + "/presence/setUserPreferredPresence",
                        "/v1.0/users/" + RITA + "/presence/clearUserPreferredPresence");
        assertThat(JSON.readTree(server.received().getFirst().body())).isEqualTo(JSON.readTree("""
                {"availability":"DoNotDisturb","activity":"DoNotDisturb","expirationDuration":"PT8H"}"""));
    }

    @Test
    void readsAsTheDocumentationShowsAndAsItIsSeen() {
        String otto = "44444444-0000-0000-0000-00000000000A";
        String silent = "55555555-0000-0000-0000-000000000005";
        server.answer(json(200, """
                {"@odata.context":"x","value":[
                 {"id":"44444444-0000-0000-0000-00000000000a","availability":"busy","activity":"inAMeeting",
                  "sequenceNumber":"A0129311063","outOfOfficeSettings":{"isOutOfOffice":true,"message":"gone"},
                  "somethingNew":{"a":[1]}},
                 {"id":"%s","availability":"Available","activity":"AvailableInactive","outOfOfficeSettings":null},
                 {"id":"%s"},
                 {"availability":"Away"}]}""".formatted(RITA, silent)));

        Map<String, PresenceApi.Presence> read = graph.presences(List.of(RITA, otto, silent, "nobody"));

        assertThat(read)
                .containsOnly(
                        Map.entry(RITA, new PresenceApi.Presence("Available", "AvailableInactive", Optional.empty())),
                        Map.entry(otto, new PresenceApi.Presence("busy", "inAMeeting", Optional.of("A0129311063"))));
    }

    @Test
    void asksForAtMost650AtOnceAndForNobodyTwice() throws Exception {
        List<String> ids = IntStream.range(0, 1500)
                .mapToObj("%08x-0000-0000-0000-000000000000"::formatted)
                .toList();
        server.otherwise(json(200, everybody(ids)));
        List<String> withRepeats =
                Stream.concat(ids.stream(), ids.stream().limit(10)).toList();

        assertThat(graph.presences(withRepeats)).containsOnlyKeys(ids);

        assertThat(server.received()).hasSize(3);
        List<Integer> sizes = new ArrayList<>();
        for (StubServer.Received request : server.received()) {
            sizes.add(JSON.readTree(request.body()).path("ids").size());
        }
        assertThat(sizes).containsExactlyInAnyOrder(650, 650, 200);
        server.reset();
        assertThat(graph.presences(List.of())).isEmpty();
        assertThat(server.received()).isEmpty();
    }

    @Test
    void anIdThatGraphCannotParseDoesNotSpoilTheOthers() {
        server.answer(
                json(400, "{\"error\":{\"code\":\"BadRequest\",\"message\":\"Invalid id\"}}"),
                json(200, "{\"value\":[{\"id\":\"" + RITA + "\",\"availability\":\"Away\",\"activity\":\"Away\"}]}"));

        assertThat(graph.presences(List.of(RITA, "rita@contoso.com"))).containsOnlyKeys(RITA);
    }

    @Test
    void anIdThatWeMayNotReadDoesNotBlindUsForTheOthers() {
        String guest = "00000000-0000-0000-0000-000000000009";
        StubServer.Answer forbidden = json(403, "{\"error\":{\"code\":\"Forbidden\",\"message\":\"No\"}}");
        StubServer.Answer rita =
                json(200, "{\"value\":[{\"id\":\"" + RITA + "\",\"availability\":\"Away\",\"activity\":\"Away\"}]}");
        server.answer(forbidden, rita, forbidden, rita, rita);

        assertThat(graph.presences(List.of(RITA, guest))).containsOnlyKeys(RITA);
        assertThat(graph.presences(List.of(RITA, guest))).containsOnlyKeys(RITA);
        assertThat(server.received()).hasSize(5);
    }

    @Test
    void whereNobodyMayBeReadTheRightIsMissing() {
        server.otherwise(json(403, "{\"error\":{\"code\":\"Forbidden\",\"message\":\"Missing role\"}}"));

        assertThatExceptionOfType(PlatformException.PermissionMissing.class)
                .isThrownBy(() -> graph.presences(List.of(RITA, "00000000-0000-0000-0000-000000000009")))
                .withMessageContaining("Presence.ReadWrite.All");
    }

    @Test
    void aRefusalOfWellFormedIdsIsOne() {
        server.otherwise(json(400, "{\"error\":{\"code\":\"BadRequest\",\"message\":\"Too many\"}}"));

        assertThatExceptionOfType(PlatformException.Rejected.class)
                .isThrownBy(() -> graph.presences(List.of(RITA)))
                .withMessageContaining("Too many");
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void aTokenThatIsRefusedIsRenewedOnce() throws Exception {
        server.answer(json(401, "{\"error\":{\"code\":\"InvalidAuthenticationToken\"}}"), empty(200));

        graph.setSession("", RITA, "Available", "Available", Duration.ofHours(1));

        assertThat(server.received())
                .extracting(request -> request.header("Authorization").orElse(""))
                .containsExactly("Bearer token-1", "Bearer token-2");
        assertThat(JSON.readTree(server.received().getLast().body())
                        .path("availability")
                        .asText())
                .as("the body is there the second time too")
                .isEqualTo("Available");
    }

    @Test
    void aFreshTokenThatIsRefusedMeansAMissingRight() {
        server.otherwise(empty(401).with("WWW-Authenticate", "Bearer error=\"insufficient_claims\", claims=\"e30=\""));

        assertThatExceptionOfType(PlatformException.PermissionMissing.class)
                .isThrownBy(() -> graph.clearPreferred("", RITA))
                .withMessageContaining("Presence.ReadWrite.All");
        assertThat(server.received()).hasSize(2);
    }

    @Test
    void saysWhichRightIsMissingAndInWhichRequest() {
        server.otherwise(json(403, "{\"error\":{\"code\":\"Forbidden\",\"message\":\"Missing role\"}}")
                .with("request-id", "6ad0-77"));

        assertThatExceptionOfType(PlatformException.PermissionMissing.class)
                .isThrownBy(() -> graph.setSession("", RITA, "Away", "Away", Duration.ofHours(1)))
                .withMessage("Teams refuses (403 Forbidden, request 6ad0-77):"
                        + " grant the application Presence.ReadWrite.All with an administrator's consent");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"7 | PT7S", "2.5 | PT2.5S", "0, 11 | PT11S", "Sun, 22 Nov 2026 10:00:30 GMT | PT30S"})
    void waitsAsLongAsGraphAsksAndDoesNotTryByItself(String header, Duration wait) {
        server.otherwise(json(429, "{\"error\":{\"code\":\"TooManyRequests\"}}").with("Retry-After", header));

        assertThatExceptionOfType(PlatformException.Throttled.class)
                .isThrownBy(() -> graph.clearPreferred("", RITA))
                .matches(e -> e.retryAfter().equals(Optional.of(wait)));
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void knowsAThrottleByItsStatusWhateverItsBody() {
        server.answer(html(429), empty(429));

        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(PlatformException.Throttled.class)
                    .isThrownBy(() -> graph.presences(List.of(RITA)))
                    .matches(e -> e.retryAfter().isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 409, 413, 422})
    void whatGraphUnderstandsAndRefusesIsRejected(int status) {
        server.answer(
                json(status, "{\"error\":{\"code\":\"InvalidRequest\",\"message\":\"No \\n such pair\"}}"),
                empty(status),
                text(status, "application/json", "{\"error\":null}"),
                text(status, "application/json", "{\"error\":{\"message\":"),
                html(status));

        for (int i = 0; i < 5; i++) {
            assertThatExceptionOfType(PlatformException.Rejected.class)
                    .isThrownBy(() -> graph.setPreferred("", RITA, "Busy", "InACall", Duration.ofHours(1)))
                    .withMessageContaining(String.valueOf(status));
        }
    }

    static List<StubServer.Answer> useless() {
        return List.of(
                json(500, "{\"error\":{\"code\":\"InternalServerError\",\"message\":\"x\"}}"),
                html(502),
                empty(503).with("Retry-After", "30"),
                empty(504),
                empty(408),
                html(200),
                empty(302).with("Location", "https://elsewhere.example/"),
                lost());
    }

    @ParameterizedTest
    @MethodSource("useless")
    void everythingElseIsNoAnswer(StubServer.Answer answer) {
        server.otherwise(answer);

        assertThatExceptionOfType(PlatformException.Unreachable.class)
                .isThrownBy(() -> graph.setSession("", RITA, "Away", "Away", Duration.ofHours(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"value\":[{\"id\":", "[1,2]", "{}", "{\"value\":null}", "no json"})
    void anAnswerThatCannotBeReadIsNone(String body) {
        server.otherwise(text(200, "application/json", body));

        assertThatExceptionOfType(PlatformException.Unreachable.class).isThrownBy(() -> graph.presences(List.of(RITA)));
    }

    @Test
    void waitsNoLongerThanItMay() {
        GraphPresence impatient = presence(server.url() + "/v1.0", Duration.ofMillis(700));
        server.answer(server.hang(), server.hang(), server.hangInTheBody());

        assertThatExceptionOfType(PlatformException.Unreachable.class)
                .isThrownBy(() -> impatient.clearSession("", RITA));
        assertThatExceptionOfType(PlatformException.Unreachable.class)
                .isThrownBy(() -> impatient.presences(List.of(RITA)));
        assertThatExceptionOfType(PlatformException.Unreachable.class)
                .isThrownBy(() -> impatient.presences(List.of(RITA)));
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() {
        assertThatExceptionOfType(PlatformException.Unreachable.class)
                .isThrownBy(() -> presence("https://localhost:1/v1.0", Duration.ofSeconds(20))
                        .clearPreferred("", RITA));
    }

    @Test
    void thatNoTokenCanBeHadIsToldAsItIs() {
        tokens.failure = new PlatformException.PermissionMissing("lockstep.entra.client-secret has expired");

        assertThatExceptionOfType(PlatformException.PermissionMissing.class)
                .isThrownBy(() -> graph.clearPreferred("", RITA))
                .withMessage("lockstep.entra.client-secret has expired");
        assertThat(server.received()).isEmpty();
    }

    @Test
    void aTokenFollowsNoRedirect() {
        try (StubServer elsewhere = StubServer.http()) {
            elsewhere.otherwise(empty(200));
            server.otherwise(empty(307).with("Location", elsewhere.url() + "/v1.0/x"));

            assertThatExceptionOfType(PlatformException.Unreachable.class)
                    .isThrownBy(() -> graph.clearPreferred("", RITA));
            assertThat(elsewhere.received()).isEmpty();
        }
    }

    @Test
    void speaksWithoutEncryptionOnlyWhereItIsToldTo() {
        try (StubServer plain = StubServer.http()) {
            plain.otherwise(empty(200));
            presence(plain.url() + "/v1.0/", Duration.ofSeconds(20)).clearPreferred("", RITA);

            assertThat(plain.onlyOne().header("Authorization")).contains("Bearer token-1");
            assertThat(plain.onlyOne().target()).startsWith("/v1.0/users/");
        }
    }

    private static String everybody(List<String> ids) {
        return ids.stream()
                .map(id -> "{\"id\":\"" + id + "\",\"availability\":\"Available\",\"activity\":\"Available\"}")
                .collect(Collectors.joining(",", "{\"value\":[", "]}"));
    }

    private GraphPresence presence(String url, Duration limit) {
        GraphSettings settings = Defaults.of(
                GraphSettings.class,
                Map.of(
                        "lockstep.graph.url", url,
                        "lockstep.graph.timeout", limit.toString(),
                        "lockstep.graph.read-timeout", limit.toString()));
        return new GraphPresence(
                settings,
                GraphApplications.one(settings, GivenSettings.secret("https://unused", "unused"), tokens, () -> NOW),
                () -> NOW,
                new VirtualThreadRunner(),
                new InMemoryControl(() -> NOW),
                ids -> {});
    }

    private static final class GivenTokens implements Tokens {
        private int count = 1;
        private PlatformException failure;

        @Override
        public AccessToken current(URI platform) {
            if (failure != null) {
                throw failure;
            }
            return new AccessToken("token-" + count, Instant.MAX, Instant.MAX);
        }

        @Override
        public AccessToken renewed(URI platform, AccessToken refused) {
            if (refused.value().equals("token-" + count)) {
                count++;
            }
            return current(platform);
        }
    }
}
