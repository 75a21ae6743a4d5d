package dev.lockstep.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.board.Board;
import dev.lockstep.board.GivenBoard;
import dev.lockstep.local.entra.Application;
import dev.lockstep.local.entra.SimulatedEntra;
import dev.lockstep.local.entra.Tenant;
import dev.lockstep.local.entra.TokenIssuer;
import dev.lockstep.local.server.LocalAuthority;
import dev.lockstep.local.server.ServerFaults;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.protocol.entra.EntraSettings;
import dev.lockstep.protocol.entra.GivenEntra;
import dev.lockstep.protocol.entra.GivenSettings;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.EdgeInMemory;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.Requester;
import dev.lockstep.protocol.http.Supervision;
import dev.lockstep.store.InMemoryAgentStore;
import dev.lockstep.store.InMemoryControl;
import dev.lockstep.store.StoreFaults;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody opens the board in a browser, signs in at the simulated Entra, and signs out; and those who cheat. */
@Timeout(120)
class BrowserSignInTest {
    private static final String SUE = "22222222-0000-4000-8000-000000000001";
    private static final String MAX = "22222222-0000-4000-8000-000000000002";
    private static final String CALLBACK = GivenBrowser.URL + "/sign-in/callback";

    private static LocalAuthority authority;
    private static HttpClient http;
    private static Tenant directory;
    private static TokenIssuer tokens;
    private static SimulatedEntra entra;
    private static Instant now = Instant.now();

    private final InMemoryControl control = new InMemoryControl(() -> now);
    private final EdgeInMemory edge = new EdgeInMemory();
    private final Map<String, String> cookies = new TreeMap<>();
    private Board board;

