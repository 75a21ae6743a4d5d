package dev.lockstep.teams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.Defaults;
import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.concurrent.VirtualTime;
import dev.lockstep.dynamics.DynamicsInSimulation;
import dev.lockstep.dynamics.DynamicsSettings;
import dev.lockstep.dynamics.QuietContactCenter;
import dev.lockstep.intake.Trigger;
import dev.lockstep.local.dynamics.ContactCenter;
import dev.lockstep.local.dynamics.model.BasePresence;
import dev.lockstep.local.dynamics.model.DynamicsBehaviour;
import dev.lockstep.local.dynamics.model.Presence;
import dev.lockstep.local.dynamics.model.Representative;
import dev.lockstep.local.teams.model.Pair;
import dev.lockstep.local.teams.model.TeamsBehaviour;
import dev.lockstep.local.teams.model.TeamsModel;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.PlatformCalls;
import dev.lockstep.presence.CallState;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.presence.Status;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.InMemoryAgentStore;
import dev.lockstep.store.InMemoryTimeline;
import dev.lockstep.sync.SyncHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How soon work is let in after a call, and how soon a call shows over work, with platforms that take 150 and 250 ms for
 * each of their calls, by how far reads of Teams lag behind.
 */
class ReadLagTest {
    private static final String RITA = "rita@contoso.com";
    private static final UUID USER = UUID.nameUUIDFromBytes(RITA.getBytes());
    private static final UUID ENTRA = UUID.nameUUIDFromBytes("entra".getBytes());
    private static final Duration QUEUE = Duration.ofMillis(50);

    private final VirtualTime time = new VirtualTime(Instant.parse("2026-11-23T09:00:00Z"));
    private final InMemoryAgentStore store = new InMemoryAgentStore();
    private final ContactCenter center = QuietContactCenter.of(time, DynamicsBehaviour.harsh());
    private int teamsCalls;
    private SyncHarness sync;

    private final class Slow implements PlatformCalls {
        @Override
        public <T> T call(String platform, String agent, Supplier<T> work) {
            boolean ofTeams = platform.equals("teams");
            teamsCalls += ofTeams ? 1 : 0;
            T answer = work.get();
            time.skip(Duration.ofMillis(ofTeams ? 150 : 250));
            return answer;
        }
    }

    private void signIn(TeamsModel model) throws AgentStore.Conflict {
        center.presence().add(Presence.custom("On a call", BasePresence.BUSY_DO_NOT_DISTURB));
        center.presence().add(Representative.of(USER, "Rita", RITA, ENTRA));
        model.addUser(ENTRA.toString());
        model.signInClient(ENTRA.toString());
        sync = SyncHarness.over(
                        store,
                        new InMemoryTimeline(Duration.ofDays(1), time),
                        List.of(
                                new DynamicsInSimulation(center, new Slow(), time, Defaults.of(DynamicsSettings.class))
                                        .platform(),
                                new TeamsInSimulation(model, new Slow(), time, GivenTeams.RULES, (user, value) -> {})
                                        .platform()),
                        time)
                .pause(time::skip)
                .messages((message, delay) -> time.after(wholeSeconds(delay).plus(QUEUE), () -> sync.retry(message)))
                .build();
        store.save(AgentState.of(
                RITA, new Profile("Rita", "", Map.of("dynamics", USER.toString(), "teams", ENTRA.toString()))));
        center.presence().signIn(USER);
        accept(new Signal.SignedIn(Source.DYNAMICS, SourceTime.at(time.instant()), true));
        time.pass(Duration.ofMinutes(1));
    }

    private void talkOnThePhone(TeamsModel model) throws AgentStore.Conflict {
        signIn(model);
        accept(call(CallState.CONNECTED));
        time.pass(Duration.ofMinutes(1));
        assertThat(inDynamics()).isEqualTo("On a call");
    }

    /** As SQS delays. */
    private static Duration wholeSeconds(Duration delay) {
        return Duration.ofSeconds(delay.plusMillis(999).toSeconds());
    }

