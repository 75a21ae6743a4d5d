package dev.lockstep.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.agent.AgentView;
import dev.lockstep.browser.GivenBrowser;
import dev.lockstep.configured.SupervisorGroup;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.presence.Status;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.EdgeInMemory;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.Requester;
import dev.lockstep.protocol.http.Supervision;
import dev.lockstep.store.AgentViews;
import dev.lockstep.store.InMemoryControl;
import dev.lockstep.store.StoreUnavailable;
import dev.lockstep.sync.queue.BulkLane;
import dev.lockstep.sync.queue.Turns;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The page as a browser, and a reader of screens, gets it. */
class BoardTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private static final AgentView.OnPlatform NOTHING_KNOWN = new AgentView.OnPlatform(
            Optional.empty(), Optional.empty(), Optional.empty(), Condition.IN_SYNC, "", Optional.empty());

    /** Of DynamoDB, in bytes. */
    private static final int LONGEST_KEY = 2_048;

    private final Views views = new Views();
    private final Board board =
            GivenBoard.of(views, GivenPlatforms.CATALOGUE, Supervision.ofEverybody(), GivenBrowser.none());
    private final EdgeInMemory edge = new EdgeInMemory();

    @Test
    void everyAgentIsShownByTeamWithStatusTimeAndReasons() throws Exception {
        views.add(agent("rita", "Rita Rep", "priority", Status.ON_A_CALL));
        views.add(agent("max", "Max", "", Status.AVAILABLE));
        views.add(agent("anna", "Anna", "priority", Status.OFFLINE));

        Document page = page("");

        assertThat(texts(page, "caption")).containsExactly("Without a team (1)", "Team priority (2)");
        assertThat(texts(page, "h1")).containsExactly("Availability of all agents");
        List<String> rows = texts(page, "tr");
        assertThat(rows).hasSize(5);
        assertThat(rows.get(1)).contains("Max", "Available", "4 min ago", "2026-11-22 09:55:30 UTC");
        assertThat(rows.get(3)).contains("Anna", "Offline");
        assertThat(rows.get(4)).contains("Rita Rep", "On a call", "because of max's doing");
    }

    @Test
    void whereAPlatformDiffersItSaysWhatHealsIt() throws Exception {
        AgentView rita = agent("rita", "Rita", "", Status.ON_A_CALL);
        rita.details()
                .platforms()
                .put("teams", on(Status.ON_A_CALL, Status.AVAILABLE, Condition.THROTTLED, "wait <1> min"));
        rita.details().platforms().put("dynamics", on(Status.ON_A_CALL, Status.ON_A_CALL, Condition.IN_SYNC, "fine"));
        rita.details().platforms().put("application:crm", told(Status.ON_A_CALL, NOW.minusSeconds(200)));
        rita.details().platforms().put("application:erp", NOTHING_KNOWN);
        views.add(rita);

        Document page = page("");
        String row = texts(page, "tr").get(1);

        assertThat(row).contains("Teams: shows Available, wanted On a call (Throttled)wait <1> min");
        assertThat(row)
                .contains("Dynamics: shows On a call, wanted On a call (InSync)")
                .doesNotContain("fine");
        assertThat(row).contains("Application crm: told On a call 3 min ago, wanted On a call (InSync)");
        assertThat(row).contains("Application erp: nothing is known of it, nothing wanted (InSync)");
        assertThat(texts(page, "li")).contains("1 out of sync", "1 on a call", "0 available");
    }

    @Test
    void whoCannotBeReadIsNamedAndHidesNobodyElse() throws Exception {
        views.add(agent("rita", "Rita", "", Status.AWAY));
        assertThat(texts(page(""), "p")).isEmpty();

        views.unreadable.addAll(List.of("ada@contoso.com", "<eve>"));
        assertThat(texts(page(""), "p"))
                .singleElement()
                .asString()
                .contains("2 cannot be shown", "ada@contoso.com", "<eve>");
        assertThat(texts(page(""), "tr")).hasSize(2);
    }

    @Test
    @DisplayName("while five thousand go home, it says how far that is, whichever team is looked at")
    void howFarWorkForManyIs() throws Exception {
        Instant[] now = {NOW};
        BulkLane lane = new BulkLane(GivenPlatforms.CATALOGUE, new InMemoryControl(() -> now[0]), () -> now[0]);
        Board busy =
                GivenBoard.of(views, GivenPlatforms.CATALOGUE, Supervision.ofEverybody(), GivenBrowser.none(), lane);
        Turns turns = lane.reserve(5_000);
        now[0] = turns.of(2_000);

        assertThat(edge.answer(busy, call("GET", "team=priority")).body())
                .contains(
                        "2000 of 5000 have had their turn",
                        "datetime=\"" + turns.of(5_000).toString().substring(0, 19));
        now[0] = turns.of(5_001);
        assertThat(edge.answer(busy, call("GET", "")).body()).doesNotContain("had their turn");
    }

    @Test
    void aTeamThatNoStoreCouldHoldIsNobodys() throws Exception {
        views.add(agent("rita", "Rita", "", Status.AWAY));

        assertThat(texts(page("team=" + "x".repeat(LONGEST_KEY + 1)), "td")).isEmpty();
    }

    @Test
    void theSummaryCountsEverybodyOnce() throws Exception {
        for (Status status : Status.values()) {
            views.add(agent(status.label(), status.label(), "", status));
        }

        assertThat(texts(page(""), "li").subList(0, 6))
                .containsExactly("1 available", "3 busy", "1 on a call", "2 away", "1 offline", "0 out of sync");
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void colourIsNeverAllThatTells(Status status) throws Exception {
        views.add(agent("a", "A", "", status));

        Element shown = (Element) page("").getElementsByTagName("span").item(0);

        assertThat(shown.getAttribute("class")).isEqualTo("s " + status.label());
        assertThat(shown.getTextContent()).isEqualTo(Words.of(status)).isNotBlank();
        assertThat(style(html(""))).contains("." + status.label());
    }

    @Test
    void oneTeamAlone() throws Exception {
        views.add(agent("rita", "Rita", "priority & co", Status.AWAY));
        views.add(agent("max", "Max", "other", Status.AWAY));

        Document page = page("team=priority+%26+co");

        assertThat(texts(page, "caption")).containsExactly("Team priority & co (1)");
        assertThat(texts(page, "h1")).containsExactly("Availability of team priority & co");
        assertThat(html("team=priority+%26+co")).contains("<a href=\"?team=priority%20%26%20co\">");
    }

    @Test
    void aParameterThatNobodyKnowsIsRefusedByName() {
        HttpAnswer answer = edge.answer(board, call("GET", "team=priority&filter=busy"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("filter", "team");
        assertThat(edge.answer(board, call("GET", "status=dancing")).body()).contains("onACall");
        assertThat(edge.answer(board, call("GET", "page=0")).status()).isEqualTo(400);
    }

    private List<String> names(String query) throws Exception {
        return texts(page(query), "th").stream()
                .filter(text -> List.of("Rita", "Max", "Anna").contains(text))
                .toList();
    }

    @Test
    void oneIsFoundByNameStatusConditionAndOutOfSync() throws Exception {
        AgentView rita = agent("rita", "Rita", "a", Status.BUSY);
        rita.details().platforms().put("teams", on(Status.BUSY, Status.AWAY, Condition.THROTTLED, "wait"));
        views.add(rita);
        views.add(agent("max@contoso.com", "Max", "a", Status.AVAILABLE));
        views.add(agent("anna", "Anna", "b", Status.AVAILABLE));

        assertThat(names("name=rIT")).containsExactly("Rita");
        assertThat(names("name=CONTOSO")).containsExactly("Max");
        assertThat(names("status=available")).containsExactly("Max", "Anna");
        assertThat(names("status=available&team=b")).containsExactly("Anna");
        assertThat(names("condition=Throttled")).containsExactly("Rita");
        assertThat(names("condition=out-of-sync")).containsExactly("Rita");
        assertThat(names("sort=out-of-sync")).containsExactly("Rita", "Max", "Anna");
        assertThat(names("sort=status")).containsExactly("Max", "Rita", "Anna");
        assertThat(names("name=nobody")).isEmpty();
        assertThat(texts(page("name=nobody"), "p").getFirst()).contains("show all teams");
    }

    /** A first screen stays small, and what comes after it is one link away. */
    @Test
    void tenThousandAreReadInPages() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            views.add(
                    agent("agent" + i + "@contoso.com", "Agent %05d".formatted(i), "team" + i % 20, Status.AVAILABLE));
        }

        assertThat(html("").length()).isLessThan(200 * 1024);
        assertThat(texts(page(""), "li")).contains("10000 available", "1", "50");
        assertThat(html("page=2")).contains("href=\"?page=3\"", "aria-current=\"page\"");
        assertThat(texts(page("page=51"), "td")).isEmpty();
    }

    @Test
    void anUnknownTeamAndAnEmptyDirectorySaySo() throws Exception {
        assertThat(texts(page("team=nobody"), "p")).hasSize(1);
        assertThat(texts(page(""), "p").getFirst()).contains("directory");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<script>alert(1)</script>", "\"><img src=x onerror=1>", "' onload='x", "a&b;", "\u0000\u0008x"})
    void whatComesFromElsewhereIsOnlyText(String evil) throws Exception {
        AgentView view = new AgentView(evil, evil, evil, Status.BUSY, Optional.of(NOW), details(List.of(evil)));
        view.details().platforms().put(evil, on(Status.BUSY, Status.AWAY, Condition.UNMAPPED, evil));
        views.add(view);

        Document page = page("");

        assertThat(page.getElementsByTagName("script").getLength()).isZero();
        assertThat(page.getElementsByTagName("img").getLength()).isZero();
        assertThat(texts(page, "tr").get(1)).contains(evil.replaceAll("\\p{Cntrl}", " "));
        assertThat(page.getElementsByTagName("*")).satisfies(BoardTest::noneListens);
    }

    private static void noneListens(NodeList all) {
        for (int i = 0; i < all.getLength(); i++) {
            for (int j = 0; j < all.item(i).getAttributes().getLength(); j++) {
                assertThat(all.item(i).getAttributes().item(j).getNodeName())
                        .doesNotStartWith("on")
                        .isNotEqualTo("style");
            }
        }
    }

    @Test
    void tablesAreReadableByWhoeverCannotSeeThem() throws Exception {
        views.add(agent("rita", "Rita", "priority", Status.AWAY));

        Document page = page("");

        assertThat(page.getDocumentElement().getAttribute("lang")).isEqualTo("en");
        NodeList headings = page.getElementsByTagName("th");
        assertThat(headings.getLength()).isEqualTo(6);
        for (int i = 0; i < headings.getLength(); i++) {
            assertThat(((Element) headings.item(i)).getAttribute("scope")).isEqualTo(i < 5 ? "col" : "row");
        }
        assertThat(style(html(""))).contains("color-scheme:light dark");
    }

    @Test
    void thePageLoadsNothingAndItsPolicyAllowsItsOwnStyleOnly() throws Exception {
        views.add(agent("rita", "Rita", "", Status.AWAY));
        HttpAnswer answer = edge.answer(board, call("GET", ""));
        String html = answer.body();
        String policy = answer.headers().get("Content-Security-Policy");
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(style(html).getBytes(StandardCharsets.UTF_8));

        assertThat(policy)
                .contains(
                        "default-src 'none'",
                        "style-src 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'")
                .doesNotContain("unsafe");
        assertThat(answer.contentType()).isEqualTo("text/html");
        assertThat(html)
                .contains("<noscript><meta http-equiv=\"refresh\" content=\"5\"></noscript>")
                .doesNotContain("src=", "http://", "https://");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "HEAD", "PUT", "DELETE", "OPTIONS"})
    void anotherMethodIsRefused(String method) {
        HttpAnswer answer = edge.answer(
                board, HttpCall.of(method, "/board", "", Map.of("Sec-Fetch-Site", "same-origin"), Body.EMPTY, NOW));

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers()).containsEntry("Allow", "GET");
        assertThat(edge.refused).containsExactly("METHOD");
    }

    @Test
    void aStoreThatDoesNotAnswerIsSaid() {
        views.down = true;

        HttpAnswer answer = edge.answer(board, call("GET", ""));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsEntry("Retry-After", "1");
        assertThat(answer.body())
                .contains("the store does not answer; please try again", "<meta http-equiv=\"refresh\" content=\"5\">");
    }

    /** Where groups are given teams, and the token has not the role that reads everybody. */
    @Test
    void aSupervisorSeesTheTeamsOfTheirGroupsAndIsToldWhichIsNot() {
        views.add(agent("rita", "Rita", "Priority", Status.AWAY));
        views.add(agent("sam", "Sam", "standard", Status.AWAY));
        views.add(agent("max", "Max", "", Status.AWAY));
        views.unreadable.add("ada@contoso.com");
        Board limited = GivenBoard.of(
                views,
                GivenPlatforms.CATALOGUE,
                new Supervision(() -> List.of(new SupervisorGroup("g1", List.of("priority")))),
                GivenBrowser.none());
        Requester boss = new Requester.Holder(true, "b", "", Set.of("Presence.Supervise"), Set.of("g1"));

        HttpAnswer page = edge.answer(limited, call("GET", "").withCaller(boss));
        assertThat(page.body()).contains("Rita").doesNotContain("Sam", "Max", "ada@contoso.com");
        assertThat(edge.answer(limited, call("GET", "team=priority").withCaller(boss))
                        .status())
                .isEqualTo(200);
        HttpAnswer refused = edge.answer(limited, call("GET", "team=standard").withCaller(boss));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("the team &quot;standard&quot;");
        Requester reader = new Requester.Holder(true, "b", "", Set.of("Presence.Read"), Set.of("g1"));
        assertThat(edge.answer(limited, call("GET", "").withCaller(reader)).body())
                .contains("Rita", "Sam", "Max", "ada@contoso.com");
        assertThat(edge.answer(board, call("GET", "").withCaller(boss)).status())
                .isEqualTo(403);
    }

    @Test
    void agesAreToldInTheLargestUnit() {
        assertThat(Words.ago(NOW.minusSeconds(59), NOW)).isEqualTo("just now");
        assertThat(Words.ago(NOW.plusSeconds(5), NOW)).isEqualTo("just now");
        assertThat(Words.ago(NOW.minusSeconds(60), NOW)).isEqualTo("1 min ago");
        assertThat(Words.ago(NOW.minusSeconds(3600 * 23), NOW)).isEqualTo("23 h ago");
        assertThat(Words.ago(NOW.minusSeconds(3600 * 49), NOW)).isEqualTo("2 d ago");
    }

    /** Read as XML, which forgives nothing; the elements that HTML leaves open are closed first. */
    private Document page(String query) throws Exception {
        String xml = html(query)
                .replace("<!DOCTYPE html>", "")
                .replaceAll("(?s)<style>.*</style>|<script>\\s*\"use strict\".*?</script>", "")
                .replaceAll("<(meta|br|input)((?: [^>]*)?)>", "<$1$2/>")
                .strip();
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private String html(String query) {
        HttpAnswer answer = edge.answer(board, call("GET", query));
        assertThat(answer.status()).isEqualTo(200);
        return answer.body();
    }

    private static String style(String html) {
        Matcher style = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL).matcher(html);
        assertThat(style.find()).isTrue();
        return style.group(1);
    }

    private static List<String> texts(Document page, String tag) {
        NodeList found = page.getElementsByTagName(tag);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            texts.add(found.item(i).getTextContent().strip());
        }
        return texts;
    }

    private static HttpCall call(String method, String query) {
        return HttpCall.of(method, "/board", query, Map.of(), Body.EMPTY, NOW);
    }

    private static AgentView agent(String id, String name, String team, Status status) {
        return new AgentView(
                id, name, team, status, Optional.of(NOW.minusSeconds(270)), details(List.of("because of max's doing")));
    }

    private static AgentView.Details details(List<String> because) {
        return new AgentView.Details(because, new TreeMap<>());
    }

    private static AgentView.OnPlatform on(Status wanted, Status observed, Condition condition, String message) {
        return new AgentView.OnPlatform(
                Optional.of(wanted),
                Optional.of(observed),
                Optional.empty(),
                condition,
                message,
                Optional.of(NOW.minusSeconds(61)));
    }

    private static AgentView.OnPlatform told(Status status, Instant at) {
        return new AgentView.OnPlatform(
                Optional.of(status),
                Optional.empty(),
                Optional.of(new AgentView.OnPlatform.Told(status, at)),
                Condition.IN_SYNC,
                "the application was told",
                Optional.empty());
    }

    private static final class Views implements AgentViews {
        private final List<AgentView> all = new ArrayList<>();
        private final List<String> unreadable = new ArrayList<>();
        boolean down;

        void add(AgentView view) {
            all.add(view);
        }

        @Override
        public Stream<AgentView> ofTeam(String team, Consumer<String> unreadableOne) {
            if (team.length() > LONGEST_KEY) {
                throw new StoreUnavailable("no key is that long", null);
            }
            return all(unreadableOne).filter(view -> view.team().equals(team));
        }

        @Override
        public Stream<AgentView> all(Consumer<String> unreadableOne) {
            if (down) {
                throw new StoreUnavailable("down", null);
            }
            unreadable.forEach(unreadableOne);
            return all.stream();
        }
    }
}