    @BeforeAll
    static void start() {
        authority = LocalAuthority.temporary();
        directory = new Tenant(GivenSettings.TENANT);
        tokens = new TokenIssuer(GivenSettings.TENANT, () -> now);
        entra = SimulatedEntra.start(
                0, authority.serverContext(), new ServerFaults(new SplittableRandom(1)), directory, tokens, () -> now);
        http = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(20))
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(authority.clientContext())
                .build();
        directory
                .api("lockstep", GivenSettings.CLIENT)
                .register(Application.of(GivenSettings.CLIENT)
                        .withSecret("s3cret")
                        .withRedirect(CALLBACK))
                .user(SUE, "sue@contoso.com")
                .user(MAX, "max@contoso.com")
                .assign(SUE, "lockstep", "Presence.Read")
                .assign(MAX, "lockstep", "Presence.Write");
    }

    @AfterAll
    static void stop() {
        http.close();
        entra.close();
    }

    @BeforeEach
    void installation() {
        now = Instant.now();
        EntraSettings settings = GivenSettings.of(entra.url(), Map.of());
        GivenBrowser browser = GivenBrowser.at(
                settings,
                GivenEntra.tokens(settings, http, () -> now),
                GivenEntra.idTokens(settings, http, () -> now),
                control);
        board = GivenBoard.of(
                new InMemoryAgentStore(StoreFaults.NONE).views(),
                GivenPlatforms.CATALOGUE,
                Supervision.ofEverybody(),
                browser.visitors());
    }

    /** As a browser: it keeps cookies and sends them back. */
    private HttpAnswer open(String method, String url, String body) {
        URI uri = URI.create(url);
        Map<String, String> headers = new HashMap<>(Map.of("Sec-Fetch-Site", "same-origin"));
        headers.put(
                "Cookie",
                cookies.entrySet().stream()
                        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                        .collect(Collectors.joining("; ")));
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        HttpAnswer answer = edge.answer(
                board,
                HttpCall.of(method, uri.getPath(), query, headers, Body.of(body), now)
                        .withCaller(new Requester.Unverified()));
        answer.cookies().forEach(this::keep);
        return answer;
    }

    private HttpAnswer open(String url) {
        return open("GET", url, "");
    }

    private void keep(String cookie) {
        String[] pair = cookie.split(";")[0].split("=", 2);
        if (cookie.contains("Max-Age=0")) {
            cookies.remove(pair[0]);
        } else {
            cookies.put(pair[0], pair[1]);
        }
    }

    private static String location(HttpAnswer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(303);
        return answer.headers().get("Location");
    }

    private static HttpResponse<String> fetch(String url) {
        try {
            return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What Entra answers with when that person was chosen there: the way back to us. */
    private static String chosen(String authorize, String upn) {
        HttpResponse<String> page = fetch(authorize);
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        Matcher link =
                Pattern.compile("href=\"([^\"]*)\">" + Pattern.quote(upn)).matcher(page.body());
        assertThat(link.find()).as(page.body()).isTrue();
        HttpResponse<String> back = fetch(
                authorize.substring(0, authorize.indexOf('?')) + link.group(1).replace("&amp;", "&"));
        return back.headers().firstValue("Location").orElseThrow();
    }

    private HttpAnswer signIn(String upn) {
        String way = location(open(location(open("/board?team=priority"))));
        return open(chosen(way, upn));
    }

    @Test
    void theWholeWayFromTheBoardToTheBoardAndOut() {
        HttpAnswer back = signIn("sue@contoso.com");
        assertThat(location(back)).isEqualTo("/board?team=priority");
        assertThat(cookies).containsOnlyKeys("__Host-lockstep");

        String page = open(location(back)).body();
        assertThat(page).contains("Signed in as sue@contoso.com", "action=\"/sign-out\"");
        assertThat(List.of(page, back.body(), back.headers().toString(), cookies.toString()))
                .allSatisfy(told -> assertThat(told).doesNotContain("eyJ"));

        Map<String, String> stolen = new TreeMap<>(cookies);
        Matcher token = Pattern.compile("name=\"token\" value=\"([^\"]+)\"").matcher(page);
        assertThat(token.find()).isTrue();
        assertThat(open("POST", "/sign-out", "token=wrong").status()).isEqualTo(403);
        HttpAnswer out = open("POST", "/sign-out", "token=" + token.group(1));
        assertThat(out.status()).isEqualTo(200);
        assertThat(out.body()).contains("You are signed out", entra.url() + "/" + GivenSettings.TENANT);
        assertThat(cookies).isEmpty();

        cookies.putAll(stolen);
        assertThat(location(open("/board"))).isEqualTo("/sign-in?to=%2Fboard");
    }

    @Test
    void theWayToEntraNamesWhatProtectsIt() {
        HttpAnswer begun = open("/sign-in?account=choose");
        Map<String, String> query = dev.lockstep.local.server.Request.pairs(
                URI.create(location(begun)).getRawQuery());

        assertThat(location(begun)).startsWith(entra.url() + "/" + GivenSettings.TENANT + "/oauth2/v2.0/authorize?");
        assertThat(query)
                .containsEntry("client_id", GivenSettings.CLIENT)
                .containsEntry("redirect_uri", CALLBACK)
                .containsEntry("response_type", "code")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("prompt", "select_account");
        assertThat(query.get("code_challenge")).hasSize(43);
        assertThat(List.of(query.get("state"), query.get("nonce")))
                .doesNotHaveDuplicates()
                .allMatch(text -> text.length() >= 22);
        assertThat(begun.cookies())
                .singleElement()
                .asString()
                .startsWith("__Host-lockstep-sign-in=")
                .contains("HttpOnly", "Secure", "Max-Age=900");
    }

    @Test
    void whoHasAnotherRoleIsToldWhichIsMissing() {
        HttpAnswer page = open(location(open(location(signIn("max@contoso.com")))));

        assertThat(page.status()).isEqualTo(403);
        assertThat(page.body())
                .contains("you are signed in as max@contoso.com", "Presence.Read", "Sign in as somebody else");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "//evil.example/board",
                "/\\evil.example",
                "/board/../..//evil.example",
                "/board@evil.example",
                "/sign-out",
                "javascript:alert(1)",
                "/board\r\nX: y",
                ""
            })
    void nobodyIsSentElsewhereByALinkToUs(String to) {
        String way = location(open("/sign-in?to=" + URLEncoder.encode(to, StandardCharsets.UTF_8)));

        assertThat(location(open(chosen(way, "sue@contoso.com")))).isEqualTo("/board");
    }

    private static String with(String url, String name, String value) {
        return url.replaceFirst("([?&]" + name + "=)[^&]*", "$1" + value);
    }

    /** Whoever makes somebody follow a link with their own code would have them work in the wrong name. */
    @Test
    void aSignInThatBeganElsewhereIsNotFinishedHere() {
        String mine = chosen(location(open("/sign-in")), "sue@contoso.com");
        Map<String, String> attempt = new TreeMap<>(cookies);

        assertThat(open(with(mine, "state", "AAAAAAAAAAAAAAAAAAAAAA")).status()).isEqualTo(401);
        cookies.clear();
        assertThat(open(mine).status()).isEqualTo(401);
        cookies.put("__Host-lockstep-sign-in", "forged");
        assertThat(open(mine).status()).isEqualTo(401);
        // A session is no sign-in under way, and the other way round.
        cookies.put("__Host-lockstep", attempt.get("__Host-lockstep-sign-in"));
        assertThat(location(open("/board"))).startsWith("/sign-in");

        cookies.clear();
        cookies.putAll(attempt);
        now = now.plus(Duration.ofMinutes(15));
        assertThat(open(mine).status()).isEqualTo(401);
        now = now.minus(Duration.ofMinutes(6));
        assertThat(open(mine).status()).isEqualTo(303);
        cookies.putAll(attempt);
        assertThat(open(mine).status()).as("a code works once").isEqualTo(401);
        assertThat(edge.failed).isEmpty();
    }

    /** The code of one sign-in does not fit another one's nonce and proof. */
    @Test
    void aCodeOfAnotherSignInIsRefused() {
        String theirs = chosen(location(open("/sign-in")), "max@contoso.com");
        String mine = chosen(location(open("/sign-in")), "sue@contoso.com");
        String code = theirs.replaceAll(".*[?&]code=([^&]*).*", "$1");

        HttpAnswer answer = open(with(mine, "code", Matcher.quoteReplacement(code)));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(cookies).doesNotContainKey("__Host-lockstep");
    }

    @ParameterizedTest
    @CsvSource({
        "access_denied, AADSTS50105: not assigned <b>, you are not assigned to Lockstep API",
        "access_denied, AADSTS65001: consent, an administrator has to consent",
        "server_error, AADSTS90033: transient <script>, Microsoft Entra answered AADSTS90033",
        "consent_required, '<script>alert(1)</script>', Microsoft Entra did not let you in"
    })
    void whatEntraRefusesIsToldInOurWords(String error, String description, String told) {
        String way = location(open("/sign-in"));
        String state = way.replaceAll(".*[?&]state=([^&]*).*", "$1");

        HttpAnswer answer = open("/sign-in/callback?error=" + error + "&error_description="
                + URLEncoder.encode(description, StandardCharsets.UTF_8) + "&state=" + state);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains(told).doesNotContain("<script>", "<b>", "alert(1)");
    }

    @Test
    void whatIsNoWayOfOursIsSaid() {
        assertThat(open("/sign-in/elsewhere").status()).isEqualTo(404);
        assertThat(open("GET", "/sign-out", "").status()).isEqualTo(405);
        assertThat(open("/sign-in?redirect=x").status()).isEqualTo(400);
        List<String> silent = new ArrayList<>();
        silent.add(open("/sign-in/callback").body());
        silent.add(open("/sign-in/callback?code=" + "x".repeat(10_000) + "&state=y")
                .body());
        assertThat(silent).allSatisfy(body -> assertThat(body).contains("sign in again"));
    }

    @Test
    void whileEntraDoesNotAnswerTheBrowserTriesAgain() {
        String mine = chosen(location(open("/sign-in")), "sue@contoso.com");
        EntraSettings nowhere = GivenSettings.of("https://localhost:1", Map.of());
        board = GivenBoard.of(
                new InMemoryAgentStore(StoreFaults.NONE).views(),
                GivenPlatforms.CATALOGUE,
                Supervision.ofEverybody(),
                GivenBrowser.at(
                                nowhere,
                                GivenEntra.tokens(nowhere, http, () -> now),
                                GivenEntra.idTokens(nowhere, http, () -> now),
                                control)
                        .visitors());

        HttpAnswer answer = open(mine);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("http-equiv=\"refresh\"");
    }
}