    private Signal call(CallState state) {
        return new Signal.Call(Source.phone("desk"), SourceTime.at(time.instant()), "1042", "c1", state, false);
    }

    private void accept(Signal signal) {
        sync.synchronizer().accept(RITA, List.of(new Evidence.Reported(signal)), new Trigger("test", "c1"));
    }

    private String inDynamics() {
        return center.presence().agent(USER).orElseThrow().presence().name();
    }

    @ParameterizedTest
    @CsvSource({"0, 550, 2", "500, 1250, 4", "1000, 1600, 5", "2000, 2800, 7"})
    void workIsLetInSoonAfterReadsHaveCaughtUp(int lagMillis, int mostMillis, int mostCallsOfTeams)
            throws AgentStore.Conflict {
        talkOnThePhone(new TeamsModel(time, TeamsBehaviour.harsh().withReadLag(Duration.ofMillis(lagMillis))));
        Instant hungUp = time.instant();
        teamsCalls = 0;

        accept(call(CallState.ENDED));
        assertThat(Duration.between(hungUp, time.instant())).isLessThan(Duration.ofSeconds(2));
        while (!inDynamics().equals("Available")) {
            assertThat(time.step(hungUp.plusSeconds(10))).isTrue();
        }

        Duration took = Duration.between(hungUp, time.instant());
        assertThat(took).isLessThanOrEqualTo(Duration.ofMillis(mostMillis));
        assertThat(teamsCalls).isLessThanOrEqualTo(mostCallsOfTeams);
    }

    @ParameterizedTest
    @CsvSource({"0", "1000", "2000"})
    void aCallOfTeamsOwnThatOursCoveredKeepsWorkAwayAtAFewReads(int lagMillis) throws AgentStore.Conflict {
        TeamsModel model = new TeamsModel(time, TeamsBehaviour.harsh().withReadLag(Duration.ofMillis(lagMillis)));
        talkOnThePhone(model);
        model.startCall(ENTRA.toString());
        time.pass(Duration.ofMinutes(1));
        teamsCalls = 0;

        accept(call(CallState.ENDED));
        time.pass(Duration.ofMinutes(1));

        assertThat(inDynamics()).isEqualTo("On a call");
        assertThat(teamsCalls).isLessThanOrEqualTo(20);
    }

    /** Our Busy must be cleared for the call to show, and only a look that shows it tells that it is not the person's. */
    @ParameterizedTest
    @CsvSource({"0, 700, 3", "1000, 2000, 4", "2000, 2000, 5"})
    void aCallJustAfterWorkShowsInTeamsOnceReadsShowThatTheBusyIsOurs(
            int lagMillis, int mostMillis, int mostCallsOfTeams) throws AgentStore.Conflict {
        TeamsModel model = new TeamsModel(time, TeamsBehaviour.harsh().withReadLag(Duration.ofMillis(lagMillis)));
        signIn(model);
        accept(new Signal.Fact(Source.DYNAMICS, SourceTime.at(time.instant()), "work", Status.BUSY, Optional.empty()));
        assertThat(model.actual(ENTRA.toString()).pair()).isEqualTo(Pair.BUSY);
        time.pass(Duration.ofMillis(300));
        Instant answered = time.instant();
        teamsCalls = 0;

        accept(call(CallState.CONNECTED));
        assertThat(Duration.between(answered, time.instant())).isLessThanOrEqualTo(Duration.ofMillis(700));
        while (!model.actual(ENTRA.toString()).pair().equals(Pair.IN_A_CALL)) {
            assertThat(time.step(answered.plusSeconds(10))).isTrue();
        }

        Duration took = Duration.between(answered, time.instant());
        assertThat(took).isLessThanOrEqualTo(Duration.ofMillis(mostMillis));
        assertThat(teamsCalls).isLessThanOrEqualTo(mostCallsOfTeams);
    }
}
