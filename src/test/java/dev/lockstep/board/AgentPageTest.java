package dev.lockstep.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.browser.GivenBrowser;
import dev.lockstep.configured.SupervisorGroup;
import dev.lockstep.intake.ForwardingIntake;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.Decision;
import dev.lockstep.presence.KnownChoice;
import dev.lockstep.presence.Reason;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.presence.Status;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.EdgeInMemory;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.Requester;
import dev.lockstep.protocol.http.Supervision;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.InMemoryAgentStore;
import dev.lockstep.store.InMemoryControl;
import dev.lockstep.store.InMemoryIdentities;
import dev.lockstep.store.InMemoryTimeline;
import dev.lockstep.store.StoreFaults;
import dev.lockstep.store.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One agent's page: why in sentences, where it shows, what happened; and what supervisors do there. */
class AgentPageTest {
    private static final Instant NOW = Instant.parse("2026-11-28T10:42:30Z");
    private static final String GROUP = "33333333-0000-4000-8000-000000000001";
    private static final Requester.Holder SUE = new Requester.Holder(
            true,
            "22222222-0000-4000-8000-000000000001",
            "Sue",
            Set.of("Presence.Read", "Presence.Supervise"),
            Set.of());

    private final InMemoryAgentStore store = new InMemoryAgentStore(StoreFaults.NONE);
    private final InMemoryControl control = new InMemoryControl(() -> NOW);
    private final InMemoryTimeline timeline = new InMemoryTimeline(Duration.ofDays(30), () -> NOW);
    private final List<Signal> told = new ArrayList<>();
    private final ForwardingIntake intake = new ForwardingIntake(
            (agentId, news) -> news.forEach(item -> told.add(((Evidence.Reported) item).signal())));
    private final GivenBrowser browser = GivenBrowser.usual();
    private List<SupervisorGroup> groups = List.of();
    private final Board board = GivenBoard.of(
            store.views(),
            GivenBoard.lookup(store, new InMemoryIdentities(), GivenPlatforms.CATALOGUE),
            timeline,
            GivenBoard.pauses(control, timeline, () -> NOW),
            intake,
            GivenPlatforms.CATALOGUE,
            new Supervision(() -> groups),
            browser.visitors(),
            GivenBoard.idle(GivenPlatforms.CATALOGUE));
    private final EdgeInMemory edge = new EdgeInMemory();

    @BeforeEach
    void rita() throws AgentStore.Conflict {
        hire("Rita Rep");
    }

    private void hire(String name) throws AgentStore.Conflict {
        Source crm = Source.application("crm");
        KnownChoice picked = new KnownChoice(
                crm, SourceTime.at(NOW), Status.AVAILABLE, Optional.empty(), Optional.of(NOW.plusSeconds(600)));
        Decision decision = new Decision(
                Optional.of(Status.ON_A_CALL),
                Optional.of(Status.ON_A_CALL),
                Optional.of(picked),
                List.of(
                        reason(Reason.Kind.CALL, Source.phone("desk"), Status.ON_A_CALL, "call on phone:desk"),
                        reason(Reason.Kind.FACT, Source.DYNAMICS, Status.BUSY, "work in dynamics"),
                        reason(Reason.Kind.CHOICE, crm, Status.AVAILABLE, "chosen in application:crm"),
                        reason(Reason.Kind.CHOICE, Source.TEAMS, Status.AWAY, "chosen in teams"),
                        reason(Reason.Kind.SIGNED_IN, Source.DYNAMICS, Status.AVAILABLE, "signed in")),
                Optional.empty());
        Standing teams = Standing.NEW
                .wanting(Optional.of(Status.ON_A_CALL))
                .showing(Optional.of(Status.AVAILABLE))
                .failing(Condition.THROTTLED, "wait <1> min", NOW.plusSeconds(60));
        AgentState state = store.load("rita").orElseGet(() -> AgentState.of("rita", new Profile("", "", Map.of())));
        store.save(state.with(new Profile(name, "priority", Map.of()))
                .with(state.situation()
                        .fold(new Signal.Choice(
                                crm, SourceTime.at(NOW), Status.AVAILABLE, Optional.empty(), Optional.empty())))
                .with("teams", teams)
                .deciding(decision, NOW.minusSeconds(30)));
    }

    private static Reason reason(Reason.Kind kind, Source source, Status status, String text) {
        return new Reason(kind, source, status, NOW.minusSeconds(30), text);
    }

    private void happened(String before, String after, String by, String because) {
        timeline.append(new Timeline.Event(
                "rita",
                NOW.minusSeconds(30),
                "phone-event",
                "r1",
                by,
                before,
                after,
                List.of(because),
                Map.of("teams", "session Busy/InACall: done"),
                12));
    }

