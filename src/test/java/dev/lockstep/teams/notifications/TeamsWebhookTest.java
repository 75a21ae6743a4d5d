package dev.lockstep.teams.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.concurrent.ParallelRunner;
import dev.lockstep.concurrent.VirtualThreadRunner;
import dev.lockstep.intake.ForwardingIntake;
import dev.lockstep.intake.Trigger;
import dev.lockstep.local.server.Json;
import dev.lockstep.local.server.Vectors;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.protocol.entra.GivenSettings;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.EdgeInMemory;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.store.InMemoryControl;
import dev.lockstep.store.InMemoryIdentities;
import dev.lockstep.store.StoreUnavailable;
import dev.lockstep.teams.GivenTeams;
import dev.lockstep.teams.SessionSlots;
import dev.lockstep.teams.TeamsPlatform;
import dev.lockstep.teams.TeamsPresence;
import dev.lockstep.teams.graph.PresenceApi;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Graph's notifications: what is genuine reaches the agent, what is not changes nothing. */
@Timeout(60)
class TeamsWebhookTest {
    private static final String RITA = "33333333-0000-0000-0000-000000000003";
    private static final String CERTIFICATE = GivenNotifications.CERTIFICATE;
    private static final String STATE = GivenNotifications.STATE;
    private static final String REQUEST = "JKJaXmPLvHcESHA=";
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final SignedTokens SIGNED = new SignedTokens();
    private static final ParallelRunner THREADS = new VirtualThreadRunner();

    private final InMemoryIdentities identities = new InMemoryIdentities();
    private final InMemoryControl control = new InMemoryControl(() -> NOW);
    private final ConcurrentMap<String, List<Evidence>> taken = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, List<Evidence>> left = new ConcurrentHashMap<>();
    private final ForwardingIntake intake = new ForwardingIntake(this::take, this::leave);
    private boolean storeDown;
    private String faulty = "";
    private RuntimeException fault = new IllegalStateException("an item that is none");
    private final Api api = new Api();
    private final EdgeInMemory edge = new EdgeInMemory();
    private TeamsWebhook change;

    @BeforeEach
    void set() {
        identities.put(Map.of("teams#" + RITA, "rita"));
        change = change(GivenNotifications.with(
                "notification-keys", "other=arn:no-key," + CERTIFICATE + "=" + NotificationVectors.pem()));
    }

    @AfterEach
    void allEvidenceTellsWhatBroughtIt() {
        assertThat(intake.triggers).allMatch(new Trigger("teams-change", REQUEST)::equals);
    }

    private void take(String agentId, List<Evidence> evidence) {
        if (agentId.equals(faulty)) {
            throw fault;
        }
        if (storeDown) {
            throw new StoreUnavailable("down", null);
        }
        taken.put(agentId, evidence);
    }

    private void leave(String agentId, List<Evidence> evidence) {
        if (agentId.equals(faulty)) {
            throw fault;
        }
        left.put(agentId, evidence);
    }

