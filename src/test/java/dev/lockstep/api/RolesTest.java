package dev.lockstep.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.configured.Connection;
import dev.lockstep.configured.InMemoryConnections;
import dev.lockstep.configured.SupervisorGroup;
import dev.lockstep.directory.AgentLookup;
import dev.lockstep.intake.ForwardingIntake;
import dev.lockstep.intake.Trigger;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.presence.Signal;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.EdgeInMemory;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.Requester;
import dev.lockstep.protocol.http.Supervision;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.Identities;
import dev.lockstep.store.InMemoryAgentStore;
import dev.lockstep.store.InMemoryIdentities;
import dev.lockstep.store.InMemoryTimeline;
import dev.lockstep.store.StoreFaults;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may what, by the roles of a token that the gateway verified; and in whose name. */
class RolesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final String RITA = "22222222-0000-4000-8000-000000000001";
    private static final String BUSY = "{\"status\":\"busy\",\"source\":\"crm\"}";

    private static final Connection CRM =
            new Connection("crm", "webhook", List.of(), List.of(), Optional.empty(), List.of(), Optional.of("c3"));

    private List<SupervisorGroup> groups = List.of();
    private final InMemoryAgentStore store = new InMemoryAgentStore(StoreFaults.NONE);
    private final InMemoryIdentities identities = new InMemoryIdentities();
    private final List<Signal> told = new ArrayList<>();
    private final ForwardingIntake intake = new ForwardingIntake(this::record);
    private final Api api = new Api(
            new AgentLookup(GivenPlatforms.CATALOGUE, store, identities),
            store,
            store.views(),
            new InMemoryTimeline(Duration.ofDays(30), () -> NOW),
            intake,
            new InMemoryConnections().with(CRM),
            new ObjectMapper(),
            new Supervision(() -> groups),
            GivenConnectionsApi.unasked(
                    new InMemoryConnections().with(CRM),
                    new AgentLookup(GivenPlatforms.CATALOGUE, store, new InMemoryIdentities()),
                    () -> NOW));
    private Instant now = NOW;

    @BeforeEach
    void hire() throws AgentStore.Conflict {
        for (String agentId : List.of("rita", "anna")) {
            store.save(AgentState.of(agentId, new Profile("The " + agentId, "", Map.of())));
        }
        identities.put(Map.of(Identities.of("teams", RITA), "rita"));
    }

    private void record(String agentId, List<Evidence> news) {
        try {
            AgentState state = store.load(agentId).orElseThrow();
            for (Evidence item : news) {
                Signal signal = ((Evidence.Reported) item).signal();
                told.add(signal);
                state = state.with(state.situation().fold(signal));
            }
            store.save(state);
        } catch (AgentStore.Conflict e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpAnswer ask(Requester caller, String method, String path, String query) {
        now = now.plusSeconds(1);
        HttpCall call = HttpCall.of(method, path, query, Map.of(), Body.of(method.equals("PUT") ? BUSY : ""), now);
        return new EdgeInMemory().answer(api, call.withCaller(caller));
    }

    private HttpAnswer put(Requester caller, String agent) {
        return ask(caller, "PUT", "/api/agents/" + agent + "/status", "");
    }

    private static Requester application(String id, String... roles) {
        return new Requester.Holder(false, id, "", Set.of(roles));
    }

    private static Requester person(String id, String... roles) {
        return new Requester.Holder(true, id, "", Set.of(roles));
    }

    private List<String> sources() {
        return told.stream().map(signal -> signal.source().name()).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/agents, Presence.Read",
        "GET, /api/agents/rita, Presence.Read",
        "GET, /api/agents/rita/timeline, Presence.Read",
        "GET, /api/agents/rita/explain, Presence.Read",
        "PUT, /api/agents/rita/status, Presence.Write",
        "DELETE, /api/agents/rita/status, Presence.Write",
        "PUT, /api/agents/rita/status, Presence.Supervise",
        "DELETE, /api/agents/rita/status, Presence.Supervise",
    })
    void aRouteWithoutItsRoleSaysWhichIsMissing(String method, String path, String role) {
        assertThat(ask(application("a1", role), method, path, "").status()).isEqualTo(200);
        told.clear();

        String other = role.equals("Presence.Read") ? "Presence.Write" : "Presence.Read";
        for (Requester caller :
                List.of(application("a1"), application("a1", other, "presence.supervise", "Presence"))) {
            HttpAnswer refused = ask(caller, method, path, "");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.contentType()).isEqualTo("application/problem+json");
            assertThat(refused.body()).contains(role, "\"status\":403");
        }
        assertThat(told).isEmpty();
    }

    @Test
    void withoutAVerifiedTokenNothingIsAnswered() {
        for (String path : List.of("/api/agents", "/api/agents/rita", "/api/agents/nobody")) {
            HttpAnswer refused = ask(new Requester.Unverified(), "GET", path, "");
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.body()).contains("lockstep.gateway.authorization");
        }
        assertThat(put(new Requester.Unverified(), "rita").status()).isEqualTo(401);
        assertThat(told).isEmpty();
    }

    /** The gateway sends its methods elsewhere. */
    @Test
    void theConfigurationIsReadAndPosted() {
        HttpAnswer refused = ask(application("a1"), "PUT", "/api/configuration", "");

        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.body()).contains("GET or POST");
    }

    /** Who may not read does not learn who there is. */
    @Test
    void anUnknownAgentIsNoOtherAnswerToWhoMayNothing() {
        assertThat(ask(application("a1"), "GET", "/api/agents/nobody", "").body())
                .isEqualTo(ask(application("a1"), "GET", "/api/agents/rita", "").body());
    }

    @Test
    void anApplicationSpeaksInItsOwnNameWhateverItCallsItself() {
        put(application("a1", "Presence.Write"), "rita");

        assertThat(sources()).containsExactly("application:app:a1");
    }

    /** Or it would be told what it said itself. */
    @Test
    void anApplicationThatIsConfiguredSpeaksAsItsConnection() {
        put(application("c3", "Presence.Write"), "rita");
        ask(application("c3", "Presence.Write"), "DELETE", "/api/agents/rita/status", "");
        put(person("c3", "Presence.Supervise"), "rita");

        assertThat(sources()).containsExactly("application:crm", "application:crm", "application:user:c3");
    }

    @Test
    void whoseTokenItWasIsHandedOn() {
        put(new Requester.Holder(true, RITA, "Rita Bell", Set.of("Presence.Write")), "rita");
        put(application("a1", "Presence.Write"), "rita");
        put(new Requester.Unasked(), "rita");

        assertThat(intake.triggers)
                .extracting(Trigger::by)
                .containsExactly("user:" + RITA + " (Rita Bell)", "app:a1", "");
    }

    @Test
    void aTokenThatDoesNotTellWhoseItIsChangesNothing() {
        assertThat(put(application("", "Presence.Write"), "rita").status()).isEqualTo(403);
        assertThat(put(person("", "Presence.Write"), "rita").status()).isEqualTo(403);
        assertThat(put(person("", "Presence.Supervise"), "rita").status()).isEqualTo(403);
        assertThat(told).isEmpty();
    }

    @Test
    void peopleSetTheirOwnStatusAndSupervisorsEverybodys() {
        assertThat(put(person(RITA, "Presence.Write"), "rita").status()).isEqualTo(200);
        assertThat(put(person(RITA, "Presence.Write"), "anna").status()).isEqualTo(403);
        assertThat(put(person("stranger", "Presence.Write"), "rita").status()).isEqualTo(403);
        assertThat(put(person("boss", "Presence.Supervise"), "anna").status()).isEqualTo(200);

        assertThat(sources()).containsExactly("application:user:" + RITA, "application:user:boss");
    }

    /** Whatever source it names: an application cannot take back what another one said. */
    @Test
    void whatAnotherSaidStaysUntilASupervisorTakesItBack() {
        put(application("a1", "Presence.Write"), "rita");
        told.clear();

        for (String query : List.of("", "source=app:a1", "source=application:app:a1")) {
            ask(application("b2", "Presence.Write"), "DELETE", "/api/agents/rita/status", query);
        }
        assertThat(told).isEmpty();

        ask(person("boss", "Presence.Supervise"), "DELETE", "/api/agents/rita/status", "source=app:a1");
        assertThat(sources()).containsExactly("application:app:a1");
    }

    @Test
    void anApplicationTakesItsOwnBackUnderAnyLabel() {
        put(application("a1", "Presence.Write"), "rita");
        told.clear();

        ask(application("a1", "Presence.Write"), "DELETE", "/api/agents/rita/status", "source=crm");

        assertThat(sources()).containsExactly("application:app:a1");
    }

    // ---- supervisors of some teams ------------------------------------------------------------------------------

    private void supervisedByGroups() throws AgentStore.Conflict {
        store.save(AgentState.of("paul", new Profile("Paul", "Priority", Map.of())));
        store.save(AgentState.of("sam", new Profile("Sam", "standard", Map.of())));
        groups = List.of(
                new SupervisorGroup("g1", List.of("priority")),
                new SupervisorGroup("g2", List.of("standard", "night")));
    }

    private static Requester supervisor(Set<String> groups, String... roles) {
        return new Requester.Holder(true, "boss", "", Set.of(roles), groups);
    }

    @Test
    void aSupervisorActsForTheTeamsOfTheirGroupsAndIsToldWhichIsNot() throws AgentStore.Conflict {
        supervisedByGroups();
        Requester boss = supervisor(Set.of("g1", "other"), "Presence.Supervise");

        assertThat(put(boss, "paul").status()).isEqualTo(200);
        HttpAnswer refused = put(boss, "sam");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(json(refused))
                .contains("the team \"standard\"", "supervisors")
                .doesNotContain("no group");
        assertThat(put(boss, "rita").body()).contains("agents without a team");
        assertThat(ask(boss, "DELETE", "/api/agents/sam/status", "").status()).isEqualTo(403);
        assertThat(sources()).containsExactly("application:user:boss");
    }

    @Test
    void whoseTokenNamesNoGroupSupervisesNobodyAndIsToldWhy() throws AgentStore.Conflict {
        supervisedByGroups();

        assertThat(put(supervisor(Set.of(), "Presence.Supervise"), "paul").body())
                .contains("names no group");
        assertThat(put(supervisor(Set.of("g9"), "Presence.Supervise"), "paul").body())
                .contains("to none of them a team is given");
        assertThat(told).isEmpty();
    }

    /** Their own status, or an application's own name, is no supervision. */
    @Test
    void whatWriteAllowsStays() throws AgentStore.Conflict {
        supervisedByGroups();
        Requester crm = new Requester.Holder(false, "a1", "", Set.of("Presence.Write", "Presence.Supervise"));
        put(supervisor(Set.of("g2"), "Presence.Supervise"), "sam");
        told.clear();

        assertThat(put(crm, "sam").status()).isEqualTo(200);
        ask(crm, "DELETE", "/api/agents/sam/status", "source=user:boss");
        assertThat(sources()).containsOnly("application:app:a1");
        identities.put(Map.of(Identities.of("teams", "boss"), "sam"));
        assertThat(put(supervisor(Set.of("g1"), "Presence.Supervise", "Presence.Write"), "sam")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whoOnlySupervisesSeesTheirTeams() throws AgentStore.Conflict {
        supervisedByGroups();
        Requester boss = supervisor(Set.of("g1"), "Presence.Supervise");

        assertThat(ask(boss, "GET", "/api/agents", "").body()).contains("paul").doesNotContain("sam", "rita");
        assertThat(ask(boss, "GET", "/api/agents", "team=priority").status()).isEqualTo(200);
        assertThat(ask(boss, "GET", "/api/agents", "team=standard").status()).isEqualTo(403);
        for (String part : List.of("", "/timeline", "/explain")) {
            assertThat(ask(boss, "GET", "/api/agents/paul" + part, "").status()).isEqualTo(200);
            assertThat(ask(boss, "GET", "/api/agents/sam" + part, "").body()).contains("standard");
        }
        Requester reader = supervisor(Set.of("g1"), "Presence.Supervise", "Presence.Read");
        assertThat(ask(reader, "GET", "/api/agents/sam", "").status()).isEqualTo(200);
        groups = List.of();
        assertThat(ask(boss, "GET", "/api/agents", "").status()).isEqualTo(403);
    }

    private static String json(HttpAnswer answer) {
        return answer.body().replace("\\\"", "\"");
    }

    /** The laptop's front asks for no token. */
    @Test
    void whereNobodyIsAskedTheSourceIsWhatTheCallerSays() {
        assertThat(put(new Requester.Unasked(), "rita").status()).isEqualTo(200);

        assertThat(sources()).containsExactly("application:crm");
    }
}
