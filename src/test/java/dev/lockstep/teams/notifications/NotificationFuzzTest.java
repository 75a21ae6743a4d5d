package dev.lockstep.teams.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.concurrent.ParallelRunner;
import dev.lockstep.concurrent.VirtualThreadRunner;
import dev.lockstep.fuzz.Fuzz;
import dev.lockstep.intake.ForwardingIntake;
import dev.lockstep.local.server.Json;
import dev.lockstep.local.server.Vectors;
import dev.lockstep.platform.Evidence;
import dev.lockstep.protocol.entra.GivenSettings;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.EdgeInMemory;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.store.ControlKeys;
import dev.lockstep.store.InMemoryControl;
import dev.lockstep.store.InMemoryIdentities;
import dev.lockstep.teams.GivenTeams;
import dev.lockstep.teams.SessionSlots;
import dev.lockstep.teams.TeamsPlatform;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Graph's notifications, damaged: each is answered as documented, and nobody else is told anything. */
@Timeout(300)
class NotificationFuzzTest {
    private static final String RITA = "33333333-0000-0000-0000-000000000003";
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final SignedTokens SIGNED = new SignedTokens();
    private static final ParallelRunner THREADS = new VirtualThreadRunner();
    private static final ObjectNode PRESENCE = Json.object()
            .put("id", RITA)
            .put("availability", "Busy")
            .put("activity", "InACall")
            .put("sequenceNumber", "A0001");

    private final InMemoryIdentities identities = new InMemoryIdentities();
    private final InMemoryControl control = new InMemoryControl(() -> NOW);
    private final Set<String> told = new ConcurrentSkipListSet<>();
    private final ValidationTokens tokens =
            new ValidationTokens(GivenSettings.secret("https://login.microsoftonline.com", "x"), SIGNED::key);
    private final EdgeInMemory edge = EdgeInMemory.ofAnyCalls();
    private final TeamsWebhook change = new TeamsWebhook(
            GivenNotifications.with("notification-timeout", "60s"),
            text -> text,
            tokens,
            new TeamsPlatform(new GivenTeams.Nobody(), SessionSlots.ONE, GivenTeams.RULES, () -> NOW),
            identities,
            control,
            new ForwardingIntake(this::keep, this::keep),
            THREADS,
            edge);

    NotificationFuzzTest() {
        identities.put(Map.of("teams#" + RITA, "rita"));
    }

    private int post(byte[] body) {
        HttpCall call = HttpCall.of("POST", "/teams", "", Map.of(), Body.of(body), NOW);
        return edge.answer(change, call).status();
    }

    private static ObjectNode item() {
        ObjectNode item = Json.object()
                .put("subscriptionId", "s-1")
                .put("clientState", GivenNotifications.STATE)
                .put("changeType", "updated")
                .put("subscriptionExpirationDateTime", "2026-11-22T11:00:00.0000000Z")
                .put("resource", "communications/presences/" + RITA);
        item.putObject("resourceData").put("id", RITA);
        return item;
    }

    private static byte[] body(ObjectNode item, String token) {
        ObjectNode body = Json.object();
        body.putArray("value").add(item);
        body.putArray("validationTokens").add(token);
        return Json.bytes(body);
    }

    private static ObjectNode rich(byte[] content) {
        return item().set("encryptedContent", NotificationVectors.encrypted(content, GivenNotifications.CERTIFICATE));
    }

    private static ObjectNode claims() {
        ObjectNode claims = Vectors.json("graph/validation-tokens.json")
                .path("notificationTokenClaims")
                .deepCopy();
        return claims.put("aud", GivenSettings.CLIENT)
                .put("tid", GivenSettings.TENANT)
                .put("iss", "https://sts.windows.net/" + GivenSettings.TENANT + "/")
                .put("exp", NOW.plusSeconds(600).getEpochSecond());
    }