    private TeamsWebhook change(NotificationSettings settings) {
        ValidationTokens tokens =
                new ValidationTokens(GivenSettings.secret("https://login.microsoftonline.com", "x"), SIGNED::key);
        TeamsPlatform platform = new TeamsPlatform(api, SessionSlots.ONE, GivenTeams.RULES, () -> NOW);
        return new TeamsWebhook(settings, text -> text, tokens, platform, identities, control, intake, THREADS, edge);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/teams", "/teams/lifecycle"})
    void aHandshakeIsAnsweredWithTheTokenAndNothingElse(String path) {
        String token = "Validation: Testing client application reachability for subscription Request-Id: 7 a+b/c%2Bd=";
        String query = "validationToken=" + URLEncoder.encode(token, StandardCharsets.UTF_8);

        Handled handled = handle(call("POST", path, query, ""));

        assertThat(handled.answer().status()).isEqualTo(200);
        assertThat(handled.answer().contentType()).startsWith("text/plain");
        assertThat(handled.answer().body()).isEqualTo(token);
        assertThat(handled.answer().headers()).containsEntry("X-Content-Type-Options", "nosniff");
        assertThat(handled.refusals()).isEmpty();
    }

    @Test
    void aRichNotificationIsWhatThePersonShows() {
        Handled handled = post(rich(presence(RITA, "Busy", "InACall")));

        assertThat(handled.answer()).isEqualTo(HttpAnswer.text(202, ""));
        assertThat(handled.refusals()).isEmpty();
        assertThat(taken).containsOnlyKeys("rita");
        assertThat(taken.get("rita"))
                .containsExactly(seen(Map.of(TeamsPresence.AVAILABILITY, "Busy", TeamsPresence.ACTIVITY, "InACall")));
        assertThat(api.reads).isZero();
    }

    @Test
    void theSequenceNumberIsKeptWhereGraphGivesIt() {
        post(rich(presence(RITA, "Away", "Away").put("sequenceNumber", "A0001")));

        assertThat(taken.get("rita"))
                .containsExactly(seen(Map.of(
                        TeamsPresence.AVAILABILITY,
                        "Away",
                        TeamsPresence.ACTIVITY,
                        "Away",
                        TeamsPresence.SEQUENCE,
                        "A0001")));
    }

    @Test
    void aCertificateWithoutAGivenNameIsKnownByItsThumbprint() {
        String thumbprint = Vectors.json("graph/rich-notification-encrypted.json")
                .path("encryptedContent")
                .path("encryptionCertificateThumbprint")
                .asText();
        ObjectNode body = rich(presence(RITA, "Busy", "Busy"));
        ((ObjectNode) body.path("value").path(0).path("encryptedContent")).put("encryptionCertificateId", thumbprint);
        change = change(GivenNotifications.with("notification-keys", NotificationVectors.pem()));

        assertThat(post(body).refusals()).isEmpty();
        assertThat(taken).containsOnlyKeys("rita");
    }

    @Test
    void aBasicNotificationMakesUsLook() {
        api.shows.put(RITA, new PresenceApi.Presence("Busy", "InAMeeting", Optional.of("7")));

        Handled handled = post(basic(RITA));

        assertThat(handled.answer().status()).isEqualTo(202);
        assertThat(taken.get("rita"))
                .containsExactly(seen(Map.of(
                        TeamsPresence.AVAILABILITY,
                        "Busy",
                        TeamsPresence.ACTIVITY,
                        "InAMeeting",
                        TeamsPresence.SEQUENCE,
                        "7")));
    }

    @Test
    void thePublishedBasicNotificationIsUnderstood() {
        ObjectNode published = (ObjectNode) Json.read(Vectors.json("graph/presence-notifications.json")
                .path("notificationBasic")
                .toString()
                .replace("{secret client state}", STATE)
                .replace("{User Id}", RITA));
        api.shows.put(RITA, new PresenceApi.Presence("Available", "Available", Optional.empty()));

        assertThat(post(published).refusals()).isEmpty();
        assertThat(taken).containsOnlyKeys("rita");
    }

    @Test
    void whatIsWrongWithOneAgentKeepsNoOtherFromBeingRecorded() {
        String sam = "44444444-0000-0000-0000-000000000004";
        identities.put(Map.of("teams#" + sam, "sam"));
        api.shows.put(RITA, new PresenceApi.Presence("Busy", "InACall", Optional.empty()));
        api.shows.put(sam, new PresenceApi.Presence("Busy", "InACall", Optional.empty()));
        ObjectNode body = basic(RITA);
        ((ArrayNode) body.path("value")).add(basicItem(sam));
        faulty = "rita";

        assertThat(post(body).answer().status()).isEqualTo(202);
        assertThat(taken).containsOnlyKeys("sam");

        taken.clear();
        fault = new StoreUnavailable("throttled", null);
        assertThat(post(body).answer().status()).isEqualTo(503);
        assertThat(taken).containsOnlyKeys("sam");
    }

    @Test
    void oneOfManyWhoCannotBeLeftToTheBulkLaneKeepsNoOtherFromIt() {
        ObjectNode body = basic(RITA);
        api.shows.put(RITA, new PresenceApi.Presence("Busy", "InACall", Optional.empty()));
        for (int i = 0; i < TeamsWebhook.MOST_AT_ONCE + 5; i++) {
            String user = "55555555-0000-0000-0000-0000000000%02d".formatted(i);
            identities.put(Map.of("teams#" + user, "agent" + i));
            api.shows.put(user, new PresenceApi.Presence("Busy", "InACall", Optional.empty()));
            ((ArrayNode) body.path("value")).add(basicItem(user));
        }
        faulty = "agent" + (TeamsWebhook.MOST_AT_ONCE + 1);
        fault = new StoreUnavailable("throttled", null);

        assertThat(post(body).answer().status()).isEqualTo(503);
        assertThat(taken).hasSize(TeamsWebhook.MOST_AT_ONCE);
        assertThat(left).hasSize(5).doesNotContainKey(faulty);
    }

    @Test
    void whomNobodyKnowsIsPassedOver() {
        ObjectNode body = rich(presence("99999999-0000-0000-0000-000000000009", "Busy", "Busy"));
        ((ArrayNode) body.path("value")).add(basicItem("88888888-1111-0000-0000-000000000008"));

        assertThat(post(body).answer().status()).isEqualTo(202);
        assertThat(taken).isEmpty();
        assertThat(api.reads).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a-secret-stat", "A-SECRET-STATE", "a-secret-state "})
    void anItemWithAnotherClientStateChangesNothing(String state) {
        ObjectNode body = basic(RITA);
        ((ObjectNode) body.path("value").path(0)).put("clientState", state);

        Handled handled = post(body);

        assertThat(handled.answer().status()).isEqualTo(202);
        assertThat(handled.refusals()).containsExactly("CLIENT_STATE");
        assertThat(taken).isEmpty();
        assertThat(api.reads).isZero();
    }

    @Test
    @DisplayName(
            "what a stranger sends costs one count a message, however many items it holds, and not more than a message can")
    void manyItemsOfStrangersAreCountedOnce() {
        assertThat(post(strangers(Notification.MOST_ITEMS)).refusals()).containsExactly("CLIENT_STATE");

        Handled tooMany = post(strangers(Notification.MOST_ITEMS + 1));
        assertThat(tooMany.answer().status()).isEqualTo(400);
        assertThat(tooMany.refusals()).containsExactly("MALFORMED");
    }

    private static ObjectNode strangers(int items) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < items; i++) {
            body.withArray("value").addObject();
        }
        return body;
    }

