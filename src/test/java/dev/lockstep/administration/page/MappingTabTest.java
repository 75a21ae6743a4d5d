package dev.lockstep.administration.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.agent.Profile;
import dev.lockstep.presence.Status;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.Requester;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mapping is typed, checked, tried, saved and brought back in a browser. */
class MappingTabTest {
    private static final String WRAP_UP = "dynamics:\n  read:\n    Wrap-up: {means: busy, as: choice}\n";
    private static final String MISTAKES =
            "dynamics:\r\n  raed: {}\r\n  read:\r\n    Lunch: {means: luch, as: choice}\r\n";
    private static final String BUSY_IS_AWAY = "dynamics: {write: {busy: Away}}";
    private static final String EVIL = "<script>alert(1)</script>";

    private final GivenPages pages = new GivenPages();

    private HttpAnswer send(String act, String text) {
        return pages.post("part=mapping", Map.of("act", act, "text", text, "version", version("part=mapping")));
    }

    private String version(String query) {
        return GivenPages.hidden(pages.get(query), "version");
    }

    private String stored(String scope) {
        return pages.world.documents.all().getOrDefault(scope, "");
    }

    @Test
    void everyMistakeIsToldAtItsLineAndNothingThatWasTypedIsLost() {
        HttpAnswer refused = send("check", MISTAKES);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(GivenPages.read(refused))
                .contains("There are 2 mistakes. Nothing is saved.")
                .contains("Line 2, column 3, mappings.default.dynamics.raed: &quot;raed&quot; is not known here")
                .contains(
                        "Line 4, column 20, mappings.default.dynamics.read.Lunch.means: &quot;luch&quot; is no status")
                .contains("Lunch: {means: luch, as: choice}");
        assertThat(refused.body()).contains("data-line=\"2\"", "aria-invalid=\"true\"", "raed: {}\n  read:");
        assertThat(send("save", MISTAKES).status()).isEqualTo(422);
        assertThat(send("show", "a: [").body()).contains("this is no YAML", "data-line=\"1\"");
        assertThat(pages.world.documents.all()).isEmpty();
    }

    @Test
    void whoWouldChangeIsShownFromWhatToWhatAndNothingIsSaved() {
        pages.world.directoryMade("rita@contoso.com", "d1", "t1");
        pages.world.decided("rita@contoso.com", Status.BUSY);

        HttpAnswer shown = send("show", BUSY_IS_AWAY);

        assertThat(shown.status()).isEqualTo(200);
        assertThat(GivenPages.read(shown))
                .contains("There is no mistake. Nothing is saved yet.", "mapping default: added")
                .contains("Agents who are shown otherwise at present: 1")
                .contains("Full Namerita@contoso.combusyDynamicsBusyAway");
        assertThat(pages.world.documents.all()).isEmpty();
        assertThat(GivenPages.read(send("check", BUSY_IS_AWAY)))
                .contains("There is no mistake.")
                .doesNotContain("shown otherwise");
    }

    @Test
    void whatIsSavedIsShownAndRemembered() {
        HttpAnswer saved = send("save", WRAP_UP);

        assertThat(saved.status()).isEqualTo(200);
        assertThat(GivenPages.read(saved)).contains("It is saved.", WRAP_UP.replaceAll("\\s+", " "));
        assertThat(stored("default")).contains("Wrap-up");
        assertThat(GivenPages.read(pages.get("part=history")))
                .contains("user:0a1b (Anna Admin)", "mapping default: added");
    }

    @Test
    void aTeamHasItsOwn() {
        String team = "part=mapping&team=Night+Shift";
        Map<String, String> form = Map.of("act", "save", "text", WRAP_UP, "version", version(team));

        assertThat(GivenPages.read(pages.post(team, form))).contains("nobody is in the team", "It is saved.");
        assertThat(stored("team#night shift")).contains("Wrap-up");
        assertThat(pages.get("part=mapping").body()).contains("<option value=\"night shift\">");
    }

    @Test
    void whatSomebodyElseSavedMeanwhileIsToldAndNothingIsLost() {
        String opened = version("part=mapping");
        pages.world.apply("mappings: {default: {dynamics: {read: {Lunch: ignore}}}}");

        HttpAnswer refused = pages.post("part=mapping", Map.of("act", "save", "text", WRAP_UP, "version", opened));

        assertThat(refused.status()).isEqualTo(412);
        assertThat(GivenPages.read(refused))
                .contains("somebody changed this mapping since you opened it; the last change")
                .contains("Wrap-up: {means: busy, as: choice}", "What is stored now", "Lunch: ignore");
        assertThat(stored("default")).contains("Lunch");

        Map<String, String> again =
                Map.of("act", "save", "text", WRAP_UP, "version", GivenPages.hidden(refused, "version"));
        assertThat(pages.post("part=mapping", again).status()).isEqualTo(200);
        assertThat(stored("default")).contains("Wrap-up").doesNotContain("Lunch");
    }