    @Test
    void everyDamagedNotificationIsAnswered() {
        String token = SIGNED.sign(claims());
        List<byte[]> bodies = List.of(
                body(item(), token),
                body(rich(Json.bytes(PRESENCE)), token),
                body(item().put("lifecycleEvent", "missed"), token),
                Json.bytes(Vectors.json("graph/lifecycle-notifications.json").path("batch")),
                Json.bytes(Vectors.json("graph/rich-notification-envelope.json").path("envelope")));

        Fuzz.costly(bodies, (damaged, random) -> assertThat(post(damaged)).isIn(202, 400));
        assertThat(told).isEqualTo(Set.of("rita"));
        assertThat(control.withPrefix(ControlKeys.SUBSCRIPTION_LIFECYCLE).toString())
                .hasSizeLessThan(100_000);
    }

    @Test
    void everyDamagedContentIsAPresenceOrCounted() {
        String token = SIGNED.sign(claims());
        Fuzz.costly(
                List.of(Json.bytes(PRESENCE)),
                (damaged, random) ->
                        assertThat(post(body(rich(damaged), token))).isEqualTo(202));
        assertThat(told).isEqualTo(Set.of("rita"));
    }

    @Test
    void aTokenWhoseClaimsAreDamagedIsGenuineOnlyIfItStillSaysTheSame() {
        Fuzz.costly(List.of(Json.bytes(claims())), (damaged, random) -> {
            if (tokens.isGenuine(SIGNED.sign(Json.bytes(SIGNED.header()), damaged), NOW)) {
                JsonNode said = Json.read(new String(damaged, StandardCharsets.UTF_8));
                for (String claim : List.of("aud", "tid", "iss", "appid", "ver")) {
                    assertThat(said.path(claim).asText())
                            .isEqualToIgnoringCase(claims().path(claim).asText());
                }
                assertThat(said.path("exp").asLong()).isGreaterThan(NOW.getEpochSecond());
            }
        });
    }

    @Test
    void aTokenThatIsDamagedIsNotGenuine() {
        String whole = SIGNED.sign(claims());
        Fuzz.texts(
                List.of(whole),
                (damaged, random) ->
                        assertThat(tokens.isGenuine(damaged, NOW)).as(damaged).isEqualTo(isSame(damaged, whole)));
    }

    /** The last character of Base64 holds bits that say nothing. */
    private static boolean isSame(String token, String whole) {
        int signature = whole.lastIndexOf('.') + 1;
        try {
            return token.startsWith(whole.substring(0, signature))
                    && Arrays.equals(
                            Base64.getUrlDecoder().decode(token.substring(signature)),
                            Base64.getUrlDecoder().decode(whole.substring(signature)));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Test
    void everyDamagedHandshakeIsAnswered() {
        List<String> queries = List.of("validationToken=Validation%3A+Testing+a%2Bb%25", "x=1&validationToken=%C3%A9");
        Fuzz.texts(queries, (damaged, random) -> {
            HttpCall call = HttpCall.of("POST", "/teams", damaged, Map.of(), Body.EMPTY, NOW);
            assertThat(edge.answer(change, call).status()).isIn(200, 400);
        });
    }

    @Test
    void nothingButDepthIsRefusedAtAnySizeThatIsRead() {
        for (int size : List.of(2_000, HttpCall.MAX_BYTES)) {
            Fuzz.depths("{\"value\":", "}", size)
                    .forEach(body -> assertThat(post(body)).isEqualTo(400));
        }
        Fuzz.depths("", "", 8_000)
                .forEach(body -> assertThat(tokens.isGenuine(SIGNED.sign(Json.bytes(SIGNED.header()), body), NOW))
                        .isFalse());
    }

    private void keep(String agentId, List<Evidence> evidence) {
        told.add(agentId);
        assertThat(evidence.stream()
                        .map(item ->
                                ((Evidence.Observed) item).observation().shown().toString()))
                .as("what is kept")
                .allSatisfy(kept -> assertThat(kept).hasSizeLessThan(500));
    }
}