    @Test
    void withoutAConfiguredStateThereIsNobodyToSendAnything() {
        change = change(GivenNotifications.with("client-state", ""));
        ObjectNode body = basic(RITA);
        ((ObjectNode) body.path("value").path(0)).remove("clientState");

        assertThat(post(body).answer().status()).isEqualTo(404);
        assertThat(handle(call("POST", "/teams", "validationToken=x", ""))
                        .answer()
                        .status())
                .as("Graph asks before there can be anything to tell")
                .isEqualTo(200);
        assertThat(taken).isEmpty();
    }

    @Test
    void twoStatesAreAcceptedWhileOneIsReplaced() {
        change = change(GivenNotifications.with("client-state", "new-one," + STATE));
        api.shows.put(RITA, new PresenceApi.Presence("Away", "Away", Optional.empty()));

        assertThat(post(basic(RITA)).refusals()).isEmpty();
        assertThat(taken).containsOnlyKeys("rita");
    }

    @Test
    void anEncryptedItemWithoutATokenMakesTheWholeMessageSuspicious() {
        for (String tokens : List.of("null", "[]", "missing", "[\"\"]")) {
            ObjectNode body = rich(presence(RITA, "Busy", "InACall"));
            ((ArrayNode) body.path("value")).add(basicItem(RITA));
            body.remove("validationTokens");
            if (!tokens.equals("missing")) {
                body.set("validationTokens", Json.read("{\"t\":" + tokens + "}").path("t"));
            }
            Handled handled = post(body);

            assertThat(handled.answer().status()).isEqualTo(202);
            assertThat(handled.refusals()).containsExactly("VALIDATION_TOKEN");
        }
        assertThat(taken).isEmpty();
        assertThat(api.reads).isZero();
    }

