package dev.lockstep.local.teams.graph;

import static dev.lockstep.local.teams.graph.GraphWorld.APP;
import static dev.lockstep.local.teams.graph.GraphWorld.OMAR;
import static dev.lockstep.local.teams.graph.GraphWorld.RITA;
import static dev.lockstep.local.teams.graph.GraphWorld.SERVICE;
import static dev.lockstep.local.teams.graph.GraphWorld.START;
import static dev.lockstep.local.teams.graph.GraphWorld.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.local.entra.Application;
import dev.lockstep.local.server.Fault;
import dev.lockstep.local.server.Json;
import dev.lockstep.local.server.Reply;
import dev.lockstep.local.server.Request;
import dev.lockstep.local.server.ServerFaults;
import dev.lockstep.local.server.SimulatedServer;
import dev.lockstep.local.server.Vectors;
import dev.lockstep.local.teams.Decryptor;
import dev.lockstep.local.teams.graph.GraphWorld.Answer;
import dev.lockstep.local.teams.notifications.EncryptionKeyTest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphSubscriptionTest {
    private final GraphWorld world = new GraphWorld(
            GraphBehaviour.harsh().withLatency(Duration.ZERO, Duration.ZERO).withRetryAfter(Duration.ofMillis(50)));
    private final String service = world.delegated(SERVICE, "Presence.Read.All");
    private final SimulatedServer receiver =
            SimulatedServer.https(0, GraphWorld.AUTHORITY.serverContext(), new ServerFaults(new SplittableRandom(1)));
    private final List<Request> handshakes = new CopyOnWriteArrayList<>();
    private final BlockingQueue<JsonNode> notifications = new LinkedBlockingQueue<>();
    private final BlockingQueue<JsonNode> lifecycle = new LinkedBlockingQueue<>();

    @BeforeEach
    void listen() {
        receiver.on("POST", "/notify", request -> take(request, notifications))
                .on("POST", "/lifecycle", request -> take(request, lifecycle))
                .on("POST", "/wrong", request -> Reply.text(200, "text/plain", "something else"))
                .on(
                        "POST",
                        "/html",
                        request -> Reply.text(
                                200,
                                "text/html",
                                request.parameter("validationToken").orElse("")))
                .on(
                        "POST",
                        "/accepted",
                        request -> Reply.text(
                                202,
                                "text/plain",
                                request.parameter("validationToken").orElse("")))
                .start();
    }

    private Reply take(Request request, BlockingQueue<JsonNode> into) {
        if (request.parameter("validationToken").isPresent()) {
            handshakes.add(request);
            return Reply.text(
                    200, "text/plain", request.parameter("validationToken").get());
        }
        into.add(request.json());
        return Reply.empty(202);
    }

    @AfterEach
    void stop() {
        receiver.close();
        world.close();
    }

    @Test
    void answersWithTheSubscriptionAfterBothHandshakes() throws Exception {
        Answer answer = subscribe(service, wanted());

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.json().path("id").asText()).isNotEmpty();
        assertThat(answer.json().path("clientState").asText()).isEqualTo("s3cret");
        assertThat(answer.json().path("applicationId").asText()).isEqualTo(APP);
        assertThat(answer.json().path("creatorId").asText()).isEqualTo(SERVICE);
        assertThat(handshakes).extracting(Request::path).containsExactly("/notify", "/lifecycle");
        assertThat(handshakes.get(0).header("Content-Type")).hasValue("text/plain; charset=utf-8");
    }

    @Test
    void takesTheResourceAsMicrosoftWritesIt() throws Exception {
        JsonNode published = Vectors.json("graph/presence-notifications.json");
        for (String form : List.of("subscriptionSingle", "subscriptionMultiple")) {
            String resource = published.path(form).path("resource").asText();
            String ours = resource.replace(", '{id}',...", ",'" + OMAR + "'").replace("{id}", RITA);
            Answer made = subscribe(service, wanted().put("resource", ours));

            assertThat(made.status()).as(made.text()).isEqualTo(201);
            world.send(
                    service,
                    "DELETE",
                    "/subscriptions/" + made.json().path("id").asText(),
                    "");
        }
    }

    @Test
    void refusesApplicationTokensForPresence() throws Exception {
        Answer answer = subscribe(world.application("Presence.Read.All", "Presence.ReadWrite.All"), wanted());

        assertThat(answer.status()).isEqualTo(403);
        assertThat(subscribe(world.delegated(SERVICE, "Presence.Read"), wanted())
                        .status())
                .isEqualTo(403);
        assertThat(subscribe("", wanted()).status()).isEqualTo(401);
    }

    @Test
    void allowsOneForEachApplicationAndUser() throws Exception {
        assertThat(subscribe(service, wanted()).status()).isEqualTo(201);
        assertThat(subscribe(service, wanted().put("resource", "/communications/presences/" + OMAR))
                        .status())
                .isEqualTo(409);

        String second = world.delegated(UUID.randomUUID().toString(), "Presence.Read.All");
        assertThat(subscribe(second, wanted()).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "changeType | created,updated",
                "resource | /communications/presences/rita@contoso.com",
                "resource | /users/x/messages",
                "resource | /communications/presences/" + RITA + "?$select=availability",
                "resource | ''",
                "expirationDateTime | 2026-11-22T11:00:01Z",
                "expirationDateTime | 2026-11-22T09:59:00Z",
                "expirationDateTime | tomorrow",
                "notificationUrl | http://localhost:1/notify",
                "notificationUrl | not a url",
                "notificationUrl | https:relative",
                "encryptionCertificate | AAAA"
            })
    void refuses(String member, String value) throws Exception {
        assertThat(subscribe(service, wanted().put(member, value)).status()).isEqualTo(400);
    }

    @Test
    void refusesALongClientState() throws Exception {
        assertThat(subscribe(service, wanted().put("clientState", "x".repeat(129)))
                        .status())
                .isEqualTo(400);
        assertThat(subscribe(service, wanted().put("clientState", "x".repeat(128)))
                        .status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "changeType",
                "resource",
                "notificationUrl",
                "expirationDateTime",
                "encryptionCertificate",
                "encryptionCertificateId"
            })
    void refusesWithout(String member) throws Exception {
        assertThat(subscribe(service, wanted().remove(List.of(member))).status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/wrong", "/html", "/accepted", "/missing"})
    void refusesAReceiverThatFailsTheHandshake(String path) throws Exception {
        assertThat(subscribe(service, wanted().put("notificationUrl", receiver.url() + path))
                        .status())
                .isEqualTo(400);
        assertThat(subscribe(service, wanted().put("lifecycleNotificationUrl", receiver.url() + path))
                        .status())
                .isEqualTo(400);
        assertThat(world.get(service, "/subscriptions").json().path("value")).isEmpty();
    }

    @Test
    void watches650UsersAtMost() throws Exception {
        assertThat(subscribe(service, wanted().put("resource", filter(651))).status())
                .isEqualTo(400);
        assertThat(subscribe(service, wanted().put("resource", filter(650))).status())
                .isEqualTo(201);
    }

    @Test
    void raisesAShortLifeTo45Minutes() throws Exception {
        Answer answer = subscribe(service, wanted().put("expirationDateTime", "2026-11-22T10:05:00.0000000Z"));

        assertThat(Instant.parse(answer.json().path("expirationDateTime").asText()))
                .isEqualTo(START.plus(Duration.ofMinutes(45)));
    }

    @Test
    void notifiesEncryptedAndWithAToken() throws Exception {
        JsonNode made = subscribe(service, wanted()).json();
        world.model.signInClient(RITA);

        JsonNode body = next(notifications);
        JsonNode item = body.path("value").path(0);
        JsonNode published = Vectors.json("graph/presence-notifications.json").path("notificationRich");
        assertThat(names(item)).isEqualTo(names(published.path("value").path(0)));
        assertThat(item.path("subscriptionId")).isEqualTo(made.path("id"));
        assertThat(item.path("clientState").asText()).isEqualTo("s3cret");
        assertThat(item.path("tenantId").asText()).isEqualTo(TENANT);
        assertThat(item.path("resource").asText()).isEqualTo("communications/presences/" + RITA);
        assertThat(names(item.path("resourceData"))).containsExactlyInAnyOrder("@odata.id", "@odata.type", "id");
        String text = Decryptor.decrypt(item.path("encryptedContent"), EncryptionKeyTest.publishedKey());
        assertThat(names(Json.read(text)))
                .isEqualTo(
                        names(Vectors.json("graph/presence-notifications.json").path("decryptedResource")));
        assertThat(Json.read(text).path("availability").asText()).isEqualTo("Available");
        assertThat(body.path("validationTokens")).hasSize(1);
    }

    @Test
    void sendsNoTokensToAnApplicationThatIsNotSetUpForThem() throws Exception {
        world.directory.register(Application.of(APP).withoutValidationTokens());
        subscribe(service, wanted());
        world.model.signInClient(RITA);

        assertThat(next(notifications).path("validationTokens").isNull()).isTrue();
    }

    @Test
    void echoesOurOwnWritesAndLeavesOthersAlone() throws Exception {
        subscribe(service, wanted().put("resource", "/communications/presences/" + RITA));
        String writer = world.application("Presence.ReadWrite.All");
        String away = "{\"sessionId\":\"" + APP + "\",\"availability\":\"Away\",\"activity\":\"Away\"}";
        world.post(writer, "/users/" + OMAR + "/presence/setPresence", away);
        world.post(writer, "/users/" + RITA + "/presence/setPresence", away);

        assertThat(next(notifications).at("/value/0/resourceData/id").asText()).isEqualTo(RITA);
        assertThat(notifications.poll(200, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void putsSeveralItemsIntoOneRequest() throws Exception {
        subscribe(service, wanted());
        world.model.signInClient(RITA);
        world.model.startCall(RITA);
        world.model.signInClient(OMAR);

        int items = 0;
        int requests = 0;
        while (items < 3) {
            items += next(notifications).path("value").size();
            requests++;
        }
        assertThat(items).isEqualTo(3);
        assertThat(requests).isLessThanOrEqualTo(3);
    }

    @Test
    void sendsDuplicatesWhenTold() throws Exception {
        subscribe(service, wanted());
        world.graph.faults().add(Fault.of("NOTIFY /notify", Fault.Kind.DUPLICATE));
        world.model.signInClient(RITA);

        int items = next(notifications).path("value").size();
        assertThat(items == 2 ? 2 : items + next(notifications).path("value").size())
                .isEqualTo(2);
    }

    @Test
    void triesAgainWhenANotificationIsNotTaken() throws Exception {
        subscribe(service, wanted());
        receiver.faults().add(Fault.of("POST /notify", Fault.Kind.SERVER_ERROR).times(2));
        world.model.signInClient(RITA);

        assertThat(next(notifications).path("value")).hasSize(1);
        assertThat(receiver.faults().struck()).isEqualTo(2);
    }

    @Test
    void vanishesSilentlyWhenItExpires() throws Exception {
        String id = subscribe(service, wanted()).json().path("id").asText();
        world.clock.advance(Duration.ofMinutes(50));
        world.model.signInClient(RITA);

        assertThat(notifications.poll(300, TimeUnit.MILLISECONDS)).isNull();
        assertThat(world.get(service, "/subscriptions/" + id).status()).isEqualTo(404);
        assertThat(subscribe(service, wanted().put("expirationDateTime", "2026-11-22T11:40:00Z"))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void renewsAndReauthorizesButNotBothAtOnce() throws Exception {
        String path = "/subscriptions/"
                + subscribe(service, wanted()).json().path("id").asText();
        assertThat(world.post(service, path + "/reauthorize", "").status()).isEqualTo(204);
        String longer = "{\"expirationDateTime\":\"2026-11-22T10:59:00Z\"}";
        assertThat(world.send(service, "PATCH", path, longer).status()).isEqualTo(400);

        world.clock.advance(Duration.ofMinutes(10));
        Answer renewed = world.send(service, "PATCH", path, longer);
        assertThat(renewed.status()).isEqualTo(200);
        assertThat(renewed.json().path("expirationDateTime").asText()).isEqualTo("2026-11-22T10:59:00Z");
        assertThat(renewed.json().path("clientState").isNull()).isTrue();
        assertThat(world.post(service, path + "/reauthorize", "").status()).isEqualTo(400);
    }

    @Test
    void neitherMovesItsResourceNorBelongsToAnybodyElse() throws Exception {
        String path = "/subscriptions/"
                + subscribe(service, wanted()).json().path("id").asText();
        String moved = "{\"resource\":\"/communications/presences/" + OMAR + "\"}";
        String other = world.delegated(OMAR, "Presence.Read.All");

        assertThat(world.send(service, "PATCH", path, moved).status()).isEqualTo(400);
        assertThat(world.send(service, "PATCH", path, "{\"lifecycleNotificationUrl\":\"https://x\"}")
                        .status())
                .isEqualTo(400);
        assertThat(world.get(other, path).status()).isEqualTo(404);
        assertThat(world.send(other, "DELETE", path, "").status()).isEqualTo(404);
        assertThat(world.send(service, "DELETE", path, "").status()).isEqualTo(204);
        assertThat(world.get(service, path).status()).isEqualTo(404);
    }

    @Test
    void asksForReauthorizationAndPausesWhileTheTokenHasLapsed() throws Exception {
        world.tokens.lifetime(Duration.ofMinutes(30));
        String short30 = world.delegated(SERVICE, "Presence.Read.All");
        String id = subscribe(short30, wanted()).json().path("id").asText();
        world.clock.advance(Duration.ofMinutes(20));
        world.graph.tick();

        JsonNode event = next(lifecycle).path("value").path(0);
        JsonNode published = Vectors.json("graph/lifecycle-notifications.json")
                .path("reauthorizationRequired")
                .path("value")
                .path(0);
        assertThat(names(event)).isEqualTo(names(published));
        assertThat(event.path("lifecycleEvent").asText()).isEqualTo("reauthorizationRequired");
        assertThat(event.path("subscriptionId").asText()).isEqualTo(id);

        world.clock.advance(Duration.ofMinutes(10));
        world.model.signInClient(RITA);
        assertThat(notifications.poll(300, TimeUnit.MILLISECONDS)).isNull();

        String fresh = world.delegated(SERVICE, "Presence.Read.All");
        assertThat(world.post(fresh, "/subscriptions/" + id + "/reauthorize", "")
                        .status())
                .isEqualTo(204);
        world.model.startCall(RITA);
        assertThat(next(notifications).path("value")).hasSize(1);
    }

    @Test
    void canBeChallengedByHand() throws Exception {
        String id = subscribe(service, wanted()).json().path("id").asText();

        assertThat(world.post("", "/_subscriptions/" + id + "/challenge", "").status())
                .isEqualTo(202);
        assertThat(next(lifecycle).at("/value/0/subscriptionId").asText()).isEqualTo(id);
        assertThat(world.get("", "/_subscriptions").json()).hasSize(1);
    }

    @Test
    void watchesShiftsWithAnApplicationToken() throws Exception {
        String reader = world.application("Schedule.Read.All");
        ObjectNode wanted = Json.object()
                .put("changeType", "created,deleted")
                .put("resource", "/teams/t-1/schedule/shifts")
                .put("notificationUrl", receiver.url() + "/notify")
                .put("expirationDateTime", "2026-11-22T15:00:00Z");
        assertThat(subscribe(reader, wanted).status()).isEqualTo(400);
        wanted.put("lifecycleNotificationUrl", receiver.url() + "/lifecycle");
        assertThat(subscribe(reader, wanted).status()).isEqualTo(201);
        assertThat(subscribe(reader, wanted).status()).isEqualTo(409);
        assertThat(subscribe(world.application(), wanted).status()).isEqualTo(403);

        String shift = world.graph.schedules().addShift("t-1", RITA, START, START.plusSeconds(60));
        JsonNode item = next(notifications).path("value").path(0);
        assertThat(item.path("changeType").asText()).isEqualTo("created");
        assertThat(item.at("/resourceData/id").asText()).isEqualTo(shift);
        assertThat(item.has("encryptedContent")).isFalse();
    }

    @Test
    void throttlesTheListAt25In20Seconds() throws Exception {
        for (int i = 0; i < 25; i++) {
            assertThat(world.get(service, "/subscriptions").status()).isEqualTo(200);
        }
        assertThat(world.get(service, "/subscriptions").status()).isEqualTo(429);
    }

    private ObjectNode wanted() {
        return Json.object()
                .put("changeType", "updated")
                .put("resource", "/communications/presences?$filter=id in ('" + RITA + "','" + OMAR + "')")
                .put("notificationUrl", receiver.url() + "/notify")
                .put("lifecycleNotificationUrl", receiver.url() + "/lifecycle")
                .put("expirationDateTime", "2026-11-22T10:50:00Z")
                .put("clientState", "s3cret")
                .put("includeResourceData", true)
                .put("encryptionCertificate", EncryptionKeyTest.certificate())
                .put("encryptionCertificateId", "presence-2026-11");
    }

    private Answer subscribe(String token, JsonNode wanted) throws Exception {
        return world.post(token, "/subscriptions", wanted.toString());
    }

    private static String filter(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "'" + new UUID(7, i) + "'")
                .collect(Collectors.joining(",", "/communications/presences?$filter=id in (", ")"));
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new HashSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode next(BlockingQueue<JsonNode> from) throws InterruptedException {
        JsonNode found = from.poll(10, TimeUnit.SECONDS);
        assertThat(found).isNotNull();
        return found;
    }
}
