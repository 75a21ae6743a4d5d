package dev.lockstep.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.agent.AgentView;
import dev.lockstep.concurrent.SettableClock;
import dev.lockstep.configured.SupervisorGroup;
import dev.lockstep.presence.Status;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.EdgeInMemory;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.Requester;
import dev.lockstep.protocol.http.Supervision;
import dev.lockstep.store.AgentViews;
import dev.lockstep.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangesApiTest {
    private static final Requester READER = new Requester.Holder(false, "a1", "", Set.of("Presence.Read"));

    private final ObjectMapper json = new ObjectMapper();
    private final SettableClock clock = new SettableClock();
    private final Map<String, AgentView> stored = new TreeMap<>();
    private final List<Runnable> whileWaiting = new ArrayList<>();
    private List<SupervisorGroup> groups = List.of();
    private Duration longest = Duration.ofSeconds(20);
    private boolean down;
    private int looks;
    private final AgentViews views = new AgentViews() {
        @Override
        public Stream<AgentView> ofTeam(String team, Consumer<String> unreadable) {
            return all(unreadable).filter(view -> view.team().equalsIgnoreCase(team));
        }

        @Override
        public Stream<AgentView> all(Consumer<String> unreadable) {
            looks++;
            if (down) {
                throw new StoreUnavailable("down", null);
            }
            return stored.values().stream();
        }
    };
    private final ChangesApi api = new ChangesApi(
            views,
            new Supervision(() -> groups),
            new ChangesSettings() {
                @Override
                public Duration longestWait() {
                    return longest;
                }

                @Override
                public Duration lookEvery() {
                    return Duration.ofSeconds(2);
                }
            },
            json,
            clock,
            duration -> {
                clock.advance(duration);
                List.copyOf(whileWaiting).forEach(Runnable::run);
                whileWaiting.clear();
            });

    private void shows(String agentId, String team, Status status) {
        stored.put(
                agentId,
                new AgentView(
                        agentId,
                        "The " + agentId,
                        team,
                        status,
                        Optional.of(clock.instant()),
                        new AgentView.Details(List.of(), new TreeMap<>())));
    }

    private HttpAnswer answer(Requester caller, String query) {
        HttpCall call = HttpCall.of("GET", "/api/changes", query, Map.of(), Body.EMPTY, clock.instant());
        return new EdgeInMemory().answer(api, call.withCaller(caller));
    }

    private JsonNode ask(String query) throws Exception {
        HttpAnswer answer = answer(READER, query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    private JsonNode after(JsonNode before) throws Exception {
        return ask("after=" + before.path("cursor").asText());
    }

    private static List<String> agents(JsonNode answer) {
        return answer.path("agents")
                .valueStream()
                .map(agent -> agent.path("agentId").asText() + " "
                        + agent.path("status").asText())
                .toList();
    }

    @Test
    void whoKnowsNothingIsGivenEverybodyAtOnce() throws Exception {
        shows("rita", "priority", Status.AVAILABLE);
        shows("zoe", "", Status.OFFLINE);

        JsonNode told = ask("");

        assertThat(agents(told)).containsExactly("rita available", "zoe offline");
        assertThat(told.at("/agents/0/team").asText()).isEqualTo("priority");
        assertThat(told.at("/agents/1/team").isNull()).isTrue();
        assertThat(told.path("more").asBoolean()).isFalse();
        assertThat(looks).isEqualTo(1);
    }

    @Test
    void waitsUntilSomethingChangesAndTellsItOnce() throws Exception {
        shows("rita", "", Status.AVAILABLE);
        JsonNode first = ask("");
        Instant before = clock.instant();
        whileWaiting.add(() -> shows("rita", "", Status.BUSY));

        JsonNode told = after(first);

        assertThat(agents(told)).containsExactly("rita busy");
        assertThat(Duration.between(before, clock.instant())).isEqualTo(Duration.ofSeconds(2));
        assertThat(agents(after(told))).isEmpty();
    }

    @Test
    void answersEmptyWhenTheTimeIsOver() throws Exception {
        shows("rita", "", Status.AVAILABLE);
        JsonNode first = ask("");
        Instant before = clock.instant();

        JsonNode told = after(first);

        assertThat(agents(told)).isEmpty();
        assertThat(told.path("cursor")).isEqualTo(first.path("cursor"));
        assertThat(Duration.between(before, clock.instant())).isEqualTo(Duration.ofSeconds(20));
        looks = 0;
        ask("wait=0&after=" + told.path("cursor").asText());
        assertThat(looks).isEqualTo(1);
        ask("wait=999&after=" + told.path("cursor").asText());
        assertThat(looks).isEqualTo(1 + 11);
    }

    /** The gateway would give up, and nobody would be told. */
    @Test
    void neverWaitsForLongerThanTheGateway() throws Exception {
        longest = Duration.ofMinutes(5);
        Instant before = clock.instant();

        ask("");

        assertThat(Duration.between(before, clock.instant())).isLessThanOrEqualTo(Duration.ofSeconds(25));
    }

    /** Whatever the order, and whatever the clocks say. */
    @Test
    void nothingIsLostHoweverLateItShows() throws Exception {
        Random random = new Random(20261122);
        Map<String, String> known = new HashMap<>();
        JsonNode last = ask("wait=0");
        for (int round = 0; round < 300; round++) {
            for (int change = random.nextInt(4); change > 0; change--) {
                String agent = "agent" + random.nextInt(700);
                Status status = Status.values()[random.nextInt(Status.values().length)];
                Instant present = clock.instant();
                clock.set(present.minusSeconds(random.nextInt(7200)));
                shows(agent, "", status);
                clock.set(present);
            }
            last = ask("wait=0&after=" + last.path("cursor").asText());
            agents(last).forEach(one -> known.put(one.split(" ")[0], one.split(" ")[1]));
            stored.forEach((id, view) ->
                    assertThat(known.get(id)).as(id).isEqualTo(view.status().label()));
        }
    }

    @Test
    void aThousandAtATimeAndNobodyTwice() throws Exception {
        for (int number = 0; number < 3_500; number++) {
            shows("agent" + number, "", Status.AVAILABLE);
        }
        Set<String> given = new HashSet<>();
        JsonNode told = ask("");
        while (true) {
            assertThat(told.path("agents").size()).isLessThanOrEqualTo(ChangesApi.MOST_AGENTS);
            agents(told).forEach(one -> assertThat(given.add(one)).isTrue());
            if (!told.path("more").asBoolean()) {
                break;
            }
            told = after(told);
        }
        assertThat(given).hasSize(3_500);
        assertThat(told.path("cursor").asText()).hasSizeLessThan(2_000);
    }

    @Test
    void aTeamAlone() throws Exception {
        shows("rita", "priority", Status.AVAILABLE);
        shows("zoe", "", Status.OFFLINE);
        JsonNode told = ask("team=Priority");
        assertThat(agents(told)).containsExactly("rita available");

        shows("zoe", "", Status.BUSY);
        shows("rita", "priority", Status.BUSY);
        assertThat(agents(ask("team=priority&after=" + told.path("cursor").asText())))
                .containsExactly("rita busy");
        HttpAnswer other = answer(READER, "after=" + told.path("cursor").asText());
        assertThat(other.status()).isEqualTo(400);
        assertThat(other.body()).contains("another team", "without after");
    }

    @ParameterizedTest
    @ValueSource(strings = {"after=x", "after=!!", "after=AAAA", "wait=soon", "wait=-1", "wait=1000", "limit=1"})
    void whatCannotBeReadSaysWhatToDo(String query) {
        assertThat(answer(READER, query).status()).isEqualTo(400);
    }

    @Test
    void itIsForThoseWhoRead() {
        shows("rita", "priority", Status.AVAILABLE);
        shows("sam", "standard", Status.AVAILABLE);
        assertThat(answer(new Requester.Unverified(), "").status()).isEqualTo(401);
        assertThat(answer(new Requester.Holder(false, "a1", "", Set.of("Presence.Write")), "")
                        .body())
                .contains("Presence.Read");
        groups = List.of(new SupervisorGroup("g1", List.of("priority")));
        Requester boss = new Requester.Holder(true, "boss", "", Set.of("Presence.Supervise"), Set.of("g1"));
        assertThat(answer(boss, "").body()).contains("rita").doesNotContain("sam");
        assertThat(answer(boss, "team=standard").status()).isEqualTo(403);
    }

    @Test
    void aStoreThatDoesNotAnswerIsToldAndTheCursorStays() {
        down = true;

        HttpAnswer answer = answer(READER, "");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("same cursor");
    }

    @Test
    void itIsOnlyRead() {
        HttpCall call = HttpCall.of("POST", "/api/changes", "", Map.of(), Body.EMPTY, clock.instant());
        assertThat(new EdgeInMemory().answer(api, call.withCaller(READER)).status())
                .isEqualTo(405);
    }
}