    @Test
    void oneBadTokenAmongGoodOnesIsEnough() {
        ObjectNode body = rich(presence(RITA, "Busy", "InACall"));
        body.putArray("validationTokens")
                .add(token())
                .add(Vectors.json("graph/validation-tokens.json")
                        .path("entraV1")
                        .path("token")
                        .asText())
                .add(token());

        assertThat(post(body).refusals()).containsExactly("VALIDATION_TOKEN");
        assertThat(taken).isEmpty();
    }

    @Test
    void whatCannotBeDecryptedIsCountedAndTheRestTaken() {
        ObjectNode body = rich(presence(RITA, "Busy", "InACall"));
        ObjectNode altered = body.path("value").path(0).deepCopy();
        ((ObjectNode) altered.path("encryptedContent"))
                .set(
                        "dataSignature",
                        Vectors.json("graph/rich-notification-encrypted.json")
                                .path("encryptedContent")
                                .path("dataSignature"));
        ((ArrayNode) body.path("value")).insert(0, altered);

        Handled handled = post(body);

        assertThat(handled.answer().status()).isEqualTo(202);
        assertThat(handled.refusals()).containsExactly("NOT_DECRYPTED");
        assertThat(taken.get("rita")).hasSize(1);
    }

    @Test
    void anUnknownCertificateIsCountedAndNoOtherKeyIsTried() {
        ObjectNode body = rich(presence(RITA, "Busy", "InACall"));
        ((ObjectNode) body.path("value").path(0).path("encryptedContent")).put("encryptionCertificateId", "old");

        assertThat(post(body).refusals()).containsExactly("UNKNOWN_CERTIFICATE");
        assertThat(taken).isEmpty();
    }

    @Test
    void thePublishedEnvelopeWithoutASignatureIsNotDecrypted() {
        ObjectNode body = (ObjectNode) Vectors.json("graph/rich-notification-envelope.json")
                .path("envelope")
                .deepCopy();
        ((ObjectNode) body.path("value").path(0)).put("clientState", STATE);
        ((ObjectNode) body.path("value").path(0).path("encryptedContent")).put("encryptionCertificateId", CERTIFICATE);
        body.putArray("validationTokens").add(token());

        assertThat(post(body).refusals()).containsExactly("NOT_DECRYPTED");
    }

    @Test
    void anythingButAPresenceInItIsCounted() {
        ObjectNode body = rich(Json.object().put("id", RITA));
        ((ObjectNode) body.path("value").path(0))
                .set(
                        "encryptedContent",
                        Vectors.json("graph/rich-notification-encrypted.json").path("encryptedContent"));
        ((ObjectNode) body.path("value").path(0).path("encryptedContent")).put("encryptionCertificateId", CERTIFICATE);

        assertThat(post(body).refusals()).containsExactly("NOT_A_PRESENCE");
        assertThat(taken).isEmpty();
    }

    @Test
    void lifecycleNewsIsLeftForWhoeverRenewsSubscriptions() {
        JsonNode vector = Vectors.json("graph/lifecycle-notifications.json");
        ObjectNode body = (ObjectNode) Json.read(vector.path("batch")
                .toString()
                .replace("<secretClientState>", STATE)
                .replace("{secret client state}", STATE));

        Handled handled = post(body);

        assertThat(handled.answer().status())
                .isEqualTo(vector.path("expected").path("answer").asInt());
        assertThat(handled.refusals()).isEmpty();
        assertThat(control.get("subscription-lifecycle#e3898f08-5cd0-4a6a-80fc-6addbfb73b7b"))
                .contains("reauthorizationRequired " + NOW + " 2019-09-18T00:52:45.969665800Z");
        assertThat(control.get("subscription-lifecycle#<subscription_guid>"))
                .contains("missed " + NOW + " 2019-03-20T11:00:00Z");
    }

