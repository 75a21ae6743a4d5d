package dev.lockstep.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.Defaults;
import dev.lockstep.configured.SupervisorGroup;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.protocol.http.RejectionReason;
import dev.lockstep.protocol.http.Requester;
import dev.lockstep.store.InMemoryControl;
import dev.lockstep.store.StoreFaults;
import dev.lockstep.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is taken for signed in, and whose acts are theirs. */
class BrowserSessionsTest {
    private static final Instant NOW = Instant.parse("2026-11-28T09:00:00Z");
    private static final String GROUP = "33333333-0000-4000-8000-000000000001";
    private static final Requester.Holder RITA = new Requester.Holder(
            true,
            "22222222-0000-4000-8000-000000000001",
            "Rita Rep",
            Set.of("Presence.Read", "Presence.Supervise"),
            Set.of(GROUP, "33333333-0000-4000-8000-000000000002"));

    private Instant now = NOW;
    private List<SupervisorGroup> groups = List.of(new SupervisorGroup(GROUP, List.of("priority")));
    private final InMemoryControl control = new InMemoryControl(() -> now);
    private final GivenBrowser browser = browser(Map.of());
    private final BrowserSessions sessions = browser.sessions();

    private GivenBrowser browser(Map<String, String> values) {
        return GivenBrowser.of(GivenBrowser.settings(values), () -> groups, control);
    }

