package dev.lockstep.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.Defaults;
import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.agent.Pulse;
import dev.lockstep.concurrent.VirtualThreadRunner;
import dev.lockstep.dynamics.DynamicsInSimulation;
import dev.lockstep.dynamics.DynamicsSettings;
import dev.lockstep.intake.CorrelationIds;
import dev.lockstep.intake.Crew;
import dev.lockstep.intake.CrewSettings;
import dev.lockstep.intake.GivenRoll;
import dev.lockstep.intake.PlatformReader;
import dev.lockstep.intake.RollUpkeep;
import dev.lockstep.local.dynamics.ContactCenter;
import dev.lockstep.local.dynamics.model.BasePresence;
import dev.lockstep.local.dynamics.model.DynamicsBehaviour;
import dev.lockstep.local.dynamics.model.Presence;
import dev.lockstep.local.dynamics.model.Representative;
import dev.lockstep.local.dynamics.webhook.WebhookTiming;
import dev.lockstep.local.teams.model.TeamsBehaviour;
import dev.lockstep.local.teams.model.TeamsModel;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.PlatformCalls;
import dev.lockstep.shift.ShiftPoll;
import dev.lockstep.shift.ShiftSettings;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.ForwardingAgentStore;
import dev.lockstep.store.InMemoryAgentStore;
import dev.lockstep.store.InMemoryControl;
import dev.lockstep.store.InMemoryTimeline;
import dev.lockstep.store.StoreFaults;
import dev.lockstep.store.StoreUnavailable;
import dev.lockstep.sync.MappingChanges;
import dev.lockstep.sync.ModeChanges;
import dev.lockstep.sync.Sweep;
import dev.lockstep.sync.SyncHarness;
import dev.lockstep.sync.SyncHealth;
import dev.lockstep.sync.queue.BulkLane;
import dev.lockstep.teams.TeamsInSimulation;
import dev.lockstep.teams.TeamsSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A sweep in which something hangs: it ends in its time all the same, has counted, and says what it left. */
@Timeout(20)
class SweepFunctionTest {
    /** Wherever nobody answers any more. */
    private enum Place {
        NOWHERE,
        READING_DYNAMICS,
        READING_TEAMS,
        LOADING_AN_AGENT
    }

    private final InstantSource clock = InstantSource.system();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Metrics metrics =
            new Metrics(clock, new ObjectMapper(), true, new PrintStream(printed, true, StandardCharsets.UTF_8));
    private final Troubled trouble = new Troubled();
    private final InMemoryAgentStore store = new InMemoryAgentStore(trouble);
    private final SweepFunction function = new SweepFunction();
    private final TeamsModel teams =
            new TeamsModel(clock, TeamsBehaviour.harsh().withReadLag(Duration.ZERO));
    private final AtomicInteger passes = new AtomicInteger();

    private static final class Troubled implements StoreFaults, PlatformCalls {
        private volatile Place hanging = Place.NOWHERE;
        private volatile String unavailable = "";

        @Override
        public <T> T call(String platform, String agentId, Supplier<T> work) {
            hangIf(hanging == Place.READING_DYNAMICS && platform.equals("dynamics"));
            hangIf(hanging == Place.READING_TEAMS && platform.equals("teams"));
            return work.get();
        }

        @Override
        public void before(String call) {
            hangIf(hanging == Place.LOADING_AN_AGENT && call.equals("agents.load"));
            if (call.equals(unavailable)) {
                throw new StoreUnavailable("throttled", null);
            }
        }