    @Test
    void anUnknownLifecycleEventIsCountedAndAForgedOneIgnored() {
        ObjectNode item = Json.object()
                .put("subscriptionId", "s-1")
                .put("clientState", STATE)
                .put("lifecycleEvent", "somethingNew");
        ObjectNode forged = item.deepCopy().put("clientState", "guessed").put("lifecycleEvent", "missed");
        ObjectNode body = Json.object();
        body.putArray("value").add(item).add(forged);

        Handled handled = post(body);

        assertThat(handled.answer().status()).isEqualTo(202);
        assertThat(handled.refusals()).containsExactly("CLIENT_STATE", "UNKNOWN_EVENT");
        assertThat(control.withPrefix("subscription-lifecycle#")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "7", "{}", "{\"value\":{}}", "{\"value\":[1]}", "{\"value\":[]} x"})
    void whatGraphNeverSendsIsMalformed(String body) {
        Handled handled = handle(call("POST", "/teams", "", body));

        assertThat(handled.answer().status()).isEqualTo(400);
        assertThat(handled.refusals()).containsExactly("MALFORMED");
    }

    @Test
    void deepNestingIsMalformedToo() {
        String deep = "{\"value\":" + "[".repeat(5000) + "]".repeat(5000) + "}";

        assertThat(handle(call("POST", "/teams", "", deep)).answer().status()).isEqualTo(400);
    }

    @Test
    void tooLargeAndAnotherMethod() {
        String large = "{\"value\":[],\"x\":\"" + "x".repeat(HttpCall.MAX_BYTES) + "\"}";
        assertThat(handle(call("POST", "/teams", "", large)).answer())
                .isEqualTo(HttpAnswer.text(413, "larger than 256 KB"));
        assertThat(handle(call("GET", "/teams", "validationToken=x", "")).answer())
                .isEqualTo(HttpAnswer.text(405, "send it with POST").with(Map.of("Allow", "POST")));
    }

    @Test
    void whatCannotBeRecordedMustComeAgain() {
        storeDown = true;

        Handled handled = post(rich(presence(RITA, "Busy", "InACall")));

        assertThat(handled.answer())
                .isEqualTo(HttpAnswer.text(503, "not recorded; please send it again")
                        .with(Map.of("Retry-After", "1")));
        assertThat(handled.refusals()).containsExactly("UNAVAILABLE");
    }

    @Test
    void whatCannotBeReadMustComeAgainButWhatWasToldIsKept() {
        api.failure = new PlatformException.Unreachable("silent");
        identities.put(Map.of("teams#44444444-0000-0000-0000-000000000004", "max"));
        ObjectNode body = rich(presence(RITA, "Busy", "InACall"));
        ((ArrayNode) body.path("value")).add(basicItem("44444444-0000-0000-0000-000000000004"));

        assertThat(post(body).answer().status()).isEqualTo(503);
        assertThat(taken).containsOnlyKeys("rita");
    }

    @Test
    void aReadThatTakesTooLongIsNotWaitedFor() {
        change = change(GivenNotifications.with("notification-timeout", "50ms"));
        api.hangs = true;

        assertThat(post(basic(RITA)).answer().status()).isEqualTo(503);
        assertThat(taken).isEmpty();
    }

