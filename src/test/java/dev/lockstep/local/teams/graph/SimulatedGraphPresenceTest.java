package dev.lockstep.local.teams.graph;

import static dev.lockstep.local.teams.graph.GraphWorld.APP;
import static dev.lockstep.local.teams.graph.GraphWorld.OMAR;
import static dev.lockstep.local.teams.graph.GraphWorld.RITA;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.local.server.Fault;
import dev.lockstep.local.server.Vectors;
import dev.lockstep.local.teams.graph.GraphWorld.Answer;
import dev.lockstep.local.teams.model.Pair;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedGraphPresenceTest {
    private static final String IN_A_CALL = "{\"sessionId\":\"" + APP
            + "\",\"availability\":\"Busy\",\"activity\":\"InACall\",\"expirationDuration\":\"PT1H30M\"}";
    private static final String SESSION = "{\"sessionId\":\"" + APP + "\"}";

    private final GraphWorld world = new GraphWorld();
    private final String writer = world.application("Presence.ReadWrite.All");
    private final String reader = world.application("Presence.Read.All");

    @AfterEach
    void stop() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/users/" + RITA + "/presence", "/communications/presences/" + RITA})
    void readsAndWritesUnderBothPaths(String path) throws Exception {
        assertThat(world.post(writer, path + "/setPresence", IN_A_CALL).status())
                .isEqualTo(200);

        JsonNode presence = world.get(reader, path).json();
        assertThat(presence.path("id").asText()).isEqualTo(RITA);
        assertThat(presence.path("availability").asText()).isEqualTo("Busy");
        assertThat(presence.path("activity").asText()).isEqualTo("InACall");
        assertThat(presence.path("sequenceNumber").asText()).startsWith("A0");
        assertThat(presence.at("/outOfOfficeSettings/isOutOfOffice").asBoolean(true))
                .isFalse();

        assertThat(world.post(writer, path + "/clearPresence", SESSION).status())
                .isEqualTo(200);
        assertThat(world.get(reader, path).json().path("availability").asText()).isEqualTo("Offline");
    }

    @Test
    void answersWithAtLeastTheMembersThatMicrosoftShows() throws Exception {
        JsonNode published = Vectors.json("graph/presence-get.json").get(0);
        JsonNode ours = world.get(reader, "/users/" + RITA + "/presence").json();

        published
                .fieldNames()
                .forEachRemaining(name -> assertThat(ours.has(name)).as(name).isTrue());
    }

    @Test
    void answers404WithoutABodyWhenThereIsNoSessionToClear() throws Exception {
        Answer answer = world.post(writer, "/users/" + RITA + "/presence/clearPresence", SESSION);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "setPresence | {\"sessionId\":\"other\",\"availability\":\"Away\",\"activity\":\"Away\"}",
                "setPresence | {\"sessionId\":\"" + APP + "\",\"availability\":\"Busy\",\"activity\":\"Busy\"}",
                "setPresence | {\"sessionId\":\"" + APP + "\",\"availability\":\"Away\"}",
                "setPresence | {\"availability\":\"Away\",\"activity\":\"Away\"}",
                "setPresence | {\"sessionId\":\"" + APP
                        + "\",\"availability\":\"Away\",\"activity\":\"Away\",\"expirationDuration\":\"PT5H\"}",
                "setPresence | {\"sessionId\":\"" + APP
                        + "\",\"availability\":\"Away\",\"activity\":\"Away\",\"expirationDuration\":\"an hour\"}",
                "setPresence | {\"sessionId\":",
                "setPresence | 7",
                "clearPresence | {\"sessionId\":\"other\"}",
                "setUserPreferredPresence | {\"availability\":\"Busy\",\"activity\":\"InACall\"}",
                "setUserPreferredPresence |"
                        + " {\"availability\":\"Busy\",\"activity\":\"Busy\",\"expirationDuration\":\"P8D\"}",
                "setStatusMessage | {\"statusMessage\":{\"message\":{\"content\":\"x\",\"contentType\":\"html\"}}}",
                "setStatusMessage | {}",
                "dance | {}"
            })
    void refusesWithGraphsError(String action, String body) throws Exception {
        Answer answer = world.post(writer, "/users/" + RITA + "/presence/" + action, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("BadRequest");
        String id = answer.header("request-id");
        assertThat(id).isNotEmpty();
        assertThat(answer.json().at("/error/innerError/request-id").asText()).isEqualTo(id);
        assertThat(answer.json().at("/error/innerError/date").asText()).isEqualTo("2026-11-22T10:00:00");
    }

    @Test
    void sharesThePreferredSlotWithThePerson() throws Exception {
        world.model.signInClient(RITA);
        String path = "/users/" + RITA + "/presence/";
        String away = "{\"availability\":\"Away\",\"activity\":\"Away\",\"expirationDuration\":\"PT8H\"}";

        assertThat(world.post(writer, path + "setUserPreferredPresence", away).status())
                .isEqualTo(200);
        assertThat(world.model.read(RITA).pair()).isEqualTo(Pair.AWAY);
        assertThat(world.post(writer, path + "clearUserPreferredPresence", "").status())
                .isEqualTo(200);
        assertThat(world.model.read(RITA).pair()).isEqualTo(Pair.AVAILABLE);
    }

    @Test
    void showsAMessagesDatesToItsOwnerOnly() throws Exception {
        String body = "{\"statusMessage\":{\"message\":{\"content\":\"On calls\",\"contentType\":\"text\"},"
                + "\"expiryDateTime\":{\"dateTime\":\"2026-11-22T17:00:00\",\"timeZone\":\"UTC\"}}}";
        assertThat(world.post(writer, "/users/" + RITA + "/presence/setStatusMessage", body)
                        .status())
                .isEqualTo(200);

        JsonNode others =
                world.get(reader, "/users/" + RITA + "/presence").json().path("statusMessage");
        assertThat(others.at("/message/content").asText()).isEqualTo("On calls");
        assertThat(others.has("expiryDateTime")).isFalse();
        String own = world.delegated(RITA, "Presence.Read");
        assertThat(world.get(own, "/me/presence")
                        .json()
                        .at("/statusMessage/expiryDateTime/timeZone")
                        .asText())
                .isEqualTo("UTC");
    }

    @Test
    void knowsUsersByTheirGuidOnly() throws Exception {
        assertThat(world.get(reader, "/users/rita@contoso.com/presence").status())
                .isEqualTo(400);
        assertThat(world.get(reader, "/users/" + UUID.randomUUID() + "/presence")
                        .status())
                .isEqualTo(404);
        assertThat(world.get(reader, "/users/" + RITA + "/presence?$select=availability")
                        .status())
                .isEqualTo(400);
        assertThat(world.get(reader, "/me/presence").status()).isEqualTo(400);
        assertThat(world.get(reader, "/nowhere").status()).isEqualTo(400);
    }

    @Test
    void readsManyAndLeavesStrangersOut() throws Exception {
        String body = "{\"ids\":[\"" + RITA + "\",\"" + UUID.randomUUID() + "\",\"" + OMAR + "\"]}";
        Answer answer = world.post(reader, "/communications/getPresencesByUserId", body);

        Set<String> found = new HashSet<>();
        answer.json()
                .path("value")
                .forEach(presence -> found.add(presence.path("id").asText()));
        assertThat(found).containsExactlyInAnyOrder(RITA, OMAR);
        assertThat(answer.json().path("value")).hasSize(2);
    }

    @Test
    void readsAtMost650AtOnce() throws Exception {
        assertThat(world.post(reader, "/communications/getPresencesByUserId", ids(650))
                        .status())
                .isEqualTo(200);
        Answer tooMany = world.post(reader, "/communications/getPresencesByUserId", ids(651));

        assertThat(tooMany.status()).isEqualTo(400);
        assertThat(tooMany.text()).isEmpty();
        assertThat(world.post(reader, "/communications/getPresencesByUserId", "{}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void refusesCallersWithoutAToken() throws Exception {
        Answer answer = world.get("", "/users/" + RITA + "/presence");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("InvalidAuthenticationToken");
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer ");
    }

    @Test
    void refusesTokensThatDoNotHold() throws Exception {
        String path = "/users/" + RITA + "/presence";
        String elsewhere = world.tokens.forApplication(APP, "https://elsewhere.example", Set.of("Presence.Read.All"));
        assertThat(world.get(elsewhere, path).json().at("/error/message").asText())
                .contains("audience");

        world.clock.advance(Duration.ofHours(1));
        Answer expired = world.get(reader, path);
        assertThat(expired.status()).isEqualTo(401);
        assertThat(expired.json().at("/error/message").asText()).contains("expired");
        assertThat(expired.header("WWW-Authenticate")).isNotEmpty();
    }

    @Test
    void refusesTokensWithoutThePermission() throws Exception {
        String path = "/users/" + RITA + "/presence";

        for (Answer answer : new Answer[] {
            world.get(world.application(), path),
            world.post(reader, path + "/setPresence", IN_A_CALL),
            world.post(world.delegated(RITA, "Presence.Read"), "/communications/getPresencesByUserId", ids(1)),
            world.get(world.delegated(OMAR, "Presence.Read"), path)
        }) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.code()).isEqualTo("Authorization_RequestDenied");
        }
    }

    @Test
    void letsAPersonWriteTheirOwnPresenceOnly() throws Exception {
        String omar = world.delegated(OMAR, "Presence.ReadWrite");

        assertThat(world.post(omar, "/users/" + OMAR + "/presence/setPresence", IN_A_CALL)
                        .status())
                .isEqualTo(200);
        Answer other = world.post(omar, "/users/" + RITA + "/presence/setPresence", IN_A_CALL);
        assertThat(other.status()).isEqualTo(401);
        assertThat(other.json().at("/error/message").asText()).isEqualTo("Cannot set the presence of another user.");
    }

    @Test
    void throttlesAfter1500In30SecondsAndCountsRetriesToo() throws Exception {
        String path = "/users/" + RITA + "/presence";
        try (GraphWorld small = new GraphWorld(GraphBehaviour.harsh().withPresenceLimit(3))) {
            String token = small.application("Presence.Read.All");
            for (int i = 0; i < 3; i++) {
                assertThat(small.get(token, path).status()).isEqualTo(200);
            }
            Answer refused = small.get(token, path);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.code()).isEqualTo("TooManyRequests");
            assertThat(Double.parseDouble(refused.header("Retry-After"))).isEqualTo(30.0);

            small.clock.advance(Duration.ofSeconds(30));
            assertThat(small.get(token, path).status()).isEqualTo(200);
        }
        assertThat(GraphBehaviour.harsh().presenceLimit()).isEqualTo(1_500);
    }

    @Test
    void doesTheWorkThoughTheAnswerIsAnError() throws Exception {
        world.graph
                .faults()
                .add(Fault.of("POST /presence/setPresence", Fault.Kind.SERVER_ERROR)
                        .after()
                        .once());

        Answer answer = world.post(writer, "/users/" + RITA + "/presence/setPresence", IN_A_CALL);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("serviceNotAvailable");
        assertThat(world.model.read(RITA).pair()).isEqualTo(Pair.IN_A_CALL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /client | {} | Available/Available",
                "POST | /call | {} | Busy/InACall",
                "POST | /call | {\"kind\":\"conference\"} | Busy/InAConferenceCall",
                "POST | /call | {\"kind\":\"presenting\"} | DoNotDisturb/Presenting",
                "PUT | /choice | {\"availability\":\"BeRightBack\",\"activity\":\"BeRightBack\"} |"
                        + " BeRightBack/BeRightBack",
                "POST | /idle | {} | Away/Away",
                "POST | /meeting | {\"minutes\":15} | Busy/InAMeeting",
                "PUT | /out-of-office | {} | Available/OutOfOffice"
            })
    void letsPeopleAct(String method, String deed, String body, String shown) throws Exception {
        world.send("", "POST", "/_people/" + RITA + "/client", "{}");
        Answer answer = world.send("", method, "/_people/" + RITA + deed, body);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("availability").asText() + "/"
                        + answer.json().path("activity").asText())
                .isEqualTo(shown);
        Answer undone = world.send("", "DELETE", "/_people/" + RITA + deed, "");
        String expected = deed.equals("/client") ? "Offline" : "Available";
        assertThat(undone.json().path("availability").asText()).isEqualTo(expected);
    }

    @Test
    void refusesWhatPeopleCannotDo() throws Exception {
        String choice = "{\"availability\":\"Busy\",\"activity\":\"InACall\"}";
        assertThat(world.send("", "PUT", "/_people/" + RITA + "/choice", choice).status())
                .isEqualTo(400);
        assertThat(world.send("", "GET", "/_people/nobody", "").status()).isEqualTo(404);
        assertThat(world.send("", "GET", "/_people", "").json()).hasSize(2);
    }

    private static String ids(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"" + new UUID(7, i) + "\"")
                .collect(Collectors.joining(",", "{\"ids\":[", "]}"));
    }
}