    private HttpCall call(String method, String cookie, Map<String, String> headers, String body) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Cookie", cookie);
        return HttpCall.of(method, "/board", "", all, Body.of(body), now);
    }

    private Optional<BrowserSession> session(String cookie) {
        return sessions.of(call("GET", cookie, Map.of(), ""));
    }

    @Test
    void aSessionCarriesWhatEntraToldAndEndsByItself() {
        String cookie = browser.signedIn(RITA, NOW);

        BrowserSession session = session("other=1; " + cookie + "; more=2").orElseThrow();
        assertThat(session.person().roles()).isEqualTo(RITA.roles());
        assertThat(session.person().groups()).containsExactly(GROUP);
        assertThat(session.person().label()).isEqualTo(RITA.label());
        assertThat(session.toString()).doesNotContain("Rita").doesNotContain(session.formToken());

        now = NOW.plus(Duration.ofHours(8)).minusSeconds(1);
        assertThat(session(cookie)).isPresent();
        now = NOW.plus(Duration.ofHours(8));
        assertThat(session(cookie)).isEmpty();
    }

    @Test
    void theCookieIsForThisHostOverTlsAndForNoScript() {
        assertThat(sessions.begun(RITA, NOW))
                .startsWith("__Host-lockstep=")
                .endsWith("; Path=/; Max-Age=28800; HttpOnly; SameSite=Lax; Secure");
        assertThat(browser(Map.of("lockstep.browser.url", "http://localhost:8080"))
                        .sessions()
                        .begun(RITA, NOW))
                .startsWith("lockstep=")
                .endsWith("; HttpOnly; SameSite=Lax");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://presence.contoso.com", "ftp://localhost", "presence.contoso.com"})
    void nobodySignsInWhereOthersCouldRead(String url) {
        assertThatExceptionOfType(PlatformException.PermissionMissing.class)
                .isThrownBy(() ->
                        browser(Map.of("lockstep.browser.url", url)).sessions().begun(RITA, NOW))
                .withMessageContaining("lockstep.browser.url");
    }

    @Test
    void whatIsTamperedWithOrOfAnotherKeyOrOversizedIsNobody() {
        String cookie = browser.signedIn(RITA, NOW);
        String foreign = browser(Map.of("lockstep.browser.session-keys", GivenBrowser.NEXT_KEY))
                .signedIn(RITA, NOW);

        assertThat(session(foreign)).isEmpty();
        assertThat(session(cookie.substring(0, cookie.length() - 1))).isEmpty();
        assertThat(session(cookie + "A")).isEmpty();
        assertThat(session("__Host-lockstep=" + "A".repeat(200_000))).isEmpty();
        assertThat(session(cookie.replace("__Host-", ""))).isEmpty();
        assertThat(session("")).isEmpty();
        // Whoever can set a cookie for the host cannot shut out who is signed in.
        assertThat(session("__Host-lockstep=forged; " + cookie)).isPresent();
    }

    @Test
    void aSessionOutlivesTheReplacementOfItsKey() {
        String cookie = browser.signedIn(RITA, NOW);
        BrowserSessions later = browser(
                        Map.of("lockstep.browser.session-keys", GivenBrowser.NEXT_KEY + "," + GivenBrowser.KEY))
                .sessions();

        assertThat(later.of(call("GET", cookie, Map.of(), ""))).isPresent();
        assertThat(session(later.begun(RITA, NOW).split(";")[0])).isEmpty();
    }

    @Test
    void aCopiedCookieIsWorthNothingAfterSigningOut() {
        String cookie = browser.signedIn(RITA, NOW);
        String another = browser.signedIn(RITA, NOW);

        assertThat(sessions.ended(call("POST", cookie, Map.of(), ""))).contains("__Host-lockstep=;", "Max-Age=0");
        assertThat(session(cookie)).isEmpty();
        assertThat(session(another)).isPresent();
        // What was remembered of it goes when it would have ended.
        assertThat(control.withPrefix("signed-out#")).hasSize(1);
        now = NOW.plus(Duration.ofHours(8));
        assertThat(control.withPrefix("signed-out#")).isEmpty();
        assertThat(session(cookie)).isEmpty();
    }

    @Test
    void whereNobodyKnowsWhetherItWasSignedOutNobodyIsLetIn() {
        AtomicBoolean down = new AtomicBoolean();
        InMemoryControl unsure = new InMemoryControl(() -> now, new StoreFaults() {
            @Override
            public void before(String call) {
                if (down.get()) {
                    throw new StoreUnavailable("down", null);
                }
            }
        });
        GivenBrowser other = GivenBrowser.of(GivenBrowser.settings(Map.of()), List::of, unsure);
        String cookie = other.signedIn(RITA, NOW);
        down.set(true);

        assertThatExceptionOfType(StoreUnavailable.class)
                .isThrownBy(() -> other.sessions().of(call("GET", cookie, Map.of(), "")));
    }

    @Test
    void hundredsOfGroupsDoNotFitAndItIsSaid() {
        Set<String> many = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            many.add("33333333-0000-4000-8000-%012d".formatted(i));
        }
        Requester.Holder member = new Requester.Holder(true, RITA.id(), "Rita", RITA.roles(), many);
        assertThat(session(browser.signedIn(member, NOW))).isPresent();

        groups = many.stream()
                .map(group -> new SupervisorGroup(group, List.of("t")))
                .toList();
        assertThatExceptionOfType(RejectedRequest.class)
                .isThrownBy(() -> browser.signedIn(member, NOW))
                .withMessageContaining("too many of the groups");
    }

    private static RejectionReason refusal(Runnable act) {
        try {
            act.run();
            return null;
        } catch (RejectedRequest why) {
            return why.reason();
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "https://presence.contoso.com, same-origin, own, -",
                "https://presence.contoso.com, -, own, -",
                "-, same-origin, own, -",
                "-, -, own, FORBIDDEN",
                "null, -, own, FORBIDDEN",
                "https://evil.example, -, own, FORBIDDEN",
                "https://presence.contoso.com.evil.example, -, own, FORBIDDEN",
                "http://presence.contoso.com, -, own, FORBIDDEN",
                "https://presence.contoso.com, cross-site, own, FORBIDDEN",
                "https://presence.contoso.com, same-site, own, FORBIDDEN",
                "https://presence.contoso.com, none, own, FORBIDDEN",
                "https://presence.contoso.com, same-origin, -, FORBIDDEN",
                "https://presence.contoso.com, same-origin, foreign, FORBIDDEN"
            })
    void anActComesFromAFormOfThisVerySession(String origin, String site, String token, RejectionReason refused) {
        String cookie = browser.signedIn(RITA, NOW);
        String other = session(browser.signedIn(RITA, NOW)).orElseThrow().formToken();
        String own = session(cookie).orElseThrow().formToken();
        Map<String, String> headers = new HashMap<>();
        Optional.ofNullable(origin).ifPresent(text -> headers.put("Origin", text));
        Optional.ofNullable(site).ifPresent(text -> headers.put("Sec-Fetch-Site", text));
        String body = token == null ? "" : "a=b&token=" + (token.equals("own") ? own : other);

        assertThat(refusal(() -> sessions.demandOwnPage(call("POST", cookie, headers, body))))
                .isEqualTo(refused);
    }

    /** On a laptop nobody is asked for a token; a page elsewhere may still not act there. */
    @Test
    void whereNobodySignsInThePageMustBeOfTheSameHost() {
        BrowserSessions laptop = GivenBrowser.of(Defaults.of(BrowserSettings.class), List::of, control)
                .sessions();
        Map<String, String> own = Map.of("Host", "localhost:8080", "Origin", "http://localhost:8080");
        Map<String, String> foreign = Map.of("Host", "localhost:8080", "Origin", "http://localhost:3000");

        laptop.demandOwnPage(call("POST", "", own, ""));
        assertThat(refusal(() -> laptop.demandOwnPage(call("POST", "", foreign, ""))))
                .isEqualTo(RejectionReason.FORBIDDEN);
    }

    private HttpAnswer received(HttpCall call) {
        return browser.visitors().received(call, (asked, visitor) -> {
            asked.caller().demand("Configuration.Manage", "Presence.Supervise");
            return HttpAnswer.text(200, asked.caller().label());
        });
    }

    @Test
    void whoIsNotSignedInIsLedThereAndBack() {
        HttpCall stranger = HttpCall.of("GET", "/board", "team=a%26b", Map.of(), Body.EMPTY, NOW)
                .withCaller(new Requester.Unverified());

        assertThat(received(stranger)).isEqualTo(HttpAnswer.seeOther("/sign-in?to=%2Fboard%3Fteam%3Da%2526b"));
        assertThatThrownBy(() -> received(HttpCall.of("POST", "/board", "", Map.of(), Body.EMPTY, NOW)
                        .withCaller(new Requester.Unverified())))
                .hasMessageContaining("your session has ended");
        assertThat(received(call("GET", browser.signedIn(RITA, NOW), Map.of(), "")
                                .withCaller(new Requester.Unverified()))
                        .body())
                .isEqualTo(RITA.label());
    }

    @Test
    void whoLacksARoleIsToldWhichAndAsWhomTheyAreSignedIn() {
        Requester.Holder nobody = new Requester.Holder(true, RITA.id(), "Rita <b>", Set.of(), Set.of());
        HttpCall asked = call("GET", browser.signedIn(nobody, NOW), Map.of(), "");

        assertThatExceptionOfType(RejectedRequest.class)
                .isThrownBy(() -> received(asked))
                .satisfies(why -> assertThat(browser.visitors().rejection(why).body())
                        .contains("you are signed in as Rita &lt;b&gt;: the token lacks the role", "Presence.Supervise")
                        .contains("href=\"/sign-in?account=choose\"")
                        .doesNotContain("<b>"));
    }

    /** A token that the gateway verified counts, whatever cookie comes with it. */
    @Test
    void aTokenGoesBeforeASession() {
        Requester.Holder application = new Requester.Holder(false, "a1", "", Set.of("Configuration.Manage"), Set.of());

        assertThat(received(call("GET", browser.signedIn(RITA, NOW), Map.of(), "")
                                .withCaller(application))
                        .body())
                .isEqualTo("app:a1");
    }
}