    @Test
    void ofManyAgentsTheRestIsLeftToTheBulkLane() {
        int many = TeamsWebhook.MOST_AT_ONCE + 5;
        ObjectNode body = rich(presence(RITA, "Busy", "Busy"));
        ArrayNode value = body.putArray("value");
        IntStream.range(0, many).forEach(i -> {
            String user = String.format("33333333-0000-0000-0000-%012d", 100 + i);
            identities.put(Map.of("teams#" + user, "agent-" + i));
            value.add(richItem(presence(user, "Away", "Away")));
        });

        assertThat(post(body).answer().status()).isEqualTo(202);
        assertThat(taken).hasSize(TeamsWebhook.MOST_AT_ONCE);
        assertThat(left).hasSize(5);
    }

    /** @param refusals why something in it was not taken, each counted */
    private record Handled(HttpAnswer answer, List<String> refusals) {}

    private Handled handle(HttpCall call) {
        edge.refused.clear();
        HttpAnswer answer = edge.answer(change, call);
        return new Handled(answer, List.copyOf(edge.refused));
    }

    private Handled post(JsonNode body) {
        return handle(call("POST", "/teams", "", body.toString()));
    }

    private static HttpCall call(String method, String path, String query, String body) {
        return HttpCall.of(method, path, query, Map.of("Content-Type", "application/json"), Body.of(body), NOW)
                .withRequestId(REQUEST);
    }

    private static ObjectNode presence(String user, String availability, String activity) {
        return Json.object()
                .put("@odata.type", "#microsoft.graph.presence")
                .put("id", user)
                .put("availability", availability)
                .put("activity", activity);
    }

    private static ObjectNode basic(String user) {
        ObjectNode body = Json.object();
        body.putArray("value").add(basicItem(user));
        return body;
    }

    private static ObjectNode basicItem(String user) {
        ObjectNode item = Json.object()
                .put("subscriptionId", "s-1")
                .put("clientState", STATE)
                .put("changeType", "updated")
                .put("resource", "communications/presences/" + user);
        item.putObject("resourceData").put("id", user);
        return item;
    }

    private static ObjectNode richItem(JsonNode presence) {
        return basicItem(presence.path("id").asText())
                .set("encryptedContent", NotificationVectors.encrypted(presence, CERTIFICATE));
    }

    private static ObjectNode rich(JsonNode presence) {
        ObjectNode body = Json.object();
        body.putArray("value").add(richItem(presence));
        body.putArray("validationTokens").add(token());
        return body;
    }

    private static String token() {
        ObjectNode claims = Vectors.json("graph/validation-tokens.json")
                .path("notificationTokenClaims")
                .deepCopy();
        return SIGNED.sign(claims.put("aud", GivenSettings.CLIENT)
                .put("tid", GivenSettings.TENANT)
                .put("iss", "https://sts.windows.net/" + GivenSettings.TENANT + "/")
                .put("exp", NOW.plusSeconds(600).getEpochSecond()));
    }

    private static Evidence seen(Map<String, String> fields) {
        return new Evidence.Observed(Optional.of(RITA), new Observation("teams", NOW, fields));
    }

    private static final class Api implements PresenceApi {
        final Map<String, Presence> shows = new LinkedHashMap<>();
        PlatformException failure;
        boolean hangs;
        int reads;

        @Override
        public Map<String, Presence> presences(Collection<String> userIds) {
            reads++;
            if (hangs) {
                hang();
            }
            if (failure != null) {
                throw failure;
            }
            Map<String, Presence> found = new HashMap<>(shows);
            found.keySet().retainAll(userIds);
            return found;
        }

        private static void hang() {
            try {
                new java.util.concurrent.CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new PlatformException.Unreachable("interrupted");
            }
        }

        @Override
        public void setSession(
                String application, String userId, String availability, String activity, Duration expiry) {
            throw new AssertionError("nothing is written here");
        }

        @Override
        public void clearSession(String application, String userId) {
            throw new AssertionError("nothing is written here");
        }

        @Override
        public void setPreferred(
                String application, String userId, String availability, String activity, Duration expiry) {
            throw new AssertionError("nothing is written here");
        }

        @Override
        public void clearPreferred(String application, String userId) {
            throw new AssertionError("nothing is written here");
        }
    }
}
