package dev.lockstep.administration.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.Requester;
import dev.lockstep.protocol.signature.Digest;
import dev.lockstep.store.ControlKeys;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines and agents in a browser: one by a form, many by CSV, all or none; lines that nobody has. */
class ListTabTest {
    private final GivenPages pages = new GivenPages();

    @BeforeEach
    void desk() {
        pages.world.apply("connections: [{name: desk, system: yealink, tokens: [k7Qe-Vw3mXz9bTpLr2Ns]}]\n"
                + "agents: [{agentId: rita, name: Rita Rep, team: priority}]");
    }

    private HttpAnswer send(String part, String... fields) {
        Map<String, String> form = new HashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            form.put(fields[i], fields[i + 1]);
        }
        return pages.post("part=" + part, form);
    }

    private String lines() {
        return pages.get("part=lines&as=csv").body();
    }

    @Test
    void aLineIsGivenToSomebodyAndTakenAway() {
        HttpAnswer shown = send("lines", "act", "show", "connection", "desk", "line", "1042", "agent", "rita");
        assertThat(GivenPages.read(shown)).contains("Nothing is saved yet.", "line desk 1042: added for rita");
        assertThat(lines()).isEqualTo("connection,line,mac,agent\r\n");

        assertThat(send("lines", "act", "save", "connection", "desk", "line", "1042", "agent", "rita")
                        .body())
                .contains("It is saved.", "part=lines&amp;connection=desk&amp;line=1042&amp;agent=rita");
        assertThat(pages.get("part=lines&connection=desk&line=1042&agent=rita").body())
                .contains("name=\"line\" value=\"1042\"");
        assertThat(send("lines", "act", "remove", "connection", "desk", "line", "1042", "agent", "rita")
                        .status())
                .isEqualTo(200);
        assertThat(lines()).isEqualTo("connection,line,mac,agent\r\n");
    }

    @Test
    void whatIsWrongWithTheFormIsSaidAndStaysTyped() {
        HttpAnswer refused = send("lines", "act", "save", "connection", "dekc", "line", "1042", "agent", "rita");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(GivenPages.read(refused)).contains("There is one mistake. Nothing is saved.");
        assertThat(refused.body()).contains("name=\"connection\" value=\"dekc\"");
    }

    @Test
    void manyLinesComeByCsvAllOrNone() {
        String wrong = "connection,line,agent\r\ndesk,1042,rita\r\ndesk,1043,nobody-at-all\r\ndekc,1044,rita\r\n";
        for (String act : new String[] {"check", "show-all", "save-all"}) {
            HttpAnswer refused = send("lines", "act", act, "text", wrong);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.body()).contains("data-line=\"3\"", "data-line=\"4\"", "desk,1043,nobody-at-all");
        }
        assertThat(lines()).isEqualTo("connection,line,mac,agent\r\n");

        String right = "connection,line,agent\ndesk,1042,rita\ndesk,'+49 30 1,rita\n";
        assertThat(send("lines", "act", "save-all", "text", right).status()).isEqualTo(200);
        assertThat(lines()).contains("desk,1042,,rita\r\n", "desk,'+49 30 1,,rita\r\n");
        assertThat(send("lines", "act", "save-all", "text", lines()).body()).contains("All of it is saved.");
        String gone = "connection,line,remove\ndesk,1042,true\n";
        assertThat(send("lines", "act", "save-all", "text", gone).status()).isEqualTo(200);
        assertThat(lines()).doesNotContain("1042");
    }

    @Test
    void agentsComeAndGoByCsvToo() {
        pages.world.directoryMade(
                "max@contoso.com", "11111111-0000-0000-0000-000000000007", "22222222-0000-0000-0000-000000000007");
        String exported = pages.get("part=agents&as=csv").body();
        assertThat(exported)
                .startsWith("agentId,name,team,")
                .contains("max@contoso.com,Full Name,,", "rita,Rita Rep,priority,");
        assertThat(GivenPages.read(send("agents", "act", "show-all", "text", exported)))
                .contains("There is no mistake.")
                .doesNotContain("Changes");

        assertThat(send("agents", "act", "save-all", "text", "agentId,team\nrita,(none)\nmax@contoso.com,night\n")
                        .status())
                .isEqualTo(200);
        assertThat(pages.world.agent("rita").profile().team()).isEmpty();
        assertThat(pages.world.agent("rita").profile().name()).isEqualTo("Rita Rep");
        assertThat(pages.world.agent("max@contoso.com").profile().team()).isEqualTo("night");
        HttpAnswer wrong = send("agents", "act", "save-all", "text", "agentId,remove\nrita,perhaps\n");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body()).contains("data-line=\"2\"");
        send("agents", "act", "remove", "agentId", "rita", "team", "priority");
        assertThat(pages.world.agent("rita").isRemoved()).isTrue();
    }

    @Test
    void aLineThatNobodyHasIsGivenToSomebody() {
        told("desk#1042");
        HttpAnswer page = pages.get("part=lines");
        assertThat(page.body()).contains("Assign to…", "part=lines&amp;connection=desk&amp;line=1042&amp;known=1042");

        assertThat(pages.get("part=lines&connection=desk&line=1042&known=1042").body())
                .contains("name=\"line\" value=\"1042\"", "name=\"known\" value=\"1042\"");
        assertThat(send("lines", "act", "save", "connection", "desk", "line", "1042", "agent", "rita", "known", "1042")
                        .status())
                .isEqualTo(200);
        assertThat(lines()).contains("desk,1042,,rita");
        assertThat(pages.get("part=lines").body()).doesNotContain("Assign to…");
    }

    /** Of a telephone number only its end is kept; who types another one is told. */
    @Test
    void aNumberIsTypedInFullAndComparedWithItsEnd() {
        String shown = "…67~" + Digest.hex("+49301234567", 4);
        told("desk#" + shown);
        assertThat(pages.get("part=lines").body()).contains(shown).doesNotContain("&amp;line=");

        HttpAnswer other = send(
                "lines", "act", "save", "connection", "desk", "line", "+49301234560", "agent", "rita", "known", shown);
        assertThat(other.status()).isEqualTo(422);
        assertThat(GivenPages.read(other)).contains("is not the one that was told of as " + shown);
        assertThat(send(
                                "lines",
                                "act",
                                "save",
                                "connection",
                                "desk",
                                "line",
                                "+49301234567",
                                "agent",
                                "rita",
                                "known",
                                shown)
                        .status())
                .isEqualTo(200);
    }

    private void told(String line) {
        pages.control.add(ControlKeys.UNKNOWN_LINE + line, 3, Optional.empty());
        pages.control.put(
                ControlKeys.UNKNOWN_LINE_SEEN + line,
                pages.world.clock.instant().toString(),
                Optional.empty());
    }

    @Test
    void longListsAreSearched() {
        StringBuilder many = new StringBuilder("agentId,name\n");
        for (int i = 0; i < 250; i++) {
            many.append("agent").append(i).append(",Somebody ").append(i).append('\n');
        }
        assertThat(send("agents", "act", "save-all", "text", many.toString()).status())
                .isEqualTo(200);

        assertThat(GivenPages.read(pages.get("part=agents"))).contains("There are 251", "200 of 251");
        assertThat(GivenPages.read(pages.get("part=agents&q=SOMEBODY+24"))).contains("11 of 11");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<script>alert(1)</script>", "\"><img src=x onerror=1>", "' onload='x", "{page.title}", "=cmd|x"
            })
    void whatComesFromPeopleAndDocumentsIsOnlyText(String evil) {
        Requester.Holder named = new Requester.Holder(true, "0a1b", evil, Set.of("Configuration.Manage"), Set.of());
        told("desk#" + evil);
        String cell = '"' + evil.replace("\"", "\"\"") + '"';
        pages.post(
                named, "part=agents", Map.of("act", "save-all", "text", "agentId,name,team\nmax," + cell + "," + cell));

        for (HttpAnswer page : new HttpAnswer[] {
            pages.get(named, "part=agents"),
            pages.get(named, "part=lines&" + GivenPages.form(Map.of("agent", evil, "known", evil, "q", evil))),
            pages.post(named, "part=lines", Map.of("act", "save", "connection", evil, "line", evil, "agent", evil)),
            pages.post(named, "part=lines", Map.of("act", "check", "text", cell + ",line\n" + cell + "," + cell)),
            pages.post(named, "part=agents", Map.of("act", "show", "agentId", evil, "team", evil))
        }) {
            String body = page.body().replaceAll("(?s)<script>\\s*\"use strict\".*?</script>", "");
            assertThat(body).doesNotContain("<script", "<img", "' onload");
        }
        assertThat(pages.get("part=agents&as=csv").body()).doesNotContain(",=cmd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dance", "save-everything"})
    void whatTheFormDoesNotHaveIsRefused(String act) {
        assertThat(send("lines", "act", act).status()).isEqualTo(400);
        assertThat(pages.get("part=lines&x=1").status()).isEqualTo(400);
    }
}
