package dev.lockstep.administration.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.administration.ConfigurationFixture;
import dev.lockstep.configured.Connection;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.Requester;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections in a browser; a token or secret is made, shown once, and takes the old one's place without a gap. */
class ConnectionsTabTest {
    private static final String TOKEN = "k7Qe-Vw3mXz9bTpLr2Ns";
    private static final String SECRET = "whsec_a2V5LW9mLXR3ZW50eS1mb3VyLWJ5dGVzLQ==";
    private static final String ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:phones/desk-AbCdEf";
    private static final String NEXT_ARN = ARN.replace("desk", "desk2");
    private static final Pattern FRESH = Pattern.compile("not shown again: <code>([^<]+)</code>");

    private GivenPages pages = new GivenPages();

    private HttpAnswer send(String act, String name, String... fields) {
        Map<String, String> form = new HashMap<>(Map.of("act", act, "name", name));
        String body = pages.get("part=connections&name=" + name).body();
        Matcher version =
                Pattern.compile("(?s)<h3>.*name=\"version\" value=\"([^\"]+)\"").matcher(body);
        assertThat(version.find()).isTrue();
        form.put("version", version.group(1));
        for (int i = 0; i < fields.length; i += 2) {
            form.put(fields[i], fields[i + 1]);
        }
        return pages.post("part=connections", form);
    }

    private Connection stored(String name) {
        return pages.world.configuration().stored().connections().get(name);
    }

    private static String fresh(HttpAnswer page) {
        Matcher made = FRESH.matcher(page.body());
        assertThat(made.find()).as(GivenPages.read(page)).isTrue();
        return made.group(1);
    }

    @Test
    void aConnectionIsAddedChangedAndRemoved() {
        assertThat(GivenPages.read(send(
                        "show", "crm", "system", "webhook", "credential", SECRET, "url", "https://crm.example.com/x")))
                .contains("Nothing is saved yet.", "connection crm: added, webhook");
        assertThat(stored("crm")).isNull();
        HttpAnswer saved = send(
                "save",
                "crm",
                "system",
                "webhook",
                "credential",
                SECRET,
                "url",
                "https://crm.example.com/x",
                "teams",
                "a, b");
        assertThat(saved.status()).isEqualTo(200);
        assertThat(saved.body()).doesNotContain(SECRET).contains("a value, not shown", "a, b");
        assertThat(stored("crm").teams()).containsExactly("a", "b");

        assertThat(send("save", "crm", "system", "webhook", "teams", "(none)").status())
                .isEqualTo(200);
        assertThat(stored("crm").teams()).isEmpty();
        assertThat(stored("crm").secrets()).containsExactly(SECRET);
        HttpAnswer wrong = send("save", "x y", "system", "webhook", "credential", "no secret at all");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body()).contains("name=\"name\" value=\"x y\"").doesNotContain("no secret at all");
        assertThat(send("remove", "crm").status()).isEqualTo(200);
        assertThat(stored("crm")).isNull();
    }

    @Test
    void aNewOneIsShownOnceAndHoldsBesideTheOldOneUntilThatIsTakenAway() {
        pages.world.apply("connections: [{name: desk, system: yealink, tokens: [" + TOKEN + "]},\n"
                + "  {name: pbx, system: generic, secrets: [" + SECRET + "]}]");
        HttpAnswer exchanged = send("rotate", "desk");
        String made = fresh(exchanged);

        assertThat(made).matches("[\\w-]{43}");
        assertThat(stored("desk").tokens()).containsExactly(TOKEN, made);
        for (String part : new String[] {"connections", "history", "lines"}) {
            assertThat(pages.get("part=" + part).body()).doesNotContain(made, TOKEN);
        }
        assertThat(GivenPages.read(send("rotate", "desk"))).contains("two hold already");
        assertThat(send("retire", "desk").body()).doesNotContain(made);
        assertThat(stored("desk").tokens()).containsExactly(made);
        assertThat(send("retire", "desk").status()).isEqualTo(422);

        String secret = fresh(send("rotate", "pbx"));
        assertThat(secret).startsWith("whsec_");
        assertThat(stored("pbx").secrets()).containsExactly(SECRET, secret);
        assertThat(send("rotate", "nobody").status()).isEqualTo(422);
    }

    /** In AWS no value reaches the configuration: the new one is stored by whoever may, and named here. */
    @Test
    void whereValuesAreNotAllowedTheNewOnesReferenceIsNamed() {
        pages = new GivenPages(new ConfigurationFixture(false));
        pages.world.apply("connections: [{name: desk, system: yealink, tokens: [\"" + ARN + "\"]}]");

        assertThat(GivenPages.read(send("rotate", "desk")))
                .contains("Have the new one stored there, and give its ARN.");
        HttpAnswer value = send("rotate", "desk", "credential", TOKEN);
        assertThat(value.status()).isEqualTo(422);
        assertThat(value.body()).doesNotContain(TOKEN);
        assertThat(send("rotate", "desk", "credential", NEXT_ARN).body()).doesNotContain("not shown again");
        assertThat(stored("desk").tokens()).containsExactly(ARN, NEXT_ARN);
        send("retire", "desk");
        assertThat(stored("desk").tokens()).containsExactly(NEXT_ARN);
    }

    /** Else the one that somebody just handed out would be taken away. */
    @Test
    void whatSomebodyElseChangedMeanwhileIsToldAndNothingIsDone() {
        pages.world.apply("connections: [{name: desk, system: yealink, tokens: [" + TOKEN + "]}]");
        String opened = GivenPages.hidden(pages.get("part=connections"), "version");
        String made = fresh(send("rotate", "desk"));

        for (String act : new String[] {"retire", "rotate", "save", "remove"}) {
            HttpAnswer refused = pages.post("part=connections", Map.of("act", act, "name", "desk", "version", opened));
            assertThat(refused.status()).isEqualTo(412);
            assertThat(GivenPages.read(refused)).contains("not as it was when you opened the page");
        }
        assertThat(stored("desk").tokens()).containsExactly(TOKEN, made);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>alert(1)</script>", "\"><img src=x onerror=1>", "' onload='x", "{page.title}"})
    void whatComesFromPeopleAndDocumentsIsOnlyText(String evil) {
        Requester.Holder named = new Requester.Holder(true, "0a1b", evil, Set.of("Configuration.Manage"), Set.of());
        Connection odd = new Connection(
                evil, evil, List.of(), List.of("arn:" + evil), Optional.empty(), List.of(evil), Optional.of(evil));
        pages.world.documents.put(Map.of("connection#" + evil, odd.write()));

        for (HttpAnswer page : new HttpAnswer[] {
            pages.get(named, "part=connections&" + GivenPages.form(Map.of("name", evil))),
            pages.post(
                    named,
                    "part=connections",
                    Map.of("act", "save", "name", evil, "system", evil, "url", evil, "teams", evil, "clientId", evil))
        }) {
            String body = page.body().replaceAll("(?s)<script>\\s*\"use strict\".*?</script>", "");
            assertThat(body).doesNotContain("<script", "<img", "' onload");
        }
    }
}