    private HttpCall call(String method, Requester.Holder person, String query, String body) {
        Map<String, String> headers = new HashMap<>(Map.of("Sec-Fetch-Site", "same-origin"));
        headers.put("Cookie", browser.signedIn(person, NOW.minusSeconds(60)));
        String token = method.equals("POST") ? "&token=" + token(headers.get("Cookie")) : "";
        return HttpCall.of(method, "/board/agents/rita", query, headers, Body.of(body + token), NOW)
                .withCaller(new Requester.Unverified());
    }

    private String token(String cookie) {
        HttpAnswer page = board.handle(HttpCall.of("GET", "/board", "", Map.of("Cookie", cookie), Body.EMPTY, NOW)
                .withCaller(new Requester.Unverified()));
        Matcher token = Pattern.compile("name=\"token\" value=\"([^\"]+)\"").matcher(page.body());
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    private HttpAnswer ask(String method, Requester.Holder person, String body) {
        return edge.answer(board, call(method, person, "", body));
    }

    @Test
    void whyIsToldInSentences() {
        happened("available", "onACall", "user:u1 (Sue)", "call on phone:desk");

        assertThat(GivenBoard.read(ask("GET", SUE, "")))
                .contains(
                        "On a call since 2026-11-28 10:42:00 UTC, until 2026-11-28 10:52:30 UTC; before that Available",
                        "On a call since 2026-11-28 10:42:00 UTC: phone desk",
                        "Busy since 2026-11-28 10:42:00 UTC: work in Dynamics",
                        "Available since 2026-11-28 10:42:00 UTC: set by Application crm",
                        "Away since 2026-11-28 10:42:00 UTC: picked in Teams",
                        "signed in to Dynamics",
                        "Teams On a call Available the platform asks us to wait: wait &lt;1&gt; min",
                        "tried again at 2026-11-28 10:43:30 UTC",
                        "Available → On a call",
                        "user:u1 (Sue); a phone told it",
                        "Teams: session Busy/InACall: done");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>alert(1)</script>", "\"><img src=x onerror=1>", "' onload='x", "{page.agentId}"})
    void whatComesFromElsewhereIsOnlyText(String evil) throws AgentStore.Conflict {
        hire(evil);
        happened("available", "onACall", "user:u1 (" + evil + ")", evil);
        Requester.Holder named = new Requester.Holder(true, SUE.id(), evil, SUE.roles(), Set.of());

        String page = ask("GET", named, "").body().replaceAll("(?s)<script>\\s*\"use strict\".*?</script>", "");

        assertThat(page).doesNotContain("<script", "<img", "' onload");
        assertThat(GivenBoard.read(ask("GET", named, ""))).contains(escaped(evil), "Signed in as " + escaped(evil));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** Not by colour alone, and nothing that the policy forbids. */
    @Test
    void theDayIsABandWithItsWords() {
        happened("available", "onACall", "", "call on phone:desk");
        String page = ask("GET", SUE, "").body();

        assertThat(page)
                .contains(
                        "<rect class=\"onACall\" x=\"1439.50\" y=\"30\" width=\"0.50\" height=\"10\">",
                        "role=\"img\" aria-label=\"Available 23 h 59 min, On a call 0 min. Each stretch stands below",
                        "The last 24 hours, stretch by stretch")
                .doesNotContain(" style=");
    }

    @Test
    void itsPolicyAllowsItsOwnStyleAndScriptOnly() {
        HttpAnswer page = ask("GET", SUE, "");
        String policy = page.headers().get("Content-Security-Policy");

        assertThat(policy)
                .contains("default-src 'none'", "form-action 'self'", "connect-src 'self'", "frame-ancestors 'none'")
                .contains(digest(page.body(), "style"), digest(page.body(), "script"))
                .doesNotContain("unsafe");
    }

    private static String digest(String html, String element) {
        Matcher text = Pattern.compile("<" + element + ">(.*?)</" + element + ">", Pattern.DOTALL)
                .matcher(html);
        assertThat(text.find()).isTrue();
        return element + "-src 'sha256-"
                + java.util.Base64.getEncoder()
                        .encodeToString(dev.lockstep.protocol.signature.Digest.sha256(text.group(1)))
                + "'";
    }

    @Test
    void aStatusIsSetInTheSupervisorsNameWithAnEnd() {
        HttpAnswer answer = ask("POST", SUE, "act=set&status=busy&lasts=PT30M");

        assertThat(answer).isEqualTo(HttpAnswer.seeOther("/board/agents/rita?done=set"));
        assertThat(told)
                .containsExactly(new Signal.Choice(
                        Source.application("user:" + SUE.id()),
                        SourceTime.at(NOW),
                        Status.BUSY,
                        Optional.empty(),
                        Optional.of(NOW.plus(Duration.ofMinutes(30)))));
        assertThat(intake.triggers).singleElement().satisfies(trigger -> {
            assertThat(trigger.name()).isEqualTo("board");
            assertThat(trigger.by()).isEqualTo("user:" + SUE.id() + " (Sue)");
        });
        assertThat(GivenBoard.read(edge.answer(board, call("GET", SUE, "done=set", ""))))
                .contains("The status is set.");
    }

    @Test
    void whatWasSetIsReleasedAndEverythingTriedAgain() {
        assertThat(ask("POST", SUE, "act=release").status()).isEqualTo(303);
        assertThat(told).containsExactly(new Signal.ChoiceWithdrawn(Source.application("crm"), SourceTime.at(NOW)));

        assertThat(ask("POST", SUE, "act=again").status()).isEqualTo(303);
        assertThat(told).hasSize(1);
        assertThat(intake.triggers).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "act=dance, 400",
        "'', 400",
        "act=set&status=dancing, 422",
        "act=set&status=busy&lasts=PT9999999H, 400",
        "act=set&status=busy&lasts=x, 400"
    })
    void whatTheFormDoesNotHaveIsRefused(String body, int status) {
        assertThat(ask("POST", SUE, body).status()).isEqualTo(status);
        assertThat(told).isEmpty();
    }

