package dev.lockstep.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.browser.GivenBrowser;
import dev.lockstep.configured.ReasonedModes;
import dev.lockstep.configured.SupervisorGroup;
import dev.lockstep.intake.ForwardingIntake;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.Subject;
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
import dev.lockstep.sync.StoredWriteModes;
import dev.lockstep.sync.WriteModes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Supervisors pause synchronising for one agent: the agent's own mode, with a reason and an end. */
class PausesTest {
    private static final Instant NOW = Instant.parse("2026-11-28T10:42:30Z");
    private static final String GROUP = "33333333-0000-4000-8000-000000000001";
    private static final Requester.Holder SUE = new Requester.Holder(
            true,
            "22222222-0000-4000-8000-000000000001",
            "Sue",
            Set.of("Presence.Read", "Presence.Supervise"),
            Set.of(GROUP));

    private Instant now = NOW;
    private List<SupervisorGroup> groups = List.of(new SupervisorGroup(GROUP, List.of("priority")));
    private final InMemoryAgentStore store = new InMemoryAgentStore(StoreFaults.NONE);
    private final InMemoryControl control = new InMemoryControl(() -> now);
    private final InMemoryTimeline timeline = new InMemoryTimeline(Duration.ofDays(30), () -> now);
    private final GivenBrowser browser = GivenBrowser.usual();
    private final Board board = GivenBoard.of(
            store.views(),
            GivenBoard.lookup(store, new InMemoryIdentities(), GivenPlatforms.CATALOGUE),
            timeline,
            GivenBoard.pauses(control, timeline, () -> now),
            new ForwardingIntake((agentId, news) -> {}),
            GivenPlatforms.CATALOGUE,
            new Supervision(() -> groups),
            browser.visitors(),
            GivenBoard.idle(GivenPlatforms.CATALOGUE));
    private final EdgeInMemory edge = new EdgeInMemory();

    @BeforeEach
    void rita() throws AgentStore.Conflict {
        store.save(AgentState.of("rita", new Profile("Rita", "priority", Map.of())));
    }

    /** By a token too: sessions keep only groups that their own configuration gives teams. */
    private HttpAnswer get() {
        return edge.answer(
                board,
                HttpCall.of("GET", "/board/agents/rita", "", Map.of(), Body.EMPTY, now)
                        .withCaller(SUE));
    }

    private HttpAnswer list() {
        return edge.answer(
                board,
                HttpCall.of("GET", "/board", "", Map.of("Cookie", browser.signedIn(SUE, NOW)), Body.EMPTY, now)
                        .withCaller(new Requester.Unverified()));
    }

    /** By a token, for which no form has to be shown. */
    private HttpAnswer act(Requester.Holder who, String form) {
        return edge.answer(
                board,
                HttpCall.of(
                                "POST",
                                "/board/agents/rita",
                                "",
                                Map.of("Sec-Fetch-Site", "same-origin"),
                                Body.of(form),
                                now)
                        .withCaller(who));
    }

    private HttpAnswer pause() {
        return act(SUE, "act=pause&pauses=PT1H&reason=a+new+<headset>");
    }

    private WriteModes.Mode mode() {
        return new StoredWriteModes(control, () -> now).of(new Subject("rita", "1", "Rita", "priority"), "teams");
    }

    @Test
    void aPauseIsTheAgentsModeWithReasonEndAndName() {
        assertThat(pause()).isEqualTo(HttpAnswer.seeOther("/board/agents/rita?done=pause"));

        assertThat(mode()).isEqualTo(WriteModes.Mode.OBSERVE);
        assertThat(new ReasonedModes(control)
                        .of("mode#agent#rita")
                        .orElseThrow()
                        .why())
                .contains(new ReasonedModes.Why(
                        "user:" + SUE.id() + " (Sue)",
                        NOW,
                        "a new <headset>",
                        Optional.of(NOW.plus(Duration.ofHours(1)))));
        assertThat(GivenBoard.read(get()))
                .contains(
                        "Synchronising is paused until 2026-11-28 11:42:30 UTC: a new &lt;headset&gt;. Set by user:"
                                + SUE.id() + " (Sue).",
                        "Go on synchronising",
                        "asked for on the board")
                .doesNotContain("Pause synchronising");
        assertThat(GivenBoard.read(list()))
                .contains("1 paused", "Synchronising is paused until 2026-11-28 11:42:30 UTCa new &lt;headset&gt;");
    }

    @Test
    void itEndsByItselfOrByASupervisor() {
        pause();
        now = NOW.plus(Duration.ofMinutes(61));
        assertThat(mode()).isEqualTo(WriteModes.Mode.ON);
        assertThat(GivenBoard.read(get())).contains("Pause synchronising");

        pause();
        assertThat(act(SUE, "act=resume")).isEqualTo(HttpAnswer.seeOther("/board/agents/rita?done=resume"));
        assertThat(mode()).isEqualTo(WriteModes.Mode.ON);
        assertThat(control.withPrefix("")).isEmpty();
        assertThat(timeline.of("rita", NOW, 10))
                .extracting(event -> event.because().getFirst())
                .containsExactly(
                        "the pause of synchronising is ended",
                        "synchronising is paused until 2026-11-28 12:43:30 UTC, because: a new <headset>",
                        "synchronising is paused until 2026-11-28 11:42:30 UTC, because: a new <headset>");
        assertThat(act(SUE, "act=resume").status()).isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource({
        "act=pause&pauses=PT1H, say why",
        "act=pause&pauses=PT1H&reason=++, say why",
        "act=pause&reason=why, pauses must be",
        "act=pause&pauses=P9999D&reason=why, pauses must be"
    })
    void withoutReasonOrEndNothingIsPaused(String form, String said) {
        HttpAnswer refused = act(SUE, form);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains(said);
        assertThat(control.withPrefix("")).isEmpty();
    }

    @Test
    void othersTeamsAreNotPaused() {
        groups = List.of(new SupervisorGroup(GROUP, List.of("standard")));
        assertThat(pause().status()).isEqualTo(403);
        Requester.Holder reader = new Requester.Holder(true, SUE.id(), "", Set.of("Presence.Read"), Set.of());
        assertThat(act(reader, "act=pause&pauses=PT1H&reason=why").status()).isEqualTo(403);
        assertThat(act(reader, "act=resume").status()).isEqualTo(403);
        assertThat(control.withPrefix("")).isEmpty();
    }

    /** Whoever switches off wants more than a pause. */
    @Test
    void whatAnAdministratorSwitchedOffStaysOff() {
        control.put("mode#agent#rita", "off", Optional.empty());

        for (String form : List.of("act=pause&pauses=PT1H&reason=why", "act=resume")) {
            HttpAnswer refused = act(SUE, form);
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.body()).contains("an administrator has switched writing off");
        }
        assertThat(mode()).isEqualTo(WriteModes.Mode.OFF);
        assertThat(GivenBoard.read(get()))
                .contains("Writing is switched off. Lockstep writes nothing")
                .doesNotContain("Go on synchronising", "Pause synchronising");
    }

    /** Its function may not read them: it is for holders of a token alone. */
    @Test
    void whereATokenAloneIsShownNobodyAsksWhoIsPaused() {
        pause();
        HttpCall call =
                HttpCall.of("GET", "/board", "", Map.of(), Body.EMPTY, now).withCaller(SUE);

        assertThat(GivenBoard.read(edge.answer(board, call))).contains("0 paused");
    }
}
