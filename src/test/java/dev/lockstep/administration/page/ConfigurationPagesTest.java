package dev.lockstep.administration.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.Requester;
import dev.lockstep.protocol.signature.Digest;
import dev.lockstep.store.StoreFaults;
import dev.lockstep.store.StoreUnavailable;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who comes to the administrator's pages, and how: by their own session, with the role, from a page of ours. */
class ConfigurationPagesTest {
    private static final Map<String, String> SAVE =
            Map.of("act", "save", "text", "dynamics: {read: {Lunch: ignore}}", "version", "");
    private static final Requester.Holder SUE =
            new Requester.Holder(true, "0b1c", "Sue", Set.of("Presence.Read", "Presence.Supervise"), Set.of());

    private final GivenPages pages = new GivenPages();

    private void nothingIsChanged() {
        assertThat(pages.world.documents.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "part=mapping", "part=history"})
    void withoutItsRoleNothingIsShownOrChangedAndItIsSaidWhatIsMissing(String query) {
        for (HttpAnswer refused : new HttpAnswer[] {pages.get(SUE, query), pages.post(SUE, query, SAVE)}) {
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body()).contains("signed in as Sue", "Configuration.Manage");
        }
        nothingIsChanged();
    }

    @Test
    void whoIsNotSignedInIsLedToTheSignInAndBack() {
        HttpAnswer answer = pages.answer(pages.of("GET", "part=history", Map.of(), ""));

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.headers().get("Location")).isEqualTo("/sign-in?to=%2Fboard%2Fconfiguration%3Fpart%3Dhistory");
        assertThat(pages.answer(pages.of("POST", "part=mapping", Map.of(), "act=save"))
                        .status())
                .isEqualTo(401);
        nothingIsChanged();
    }

    @ParameterizedTest
    @CsvSource({
        "sec-fetch-site, cross-site",
        "sec-fetch-site, same-site",
        "sec-fetch-site, none",
        "origin, https://evil.example",
        "origin, null"
    })
    void onlyPagesOfOursMaySendAForm(String header, String value) {
        Map<String, String> headers = pages.headers(GivenPages.ANNA);
        headers.keySet().removeIf(name -> name.equalsIgnoreCase(header));
        headers.put(header, value);
        String body = GivenPages.form(SAVE) + "&token=" + pages.token(GivenPages.ANNA);

        assertThat(pages.answer(pages.of("POST", "part=mapping", headers, body)).status())
                .isEqualTo(403);
        nothingIsChanged();
    }

    @Test
    void anotherSessionsTokenIsNone() {
        for (String token : new String[] {"", "&token=", "&token=x", "&token=" + pages.token(SUE)}) {
            HttpCall call = pages.call("POST", GivenPages.ANNA, "part=mapping", GivenPages.form(SAVE) + token);
            assertThat(pages.answer(call).status()).as(token).isEqualTo(403);
        }
        nothingIsChanged();
    }

    @Test
    void whatIsTooLargeIsRefusedUnread() {
        HttpAnswer refused =
                pages.answer(pages.call("POST", GivenPages.ANNA, "part=mapping", "text=" + "x".repeat(1024 * 1024)));

        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.contentType()).isEqualTo("text/html");
        assertThat(pages.post("part=mapping", Map.of("act", "save", "text", "x".repeat(300_000), "version", ""))
                        .status())
                .isIn(412, 422);
        nothingIsChanged();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, part=dance, 404",
        "GET, part=mapping&x=1, 400",
        "POST, part=dance, 404",
        "POST, part=mapping, 400",
        "POST, part=history, 400"
    })
    void whatThePagesDoNotHaveIsRefused(String method, String query, int status) {
        HttpAnswer answer = method.equals("GET") ? pages.get(query) : pages.post(query, Map.of("act", "dance"));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.contentType()).isEqualTo("text/html");
    }

    @Test
    void whoseSessionDoesNotTellWhoTheyAreChangesNothing() {
        Requester.Holder nameless = new Requester.Holder(true, "", "", Set.of("Configuration.Manage"), Set.of());

        assertThat(pages.post(nameless, "part=mapping", SAVE).status()).isEqualTo(403);
        nothingIsChanged();
    }

    @Test
    void aStoreThatDoesNotAnswerIsSaid() {
        GivenPages broken = new GivenPages(new StoreFaults() {
            @Override
            public void before(String call) {
                throw new StoreUnavailable(call, null);
            }
        });

        assertThat(broken.get("part=mapping").status()).isEqualTo(503);
        assertThat(broken.post("part=mapping", SAVE).body()).contains("it may be saved or not");
    }

    @Test
    void itsPolicyAllowsItsOwnStyleAndScriptOnly() {
        HttpAnswer page = pages.get("");

        assertThat(page.headers().get("Content-Security-Policy"))
                .contains("default-src 'none'", "form-action 'self'", "connect-src 'self'", "frame-ancestors 'none'")
                .contains(digest(page.body(), "style"), digest(page.body(), "script"))
                .doesNotContain("unsafe");
        assertThat(page.body()).doesNotContainPattern(" on[a-z]+=").doesNotContain(" style=");
    }

    private static String digest(String html, String element) {
        Matcher text = Pattern.compile("<" + element + ">(.*?)</" + element + ">", Pattern.DOTALL)
                .matcher(html);
        assertThat(text.find()).isTrue();
        return element + "-src 'sha256-" + Base64.getEncoder().encodeToString(Digest.sha256(text.group(1))) + "'";
    }

    @Test
    void everyPartIsOneStepAway() {
        assertThat(pages.get("").body())
                .contains("href=\"/board/configuration?part=mapping\" aria-current=\"page\"")
                .contains("href=\"/board/configuration?part=history\"", "Signed in as Anna Admin");
    }
}