    @Test
    void nobodyActsWithoutTheRoleTheTeamAndTheForm() {
        Requester.Holder reader = new Requester.Holder(true, SUE.id(), "", Set.of("Presence.Read"), Set.of());
        HttpAnswer refused = ask("POST", reader, "act=set&status=busy");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("Presence.Supervise");
        assertThat(ask("GET", reader, "").body()).doesNotContain("Set the status");

        HttpCall own = call("POST", SUE, "", "act=set&status=busy");
        Map<String, String> foreign = new HashMap<>(own.headers());
        foreign.put("origin", "https://evil.example");
        assertThat(edge.answer(
                                board,
                                HttpCall.of("POST", own.path(), "", foreign, own.body(), NOW)
                                        .withCaller(own.caller()))
                        .status())
                .isEqualTo(403);
        HttpCall bare = HttpCall.of("POST", own.path(), "", own.headers(), Body.of("act=set&status=busy"), NOW);
        assertThat(edge.answer(board, bare.withCaller(own.caller())).status()).isEqualTo(403);

        groups = List.of(new SupervisorGroup(GROUP, List.of("standard")));
        assertThat(ask("POST", SUE, "act=set&status=busy").body()).contains("the team &quot;priority&quot;");
        assertThat(told).isEmpty();
    }

    @Test
    void whoConfiguresFindsTheWayOnTheBoard() {
        Requester.Holder admin =
                new Requester.Holder(true, SUE.id(), "", Set.of("Presence.Read", "Configuration.Manage"), Set.of());
        for (Requester.Holder person : List.of(SUE, admin)) {
            HttpCall asked = call("GET", person, "", "");
            HttpAnswer page = edge.answer(
                    board,
                    HttpCall.of("GET", "/board", "", asked.headers(), Body.EMPTY, NOW)
                            .withCaller(asked.caller()));
            assertThat(page.body().contains("href=\"/board/configuration\"")).isEqualTo(person == admin);
        }
    }

    @Test
    void whoConfiguresAloneIsLedThere() {
        Requester.Holder admin = new Requester.Holder(true, SUE.id(), "", Set.of("Configuration.Manage"), Set.of());
        HttpCall asked = call("GET", admin, "", "");
        HttpAnswer answer = edge.answer(
                board,
                HttpCall.of("GET", "/board", "", asked.headers(), Body.EMPTY, NOW)
                        .withCaller(asked.caller()));

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.headers()).containsEntry("Location", "/board/configuration");
    }

    @Test
    void whoIsNotThereIsSaid() {
        HttpCall asked = call("GET", SUE, "", "");
        HttpCall nobody = HttpCall.of("GET", "/board/agents/eve", "", asked.headers(), Body.EMPTY, NOW);

        assertThat(edge.answer(board, nobody.withCaller(asked.caller())).status())
                .isEqualTo(404);
        assertThat(edge.answer(
                                board,
                                HttpCall.of("GET", "/board/agents", "", asked.headers(), Body.EMPTY, NOW)
                                        .withCaller(asked.caller()))
                        .status())
                .isEqualTo(404);
    }
}