    /** Otherwise a look at what would change hides what somebody else changed before it. */
    @Test
    void aLookKeepsTheVersionThatWasOpened() {
        String opened = version("part=mapping");
        pages.world.apply("mappings: {default: {dynamics: {read: {Lunch: ignore}}}}");
        HttpAnswer looked = pages.post("part=mapping", Map.of("act", "show", "text", WRAP_UP, "version", opened));

        assertThat(GivenPages.hidden(looked, "version")).isEqualTo(opened);
    }

    @Test
    void whatWasBeforeAChangeIsBroughtBack() {
        send("save", WRAP_UP);
        send("save", BUSY_IS_AWAY);
        HttpAnswer history = pages.get("part=history");
        String[] ways = history.body().split("part=mapping&amp;team=&amp;before=");
        assertThat(ways).hasSize(3);
        String id = ways[1].substring(0, ways[1].indexOf('"'));

        HttpAnswer before = pages.get("part=mapping&team=&before=" + id);
        assertThat(GivenPages.read(before))
                .contains(
                        "as it was before that change. Save it",
                        "Wrap-up: {means: busy, as: choice}",
                        "mapping default: changed");
        assertThat(stored("default")).doesNotContain("Wrap-up");

        Map<String, String> form =
                Map.of("act", "save", "text", WRAP_UP, "version", GivenPages.hidden(before, "version"));
        assertThat(pages.post("part=mapping&team=", form).status()).isEqualTo(200);
        assertThat(stored("default")).contains("Wrap-up");
        assertThat(pages.get("part=mapping&before=0123").status()).isEqualTo(404);
        assertThat(pages.get("part=mapping&team=other&before=" + id).status()).isEqualTo(404);
    }

    @Test
    void formerMappingsAreKeptForTheLastTenChanges() {
        for (int i = 0; i < 15; i++) {
            send("save", "dynamics: {read: {Lunch " + i + ": ignore}}");
        }
        send("save", "dynamics: {read: {" + "x".repeat(70_000) + ": ignore}}");
        send("save", "");

        assertThat(pages.world.documents.all().keySet().stream().filter(scope -> scope.startsWith("former#")))
                .hasSizeBetween(8, 10);
        assertThat(pages.get("part=history").body().split("before=")).hasSizeBetween(9, 11);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                EVIL,
                "\"><img src=x onerror=1>",
                "' onload='x",
                "{page.title}",
                "</textarea><script>alert(1)</script>"
            })
    void whatComesFromPeopleAndDocumentsIsOnlyText(String evil) {
        Requester.Holder named = new Requester.Holder(true, "0a1b", evil, Set.of("Configuration.Manage"), Set.of());
        String yaml = "dynamics: {read: {" + json(evil) + ": ignore}}\n" + json(evil) + ": 1\n";
        String team = "part=mapping&team=" + GivenPages.form(Map.of("x", evil)).substring(2);
        pages.world.save(
                pages.world.directoryMade("rita@contoso.com", "d1", "t1").with(new Profile(evil, "", Map.of())));
        pages.world.decided("rita@contoso.com", Status.BUSY);

        for (HttpAnswer page : new HttpAnswer[] {
            pages.post(named, "part=mapping", Map.of("act", "check", "text", yaml)),
            pages.post(named, "part=mapping", Map.of("act", "show", "text", BUSY_IS_AWAY)),
            pages.post(named, team, Map.of("act", "show", "text", yaml)),
            pages.post(
                    named,
                    "part=mapping",
                    Map.of(
                            "act",
                            "save",
                            "text",
                            "dynamics: {read: {" + json(evil) + ": ignore}}",
                            "version",
                            version("part=mapping"))),
            pages.get(named, "part=mapping"),
            pages.get(named, team),
            pages.get(named, "part=history")
        }) {
            String body = page.body().replaceAll("(?s)<script>\\s*\"use strict\".*?</script>", "");
            assertThat(body).doesNotContain("<script", "<img", "' onload", "</textarea><s");
            assertThat(GivenPages.read(page)).contains(escaped(evil));
        }
    }

    private static String json(String text) {
        return '"' + text.replace("\"", "\\\"") + '"';
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
