package dev.lockstep.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lockstep.configured.Connection;
import dev.lockstep.configured.Connections;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.DesiredPresence;
import dev.lockstep.platform.GivenWish;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Plan;
import dev.lockstep.platform.Platform;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.Standing;
import dev.lockstep.platform.Subject;
import dev.lockstep.presence.Decision;
import dev.lockstep.presence.Status;
import dev.lockstep.presence.Strictness;
import dev.lockstep.protocol.cloudevents.CloudEvent;
import dev.lockstep.protocol.cloudevents.StructuredMode;
import dev.lockstep.protocol.delivery.Delivery;
import dev.lockstep.protocol.delivery.DeliveryLog;
import dev.lockstep.protocol.delivery.GivenDeliveryLog;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.signature.SigningKey;
import dev.lockstep.protocol.signature.StandardWebhooks;
import dev.lockstep.protocol.signature.StandardWebhooks.Verdict;
import dev.lockstep.store.InMemoryControl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationPlatformTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final String NEW_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OLD_SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final Subject RITA = new Subject("rita@contoso.com", "rita@contoso.com", "Rita Rep", "priority");
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final HttpClient client = WebhookDelivery.client(DEADLINE);
    private final StandardWebhooks signatures = new StandardWebhooks(InstantSource.fixed(NOW), Duration.ofMinutes(5));
    private final DeliveryLog log = GivenDeliveryLog.in(signatures.clock());
    private final List<HttpCall> received = new CopyOnWriteArrayList<>();
    private final Map<String, String> answerHeaders = new HashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private HttpServer application;
    private int answer = 204;
    private boolean hangs;
    private boolean trickles;

    @BeforeEach
    void start() throws IOException {
        application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        application.createContext("/hook", this::receive);
        application.start();
    }

    @AfterEach
    void stop() {
        stopped.countDown();
        application.stop(0);
        client.close();
    }

    private void receive(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
        Body body = Body.of(exchange.getRequestBody().readAllBytes());
        received.add(HttpCall.of(exchange.getRequestMethod(), "/hook", "", headers, body, NOW));
        try {
            if (hangs) {
                stopped.await();
            }
            answerHeaders.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer, trickles ? 0 : -1);
            if (trickles) {
                exchange.getResponseBody().write('.');
                exchange.getResponseBody().flush();
                stopped.await();
            }
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException(e));
        } finally {
            exchange.close();
        }
    }

    private URI url() {
        return URI.create("http://localhost:" + application.getAddress().getPort() + "/hook");
    }

    private Connection connection(List<String> secrets, List<String> teams) {
        return new Connection("crm", "webhook", List.of(), secrets, Optional.of(url()), teams);
    }

    private ApplicationSubscription subscription(Connection connection) {
        return new ApplicationSubscription(connection, new InMemoryControl(signatures.clock()), signatures.clock());
    }

    private ApplicationPlatform platform(Connection connection, Duration deadline) {
        return new ApplicationPlatform(
                connection,
                reference -> reference,
                signatures,
                new WebhookDelivery(client, deadline, true, signatures.clock()),
                subscription(connection),
                log);
    }

    @Test
    @DisplayName("a name that leads to the machine itself is not called, whatever it led to when it was configured")
    void privateNetworks() {
        ApplicationPlatform careful = new ApplicationPlatform(
                connection(List.of(NEW_SECRET), List.of()),
                reference -> reference,
                signatures,
                new WebhookDelivery(client, DEADLINE, false, signatures.clock()),
                subscription(connection(List.of(NEW_SECRET), List.of())),
                log);

        assertThatThrownBy(() -> careful.perform(told(Status.AVAILABLE), RITA, Standing.NEW))
                .isInstanceOf(PlatformException.Rejected.class)
                .hasMessageContaining("lockstep.config.private-networks");
        assertThat(received).isEmpty();
    }

    private ApplicationPlatform platform() {
        return platform(connection(List.of(NEW_SECRET), List.of()), DEADLINE);
    }

    private static LedgerEntry told(Status status) {
        return new LedgerEntry("told", status.label(), NOW, Optional.empty(), LedgerEntry.Outcome.INTENDED);
    }

    private static DesiredPresence wish(Optional<Status> status) {
        Decision decision = new Decision(status, status, Optional.empty(), List.of(), Optional.empty());
        return GivenWish.of(decision, true, new Mapping(Strictness.USUAL, Map.of()));
    }

    private Plan plan(Status wanted, Standing standing, Instant now) {
        return platform().plan(wish(Optional.of(wanted)), standing, now);
    }

    private static Standing standing(LedgerEntry entry, LedgerEntry.Outcome outcome) {
        return Standing.NEW.intending(entry).settling(entry, outcome);
    }

    @Test
    void tellsByASignedCloudEvent() throws IOException {
        platform().perform(told(Status.ON_A_CALL), RITA, Standing.NEW);
        HttpCall call = received.getFirst();
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.header("content-type")).contains("application/cloudevents+json");
        assertThat(signatures.verify(call.headers(), call.body(), List.of(SigningKey.of(NEW_SECRET))))
                .isEqualTo(Verdict.GENUINE);
        CloudEvent event = StructuredMode.read(call.body());
        assertThat(event.type()).isEqualTo("dev.lockstep.presence.changed.v1");
        assertThat(event.subject()).contains("rita@contoso.com");
        assertThat(event.time()).contains(NOW);
        assertThat(call.header("webhook-id")).contains(event.id());
        JsonNode expected = new JsonMapper()
                .readTree("{\"agentId\":\"rita@contoso.com\",\"name\":\"Rita Rep\",\"team\":\"priority\","
                        + "\"status\":\"onACall\"}");
        assertThat(event.data()).isEqualTo(expected);
    }

    @Test
    void whatCameOfEachMessageIsNoted() {
        Connection crm = connection(List.of(NEW_SECRET), List.of());
        platform().perform(told(Status.ON_A_CALL), RITA, Standing.NEW);
        answer = 503;
        assertThatThrownBy(() -> platform().perform(told(Status.BUSY), RITA, Standing.NEW))
                .isInstanceOf(PlatformException.class);
        assertThatThrownBy(() -> platform(connection(List.of(), List.of()), DEADLINE)
                        .perform(told(Status.BUSY), RITA, Standing.NEW))
                .isInstanceOf(PlatformException.class);

        List<Delivery> noted = log.of(crm, Instant.EPOCH, 10).reversed();

        assertThat(noted)
                .extracting(Delivery::verdict)
                .containsExactlyInAnyOrder(
                        Delivery.Verdict.DELIVERED, Delivery.Verdict.FAILED, Delivery.Verdict.FAILED);
        assertThat(noted)
                .extracting(Delivery::status)
                .containsExactlyInAnyOrder(Optional.of(204), Optional.of(503), Optional.empty());
        assertThat(noted)
                .filteredOn(one -> one.status().equals(Optional.of(204)))
                .first()
                .returns(received.getFirst().header("webhook-id").orElseThrow(), Delivery::id)
                .returns(List.of("onACall"), Delivery::understood)
                .returns(List.of("rita@contoso.com"), Delivery::agents)
                .returns("", Delivery::why);
        assertThat(noted).extracting(Delivery::why).contains("the application answered 503");
    }

    @Test
    void bothSecretsSignWhileTheyAreExchanged() {
        platform(connection(List.of(NEW_SECRET, OLD_SECRET), List.of()), DEADLINE)
                .perform(told(Status.BUSY), RITA, Standing.NEW);
        HttpCall call = received.getFirst();
        for (String secret : List.of(NEW_SECRET, OLD_SECRET)) {
            assertThat(signatures.verify(call.headers(), call.body(), List.of(SigningKey.of(secret))))
                    .isEqualTo(Verdict.GENUINE);
        }
    }

    @Test
    void aRepetitionIsTheSameEventAndAnotherChangeIsNot() {
        platform().perform(told(Status.BUSY), RITA, Standing.NEW);
        platform().perform(told(Status.BUSY), RITA, Standing.NEW);
        Subject other = new Subject("bob", "bob", "Bob", "");
        platform().perform(told(Status.BUSY), other, Standing.NEW);
        platform()
                .perform(
                        new LedgerEntry(
                                "told", "busy", NOW.plusMillis(1), Optional.empty(), LedgerEntry.Outcome.INTENDED),
                        RITA,
                        Standing.NEW);
        assertThat(received).hasSize(4);
        assertThat(received.get(1).body()).isEqualTo(received.get(0).body());
        assertThat(received.stream().map(call -> call.header("webhook-id")).distinct())
                .hasSize(3);
        assertThat(StructuredMode.read(received.get(2).body())
                        .data()
                        .path("team")
                        .isNull())
                .isTrue();
    }

    @Test
    void planTellsWhatIsNewAndNothingTwice() {
        assertThat(plan(Status.BUSY, Standing.NEW, NOW).steps()).containsExactly(told(Status.BUSY));
        Standing told = standing(told(Status.BUSY), LedgerEntry.Outcome.DONE);
        Plan again = plan(Status.BUSY, told, NOW.plusSeconds(9));
        assertThat(again.isEmpty()).isTrue();
        assertThat(again.condition()).isEqualTo(Condition.IN_SYNC);
        assertThat(plan(Status.AWAY, told, NOW.plusSeconds(9)).steps())
                .containsExactly(new LedgerEntry(
                        "told", "away", NOW.plusSeconds(9), Optional.empty(), LedgerEntry.Outcome.INTENDED));
    }

    @Test
    void whoSignsOutIsOfflineToWhoWasToldOfThem() {
        DesiredPresence none = wish(Optional.empty());
        assertThat(platform().plan(none, Standing.NEW, NOW).isEmpty()).isTrue();
        Standing told = standing(told(Status.BUSY), LedgerEntry.Outcome.DONE);
        Plan plan = platform().plan(none, told, NOW);
        assertThat(plan.steps()).extracting(LedgerEntry::value).containsExactly("offline");
        Standing toldOffline = standing(plan.steps().getFirst(), LedgerEntry.Outcome.DONE);
        assertThat(platform().plan(none, toldOffline, NOW).isEmpty()).isTrue();
    }

    /** After a crash or a lost answer it is told again, under the same id: the application may have had it. */
    @ParameterizedTest
    @EnumSource(
            value = LedgerEntry.Outcome.class,
            names = {"INTENDED", "UNKNOWN"})
    void whatMayHaveArrivedIsToldAgainAsTheSameEvent(LedgerEntry.Outcome outcome) {
        Standing unsure = standing(told(Status.BUSY), outcome);
        assertThat(plan(Status.BUSY, unsure, NOW.plusSeconds(60)).steps()).containsExactly(told(Status.BUSY));
        assertThat(plan(Status.AVAILABLE, unsure, NOW.plusSeconds(60)).steps())
                .extracting(LedgerEntry::value)
                .containsExactly("available");
    }

    @Test
    void whatWasRefusedIsToldAsANewEvent() {
        Standing refused = standing(told(Status.BUSY), LedgerEntry.Outcome.REFUSED);
        assertThat(plan(Status.BUSY, refused, NOW.plusSeconds(60)).steps())
                .extracting(LedgerEntry::at)
                .containsExactly(NOW.plusSeconds(60));
    }

    @Test
    void otherTeamsAreNoneOfItsBusiness() {
        ApplicationPlatform platform =
                platform(connection(List.of(NEW_SECRET), List.of("priority", "night")), DEADLINE);
        Subject stranger = new Subject("bob", "bob", "Bob", "sales");
        Subject teamless = new Subject("eve", "eve", "Eve", "");
        assertThat(platform.concerns(RITA)).isTrue();
        assertThat(platform.concerns(stranger)).isFalse();
        assertThat(platform.concerns(teamless)).isFalse();
        assertThat(platform().concerns(teamless)).isTrue();
        platform.perform(told(Status.BUSY), stranger, Standing.NEW);
        assertThat(received).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void every2xxIsSuccess(int status) {
        answer = status;
        platform().perform(told(Status.BUSY), RITA, Standing.NEW);
        assertThat(received).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "301,Rejected",
        "302,Rejected",
        "307,Rejected",
        "400,Rejected",
        "404,Rejected",
        "415,Rejected",
        "401,PermissionMissing",
        "403,PermissionMissing",
        "410,PermissionMissing",
        "408,Unreachable",
        "425,Unreachable",
        "429,Throttled",
        "500,Unreachable",
        "502,Unreachable",
        "503,Unreachable",
        "504,Unreachable"
    })
    void everyOtherAnswerSaysWhatToDo(int status, String exception) {
        answer = status;
        answerHeaders.put("Location", url().toString());
        assertThatThrownBy(() -> platform().perform(told(Status.BUSY), RITA, Standing.NEW))
                .isInstanceOf(PlatformException.class)
                .satisfies(
                        thrown -> assertThat(thrown.getClass().getSimpleName()).isEqualTo(exception));
        assertThat(received).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "429|7|PT7S",
                "502|7|PT7S",
                "503|7|PT7S",
                "504|7|PT7S",
                "503|Sun, 22 Nov 2026 12:00:30 GMT|PT30S",
                "429|2.5|PT2.5S",
                "503|999999999|PT1H"
            })
    void waitsAsLongAsItIsAsked(int status, String retryAfter, Duration expected) {
        answer = status;
        answerHeaders.put("Retry-After", retryAfter);
        assertThatThrownBy(() -> platform().perform(told(Status.BUSY), RITA, Standing.NEW))
                .isInstanceOfSatisfying(
                        PlatformException.Throttled.class,
                        throttled -> assertThat(throttled.retryAfter()).contains(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "0", "Sun, 22 Nov 2026 11:00:00 GMT"})
    void aWaitThatCannotBeReadOrIsOverIsNone(String retryAfter) {
        answer = 429;
        answerHeaders.put("Retry-After", retryAfter);
        assertThatThrownBy(() -> platform().perform(told(Status.BUSY), RITA, Standing.NEW))
                .isInstanceOfSatisfying(
                        PlatformException.Throttled.class,
                        throttled -> assertThat(throttled.retryAfter()).isEmpty());
    }

    @Test
    void neitherSilenceNorAnEndlessAnswerHoldsUsForLong() {
        ApplicationPlatform platform = platform(connection(List.of(NEW_SECRET), List.of()), Duration.ofMillis(400));
        hangs = true;
        assertThatThrownBy(() -> platform.perform(told(Status.BUSY), RITA, Standing.NEW))
                .isInstanceOf(PlatformException.Unreachable.class);
        hangs = false;
        trickles = true;
        answer = 200;
        assertThatThrownBy(() -> platform.perform(told(Status.BUSY), RITA, Standing.NEW))
                .isInstanceOf(PlatformException.Unreachable.class);
    }

    @Test
    void whoIsNotThereIsUnreachable() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Connection gone = new Connection(
                "crm",
                "webhook",
                List.of(),
                List.of(NEW_SECRET),
                Optional.of(URI.create("http://localhost:" + port)),
                List.of());
        assertThatThrownBy(() -> platform(gone, DEADLINE).perform(told(Status.BUSY), RITA, Standing.NEW))
                .isInstanceOf(PlatformException.Unreachable.class);
    }

    @Test
    void withoutAUsableSecretNothingIsSentAndNoSecretIsShown() {
        for (List<String> secrets : List.of(List.<String>of(), List.of("whsec_"), List.of("no base64!"))) {
            assertThatThrownBy(() -> platform(connection(secrets, List.of()), DEADLINE)
                            .perform(told(Status.BUSY), RITA, Standing.NEW))
                    .isInstanceOf(PlatformException.PermissionMissing.class)
                    .hasMessageNotContaining("no base64!");
        }
        assertThat(received).isEmpty();
    }

    @Test
    void aConnectionWithoutAUrlIsNoApplication() {
        Connection connection =
                new Connection("crm", "webhook", List.of(), List.of(NEW_SECRET), Optional.empty(), List.of());
        assertThatThrownBy(() -> platform(connection, DEADLINE)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyConfiguredApplicationIsAPlatform() {
        Connection phone = new Connection("desk", "yealink", List.of(), List.of(), Optional.of(url()), List.of());
        Connection unfinished =
                new Connection("erp", "webhook", List.of(), List.of(NEW_SECRET), Optional.empty(), List.of());
        List<Connection> all = List.of(connection(List.of(NEW_SECRET), List.of()), phone, unfinished);
        Connections connections = new Connections() {
            @Override
            public Optional<Connection> named(String name) {
                return Optional.empty();
            }

            @Override
            public List<Connection> all() {
                return all;
            }
        };
        Applications applications = new Applications(
                connections,
                reference -> reference,
                signatures,
                new WebhookDelivery(client, DEADLINE, true, signatures.clock()),
                new InMemoryControl(signatures.clock()),
                log);
        assertThat(applications.platforms()).extracting(Platform::name).containsExactly("application:crm");
    }
}
