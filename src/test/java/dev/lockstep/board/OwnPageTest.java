package dev.lockstep.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.browser.GivenBrowser;
import dev.lockstep.intake.ForwardingIntake;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.Decision;
import dev.lockstep.presence.Reason;
import dev.lockstep.presence.Source;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents without any role see themselves, what they can do, and nobody else. */
class OwnPageTest {
    private static final Instant NOW = Instant.parse("2026-11-28T10:42:30Z");
    private static final String RITAS = "22222222-0000-4000-8000-00000000000a";
    private static final Requester.Holder RITA = person(RITAS);

    private final InMemoryAgentStore store = new InMemoryAgentStore(StoreFaults.NONE);
    private final InMemoryIdentities identities = new InMemoryIdentities();
    private final InMemoryControl control = new InMemoryControl(() -> NOW);
    private final InMemoryTimeline timeline = new InMemoryTimeline(Duration.ofDays(30), () -> NOW);
    private final List<String> touched = new ArrayList<>();
    private final GivenBrowser browser = GivenBrowser.usual();
    private final Board board = GivenBoard.of(
            store.views(),
            GivenBoard.lookup(store, identities, GivenPlatforms.CATALOGUE),
            timeline,
            GivenBoard.pauses(control, timeline, () -> NOW),
            new ForwardingIntake((agentId, news) -> touched.add(agentId)),
            GivenPlatforms.CATALOGUE,
            Supervision.ofEverybody(),
            browser.visitors(),
            GivenBoard.idle(GivenPlatforms.CATALOGUE));
    private final EdgeInMemory edge = new EdgeInMemory();

    private static Requester.Holder person(String id, String... roles) {
        return new Requester.Holder(true, id, "Rita", Set.of(roles), Set.of());
    }

    @BeforeEach
    void ritaAndMax() throws AgentStore.Conflict {
        identities.put(Map.of("teams#" + RITAS, "rita"));
        keep("rita", Condition.HELD_BY_PERSON);
        keep("max", Condition.IN_SYNC);
    }

    private void keep(String agentId, Condition inTeams) throws AgentStore.Conflict {
        List<Reason> because = Arrays.stream(Reason.Kind.values())
                .map(kind -> new Reason(
                        kind,
                        kind == Reason.Kind.CALL ? Source.phone("desk") : Source.TEAMS,
                        Status.ON_A_CALL,
                        NOW.minusSeconds(30),
                        "because"))
                .toList();
        Decision decision = new Decision(
                Optional.of(Status.ON_A_CALL), Optional.empty(), Optional.empty(), because, Optional.empty());
        Standing teams = Standing.NEW
                .wanting(Optional.of(Status.ON_A_CALL))
                .in(inTeams, "set by hand in Teams; ends when reset");
        AgentState known = store.load(agentId).orElseGet(() -> AgentState.of(agentId, new Profile("", "", Map.of())));
        store.save(known.with(new Profile("The agent " + agentId, "priority", Map.of("teams", RITAS)))
                .with("teams", teams)
                .deciding(decision, NOW.minusSeconds(30)));
    }

    private HttpAnswer get(Requester.Holder who, String path) {
        return ask("GET", who, path, "");
    }

    private HttpAnswer ask(String method, Requester.Holder who, String path, String body) {
        Map<String, String> headers =
                Map.of("Sec-Fetch-Site", "same-origin", "Cookie", browser.signedIn(who, NOW.minusSeconds(60)));
        return edge.answer(
                board,
                HttpCall.of(method, path, "", headers, Body.of(body), NOW).withCaller(new Requester.Unverified()));
    }

    @Test
    void whatIsShownWhyAndWhatToDo() {
        timeline.append(new Timeline.Event(
                "rita",
                NOW.minusSeconds(30),
                "board",
                "r1",
                "user:u1 (Sue)",
                "available",
                "onACall",
                List.of(),
                Map.of(),
                12));

        assertThat(get(RITA, "/board")).isEqualTo(HttpAnswer.seeOther("/board/own"));
        assertThat(get(RITA, "/board/own").body())
                .contains(
                        "The agent rita",
                        "On a call",
                        "phone desk. <b>It ends with the call. If you are on none",
                        "held by the person</b>: set by hand in Teams",
                        "It was set by hand in Teams: reset your status there.",
                        "before that Available")
                .doesNotContain("agent max", "Sue", "All agents", "name=\"act\"", "href=\"/board");
    }

    /** With Presence.Write alone people set their own status, and see nobody else. */
    @ParameterizedTest
    @ValueSource(strings = {"/board/agents/max", "/board/agents/rita", "/board/agents/nobody"})
    void nobodyElsesAndNoActs(String path) {
        for (Requester.Holder who : List.of(RITA, person(RITAS, "Presence.Write"))) {
            assertThat(get(who, path).status()).isEqualTo(403);
            assertThat(get(who, "/board")).isEqualTo(HttpAnswer.seeOther("/board/own"));
        }
        assertThat(ask("POST", RITA, "/board/own", "act=release").status()).isEqualTo(403);
        assertThat(ask("POST", RITA, path, "act=release").status()).isEqualTo(403);
        assertThat(touched).isEmpty();
    }

    @Test
    void whoIsNoAgentIsToldWhatToAskFor() {
        for (String id : List.of("22222222-0000-4000-8000-00000000000b", "max", "")) {
            HttpAnswer refused = get(person(id), "/board/own");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body())
                    .contains("you are signed in as", "no agent of Lockstep has this account", "Presence.Read")
                    .doesNotContain("The agent");
        }
    }

    @Test
    void whoWasRemovedIsNobodysAgent() throws AgentStore.Conflict {
        store.save(store.load("rita").orElseThrow().remove());

        assertThat(get(RITA, "/board/own").status()).isEqualTo(403);
    }

    @Test
    void rolesLeadToTheirOwnPagesFirst() {
        assertThat(get(person(RITAS, "Presence.Read"), "/board").status()).isEqualTo(200);
        assertThat(get(person(RITAS, "Presence.Read"), "/board/own").status()).isEqualTo(200);
        assertThat(get(person(RITAS, "Configuration.Manage"), "/board"))
                .isEqualTo(HttpAnswer.seeOther("/board/configuration"));
    }

    @Test
    void whoIsNoPersonHasNone() {
        Requester.Holder application = new Requester.Holder(false, RITAS, "", Set.of());
        HttpCall call = HttpCall.of("GET", "/board/own", "", Map.of(), Body.EMPTY, NOW);

        assertThat(edge.answer(board, call.withCaller(application)).status()).isEqualTo(403);
        Board laptop =
                GivenBoard.of(store.views(), GivenPlatforms.CATALOGUE, Supervision.ofEverybody(), GivenBrowser.none());
        assertThat(edge.answer(laptop, call.withCaller(new Requester.Unasked())).body())
                .contains("sign in first");
        assertThat(edge.answer(laptop, call.withCaller(new Requester.Unverified()))
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource(Condition.class)
    void everyConditionThatIsNotWellSaysWhatToDo(Condition condition) throws AgentStore.Conflict {
        keep("rita", condition);
        String page = get(RITA, "/board/own").body();

        assertThat(page.contains("Nothing: all is well.")).isEqualTo(condition == Condition.IN_SYNC);
        assertThat(page).contains(Advice.on(condition, "Teams"));
    }
}
