package dev.lockstep.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.local.world.SimulatedTenant;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * People sign in with a browser at the packaged functions: the code is exchanged by Microsoft's library, the session holds
 * at the board and at the administrator's pages, which are another function, and ends at both.
 */
class PackagedPagesIT {
    private static final String URL = "https://presence.contoso.com";
    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Installation LOCKSTEP = Installation.shared();
    private static final SimulatedTenant PLATFORMS = LOCKSTEP.platforms;

    private static HttpClient entra;
    private static LambdaRuntime board;
    private static LambdaRuntime configuration;

    private final Map<String, String> cookies = new TreeMap<>();

    private record Answer(int status, String location, String body) {}

    @BeforeAll
    static void whereSomebodyCanSignIn() {
        Map<String, String> settings = new HashMap<>();
        PLATFORMS.signInAt(URL).forEach((name, value) -> settings.put(Installation.variable(name), value));
        board = LOCKSTEP.startWith("board", settings);
        configuration = LOCKSTEP.startWith("config-api", settings);
        entra = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(20))
                .sslContext(PLATFORMS.clientContext())
                .build();
        admit("sue", "Presence.Read", "Presence.Supervise");
        admit("ada", "Configuration.Manage");
    }

    private static void admit(String key, String... roles) {
        PLATFORMS.admit(UUID.nameUUIDFromBytes(("entra " + key).getBytes()).toString(), key + "@contoso.com", roles);
    }

    @AfterAll
    static void stop() {
        entra.close();
        board.close();
        configuration.close();
    }

    /** As a browser: it keeps cookies, sends them back, and says where a form comes from. */
    private Answer open(String method, String url, String body) {
        URI uri = URI.create(url);
        LambdaRuntime function = uri.getPath().equals("/board/configuration") ? configuration : board;
        LambdaRuntime.Answer invoked = function.invoke(LOCKSTEP.sample("board.page", PackagedPerson.RITA)
                .withoutAuthorizer()
                .method(method)
                .path(uri.getPath())
                .query(uri.getRawQuery() == null ? "" : uri.getRawQuery())
                .header("sec-fetch-site", "same-origin")
                .header("content-type", "application/x-www-form-urlencoded")
                .cookies(cookies.entrySet().stream()
                        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                        .toList())
                .body(body)
                .json());
        assertThat(invoked.isError()).as(invoked.body()).isFalse();
        JsonNode answer = read(invoked.body());
        answer.path("cookies").forEach(cookie -> keep(cookie.asText()));
        return new Answer(
                answer.path("statusCode").asInt(),
                answer.path("headers").path("Location").asText(),
                answer.path("body").asText(""));
    }

    private Answer open(String url) {
        return open("GET", url, "");
    }

    private Answer submit(String url, String form) {
        Matcher token = TOKEN.matcher(open(url).body());
        assertThat(token.find()).isTrue();
        return open("POST", url, "token=" + token.group(1) + form);
    }

    private void keep(String cookie) {
        String[] pair = cookie.split(";")[0].split("=", 2);
        if (cookie.contains("Max-Age=0")) {
            cookies.remove(pair[0]);
        } else {
            cookies.put(pair[0], pair[1]);
        }
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + json, e);
        }
    }

    private void signIn(String key, String to) throws IOException, InterruptedException {
        String way = open(open(to).location()).location();
        HttpRequest chosen = HttpRequest.newBuilder(URI.create(
                        way + "&login_hint=" + URLEncoder.encode(key + "@contoso.com", StandardCharsets.UTF_8)))
                .timeout(Duration.ofSeconds(20))
                .build();
        String back = entra.send(chosen, HttpResponse.BodyHandlers.ofString())
                .headers()
                .firstValue("Location")
                .orElseThrow();
        Answer answer = open(back);
        assertThat(answer).extracting(Answer::status, Answer::location).containsExactly(303, to);
        assertThat(cookies).containsOnlyKeys("__Host-lockstep");
    }

    @Test
    void aSupervisorSignsInSetsAStatusAndIsSignedOutOfEveryFunction() throws IOException, InterruptedException {
        PackagedPerson hugo = LOCKSTEP.signedIn("hugo");
        String agent = "/board/agents/" + hugo.upn();
        signIn("sue", agent);
        assertThat(open(agent).body()).contains("Signed in as sue@contoso.com", "Set the status");

        assertThat(submit(agent, "&act=set&status=busy&lasts=PT15M").location()).isEqualTo(agent + "?done=set");
        assertThat(LOCKSTEP.agent(hugo).path("status").asText()).isEqualTo("busy");
        assertThat(open("/board/configuration"))
                .satisfies(refused -> assertThat(refused.status()).isEqualTo(403))
                .satisfies(refused -> assertThat(refused.body()).contains("Configuration.Manage"));

        Map<String, String> copied = Map.copyOf(cookies);
        Matcher token = TOKEN.matcher(open(agent).body());
        assertThat(token.find()).isTrue();
        assertThat(open("POST", "/sign-out", "token=" + token.group(1)).status())
                .isEqualTo(200);
        cookies.putAll(copied);
        assertThat(List.of(open(agent), open("/board/configuration")))
                .allSatisfy(answer -> assertThat(answer.location()).startsWith("/sign-in?to="));
    }

    @Test
    void anAdministratorOfThePackagedPagesSeesEachMistakeWithItsLine() throws IOException, InterruptedException {
        signIn("ada", "/board/configuration");
        String text = URLEncoder.encode("teams:\n  write:\n    away: Busi/Busy\n", StandardCharsets.UTF_8);
        Answer answer = submit("/board/configuration", "&act=check&text=" + text);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains("data-line=\"3\"");
        for (String part : List.of("connections", "lines", "agents", "modes", "history")) {
            assertThat(open("/board/configuration?part=" + part).status())
                    .as(part)
                    .isEqualTo(200);
        }
    }
}