        private static void hangIf(boolean hangs) {
            if (hangs) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new StoreUnavailable("given up", e);
                }
            }
        }
    }

    @BeforeEach
    void wire() throws AgentStore.Conflict {
        VirtualThreadRunner threads = new VirtualThreadRunner();
        CorrelationIds correlationIds = new CorrelationIds(new Random(1));
        ContactCenter center = ContactCenter.of(
                clock,
                (delay, work) -> {},
                (receiver, latency, delivery) -> {},
                (url, headers, body) -> 200,
                new SplittableRandom(1),
                DynamicsBehaviour.harsh(),
                WebhookTiming.usual());
        center.presence().add(Presence.custom("On a call", BasePresence.BUSY_DO_NOT_DISTURB));
        Representative ada = Representative.of(UUID.randomUUID(), "Ada", "ada@contoso.com", UUID.randomUUID());
        center.presence().add(ada);
        DynamicsInSimulation dynamics =
                new DynamicsInSimulation(center, trouble, clock, Defaults.of(DynamicsSettings.class));
        TeamsInSimulation inTeams =
                new TeamsInSimulation(teams, trouble, clock, Defaults.of(TeamsSettings.class), (user, value) -> {});
        teams.addUser(ada.entraId().toString());
        teams.signInClient(ada.entraId().toString());
        SyncHarness sync = SyncHarness.over(
                        store,
                        new InMemoryTimeline(Duration.ofDays(1), clock),
                        List.of(dynamics.platform(), inTeams.platform()),
                        clock)
                .build();
        store.save(AgentState.of(
                "ada",
                new Profile(
                        "ada",
                        "",
                        Map.of(
                                "dynamics", ada.id().toString(),
                                "teams", ada.entraId().toString()))));
        store.append("ada", List.of());

        function.limit = Duration.ofSeconds(2);
        function.grace = Duration.ofMillis(500);
        function.lastRound = Duration.ofSeconds(1);
        Crew crew = new Crew(threads, Defaults.of(CrewSettings.class), metrics);
        BulkLane lane = new BulkLane(GivenPlatforms.CATALOGUE, new InMemoryControl(clock), clock);
        function.sweep = new Sweep(store, sync.synchronizer(), correlationIds, crew, lane, Thread::sleep, clock);
        function.snapshot = dynamics.snapshot(
                store,
                sync.synchronizer(),
                correlationIds,
                new PlatformReader(threads, metrics, new InMemoryControl(clock), clock),
                crew);
        AgentStore counted = new ForwardingAgentStore(store) {
            @Override
            public Stream<Pulse> pulses(String shard) {
                passes.incrementAndGet();
                return super.pulses(shard);
            }
        };
        function.roll = GivenRoll.over(counted, clock);
        function.teams = inTeams.watch(function.roll, store, sync.synchronizer(), correlationIds);
        function.watch = new TeamsWatch(function.teams, Defaults.of(TeamsSettings.class), clock, Thread::sleep);
        function.shifts = new ShiftPoll(
                List.of(dynamics.shifts()),
                Defaults.of(ShiftSettings.class),
                function.roll,
                store,
                clock,
                sync.synchronizer(),
                correlationIds,
                new PlatformReader(threads, metrics, new InMemoryControl(clock), clock),
                crew);
        function.upkeep = new RollUpkeep(store, new InMemoryControl(clock), sync.synchronizer(), crew, clock);
        function.census = new SyncHealth(store.views(), new InMemoryControl(clock), clock);
        function.modes = new ModeChanges(store, new InMemoryControl(clock), crew, clock);
        function.mappings = new MappingChanges(store.views(), store, new InMemoryControl(clock), crew, clock);
        function.lane = lane;
        function.metrics = metrics;
        function.threads = threads;
        function.clock = clock;
    }

    private String published() {
        metrics.publish();
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whereNothingHangsEverythingIsDone() {
        assertThat(function.run(new ScheduleEvent(null)).agents()).isPositive();
        assertThat(published()).contains("\"OutOfSync\"").doesNotContain("\"AgentsLeft\"");
    }

    @Test
    void aPlatformThatHangsIsNotReadAndItIsCounted() {
        trouble.hanging = Place.READING_DYNAMICS;

        function.run(new ScheduleEvent(null));

        assertThat(published()).contains("\"OutOfSync\"").contains("\"Outcome\":\"Unreachable\"");
    }

    @Test
    void agentsWhoDoNotEndAreCountedAndLeft() {
        trouble.hanging = Place.LOADING_AN_AGENT;

        function.run(new ScheduleEvent(null));

        assertThat(published())
                .contains("\"OutOfSync\"")
                .contains("\"AgentsLeft\"")
                .contains("\"Outcome\":\"Done\"");
    }

    @Test
    void aPartThatFailsCostsTheOthersNothingAndTheRunFails() {
        trouble.unavailable = "agents.pulses";

        assertThatThrownBy(() -> function.run(new ScheduleEvent(null))).isInstanceOf(StoreUnavailable.class);

        assertThat(published()).contains("\"OutOfSync\"").contains("\"Outcome\":\"Done\"");
    }

    private AgentState ada() {
        return store.load("ada").orElseThrow();
    }

    @Test
    void whereItsEventSaysForHowLongSchedulesAndTeamsAreReadInTheSamePass() {
        function.run(new ScheduleEvent(1));

        assertThat(passes).hasValue(1);
        assertThat(published()).contains("\"Outcome\":\"Done\"");
        assertThat(ada().standing("teams").observed()).isPresent();
    }

    @Test
    void whereItSaysNothingTheyAreNotRead() {
        function.run(new ScheduleEvent(null));

        assertThat(passes).hasValue(1);
        assertThat(ada().standing("teams").observed()).isEmpty();
    }

    @Test
    void aTeamsThatHangsCostsTheSweepNothing() {
        trouble.hanging = Place.READING_TEAMS;

        assertThatThrownBy(() -> function.run(new ScheduleEvent(1))).hasMessageContaining("the watch of Teams");

        assertThat(published()).contains("\"Outcome\":\"Done\"");
    }

    @Test
    void aDynamicsThatHangsCostsTheWatchNothing() {
        trouble.hanging = Place.READING_DYNAMICS;

        function.run(new ScheduleEvent(1));

        assertThat(ada().standing("teams").observed()).isPresent();
    }
}
