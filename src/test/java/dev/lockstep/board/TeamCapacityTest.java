package dev.lockstep.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.browser.GivenBrowser;
import dev.lockstep.configured.SupervisorGroup;
import dev.lockstep.intake.ForwardingIntake;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.Decision;
import dev.lockstep.presence.Shift;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How many can take work, against how many are signed in and planned. */
class TeamCapacityTest {
    private static final Instant NOW = Instant.parse("2026-11-28T10:42:30Z");
    private static final String GROUP = "33333333-0000-4000-8000-000000000001";
    private static final Requester.Holder READER = new Requester.Holder(true, "1", "", Set.of("Presence.Read"));

    private List<SupervisorGroup> groups = List.of();
    private final InMemoryAgentStore store = new InMemoryAgentStore(StoreFaults.NONE);
    private final InMemoryTimeline timeline = new InMemoryTimeline(Duration.ofDays(30), () -> NOW);
    private final Supervision supervision = new Supervision(() -> groups);
    private final Board board = GivenBoard.of(
            store.views(),
            GivenBoard.lookup(store, new InMemoryIdentities(), GivenPlatforms.CATALOGUE),
            timeline,
            GivenBoard.pauses(new InMemoryControl(() -> NOW), timeline, () -> NOW),
            new ForwardingIntake((agentId, news) -> {}),
            GivenPlatforms.CATALOGUE,
            supervision,
            GivenBrowser.none(),
            GivenBoard.idle(GivenPlatforms.CATALOGUE),
            GivenBoard.capacity(store.views(), store, supervision, () -> NOW));
    private final EdgeInMemory edge = new EdgeInMemory();

    private AgentState agent(String id, String team, Status decided, Status shown, Map<String, String> fields)
            throws AgentStore.Conflict {
        Decision decision =
                new Decision(Optional.of(decided), Optional.empty(), Optional.empty(), List.of(), Optional.empty());
        Standing dynamics = Standing.NEW
                .seeing(new Observation("dynamics", NOW, fields))
                .showing(Optional.of(shown))
                .in(Condition.IN_SYNC, "");
        return store.save(AgentState.of(id, new Profile(id, team, Map.of()))
                .with("dynamics", dynamics)
                .deciding(decision, NOW));
    }

    private void plan(AgentState agent, Instant from, Instant until) throws AgentStore.Conflict {
        Signal shifts = new Signal.Shifts(
                Source.schedule("dynamics"),
                SourceTime.at(NOW),
                NOW.minusSeconds(90_000),
                List.of(new Shift(from, until)));
        store.save(agent.with(agent.situation().fold(shifts)));
    }

    private void people() throws AgentStore.Conflict {
        Instant soon = NOW.plusSeconds(3_600);
        plan(
                agent("rita", "priority", Status.AVAILABLE, Status.AVAILABLE, work("1", "50")),
                NOW.minusSeconds(60),
                soon);
        plan(agent("max", "priority", Status.ON_A_CALL, Status.BUSY, work("2", "-10")), NOW.minusSeconds(60), soon);
        plan(agent("nadia", "priority", Status.OFFLINE, Status.OFFLINE, work("7", "90")), soon, soon.plusSeconds(60));
        // Decided, and not let in yet: or the other way round, where nothing is written.
        agent("paul", "priority", Status.AVAILABLE, Status.BUSY, Map.of());
        agent("anna", "priority", Status.ON_A_CALL, Status.AVAILABLE, Map.of());
        agent("sam", "=cmd()", Status.AVAILABLE, Status.AVAILABLE, work("3", "30"));
    }

    private static Map<String, String> work(String conversations, String units) {
        return Map.of("conversations", conversations, "unitsLeft", units);
    }

    private HttpAnswer get(Requester who, String query) {
        return edge.answer(
                board,
                HttpCall.of("GET", "/board/capacity", query, Map.of(), Body.EMPTY, NOW)
                        .withCaller(who));
    }

    @Test
    void byTeamAndForAll() throws AgentStore.Conflict {
        people();

        assertThat(get(READER, "").body().replaceAll("\\s*\n\\s*", ""))
                .contains("=cmd()</a></th><td>1</td><td>no schedule</td><td>1</td><td>1</td><td>open the team</td>")
                .contains("priority</a></th><td>5</td><td>2</td><td>4</td><td>1</td><td>open the team</td>")
                .contains("All</th><td>6</td><td>2</td><td>5</td><td>2</td><td>open the team</td>");
    }

    /** What somebody had who went home is nobody's work any more, and what is too much is no room. */
    @Test
    void ofOneTeamConversationsAndUnitsAreToldToo() throws AgentStore.Conflict {
        people();

        assertThat(get(READER, "team=Priority").body().replaceAll("\\s*\n\\s*", ""))
                .contains("priority</a></th><td>5</td><td>2</td><td>4</td><td>1</td><td>3</td><td>50</td>")
                .doesNotContain("cmd()", "All</th>");
        agent("leo", "quiet", Status.AVAILABLE, Status.AVAILABLE, Map.of());
        assertThat(get(READER, "team=quiet").body()).contains("<td>not told</td>");
    }

    @Test
    void theListIsKeptAsCsvAndNoFormula() throws AgentStore.Conflict {
        people();
        HttpAnswer all = get(READER, "as=csv");

        assertThat(all.contentType()).isEqualTo("text/csv");
        assertThat(all.headers()).containsEntry("Content-Disposition", "attachment; filename=\"capacity.csv\"");
        assertThat(all.body().lines())
                .containsExactly(
                        "at,team,agents,planned,signedIn,canTakeWork,conversations,unitsFree",
                        "2026-11-28T10:42:30Z,'=cmd(),1,,1,1,,",
                        "2026-11-28T10:42:30Z,priority,5,2,4,1,,");
        assertThat(get(READER, "team=priority&as=csv").body().lines())
                .last()
                .isEqualTo("2026-11-28T10:42:30Z,priority,5,2,4,1,3,50");
    }

    @Test
    void othersTeamsAreNotCounted() throws AgentStore.Conflict {
        people();
        groups = List.of(new SupervisorGroup(GROUP, List.of("priority")));
        Requester sue = new Requester.Holder(true, "2", "", Set.of("Presence.Supervise"), Set.of(GROUP));

        assertThat(get(sue, "as=csv").body()).contains("priority").doesNotContain("cmd");
        assertThat(get(sue, "team=%3Dcmd()").status()).isEqualTo(403);
        assertThat(get(new Requester.Holder(true, "3", "", Set.of()), "").status())
                .isEqualTo(403);
    }

    @Test
    void whatIsNotUnderstoodIsRefusedAndNobodyIsSaid() {
        assertThat(get(READER, "as=pdf").status()).isEqualTo(400);
        assertThat(get(READER, "channel=chat").status()).isEqualTo(400);
        assertThat(get(READER, "team=none").body()).contains("There is nobody here");
    }

    @Test
    void aLargeTeamIsCountedWithoutItsConversations() throws AgentStore.Conflict {
        for (int i = 0; i <= TeamCapacity.MOST_LOADED; i++) {
            agent("a" + i, "priority", Status.AVAILABLE, Status.AVAILABLE, work("1", "50"));
        }

        assertThat(get(READER, "team=priority").body()).contains("too large", "<td>501</td>", "not told");
    }
}
