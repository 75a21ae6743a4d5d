package dev.lockstep.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.lockstep.Defaults;
import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.concurrent.Countdown;
import dev.lockstep.concurrent.VirtualTime;
import dev.lockstep.dynamics.DynamicsInSimulation;
import dev.lockstep.dynamics.DynamicsSettings;
import dev.lockstep.dynamics.QuietContactCenter;
import dev.lockstep.intake.CorrelationIds;
import dev.lockstep.intake.GivenCrew;
import dev.lockstep.intake.GivenReader;
import dev.lockstep.intake.GivenRoll;
import dev.lockstep.local.dynamics.ContactCenter;
import dev.lockstep.local.dynamics.model.BasePresence;
import dev.lockstep.local.dynamics.model.DynamicsBehaviour;
import dev.lockstep.local.dynamics.model.Presence;
import dev.lockstep.local.dynamics.model.Representative;
import dev.lockstep.local.teams.model.TeamsBehaviour;
import dev.lockstep.local.teams.model.TeamsModel;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.PlatformCalls;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.presence.Status;
import dev.lockstep.shift.ShiftPoll;
import dev.lockstep.shift.ShiftSettings;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.InMemoryAgentStore;
import dev.lockstep.store.InMemoryIdentities;
import dev.lockstep.store.InMemoryTimeline;
import dev.lockstep.sync.SyncHarness;
import dev.lockstep.teams.TeamsInSimulation;
import dev.lockstep.teams.TeamsPoll;
import dev.lockstep.teams.TeamsSettings;
import dev.lockstep.teams.WatchedAgents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every function that works for several agents in one run: what is wrong with one of them costs the others nothing. */
class SeveralAgentsTest {
    private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");
    private static final Duration RUN = Duration.ofSeconds(25);
    private static final String BROKEN = "b@contoso.com";
    private static final List<String> OTHERS = List.of("a@contoso.com", "c@contoso.com");

    /** What can be wrong with one. */
    enum Fault {
        ITEM_CANNOT_BE_READ {
            @Override
            void strike(SeveralAgentsTest world) {
                world.watched = world.teamsWatch.watched();
                world.table.spoil(BROKEN);
            }
        },
        NOTHING_CAN_BE_PLANNED {
            @Override
            void strike(SeveralAgentsTest world) {
                world.watched = world.teamsWatch.watched();
                world.isPlanningBroken = true;
            }
        };

        abstract void strike(SeveralAgentsTest world);
    }

    /** What makes something known of everybody, and the function that is to learn it. */
    enum Batch {
        TEAMS_WATCH {
            @Override
            void happens(SeveralAgentsTest world) {
                world.everybody()
                        .forEach(who -> world.teams.startCall(who.entraId().toString()));
            }

            @Override
            void run(SeveralAgentsTest world) {
                world.teamsWatch.poll(world.watched);
            }
        },
        SNAPSHOT {
            @Override
            void happens(SeveralAgentsTest world) {
                world.everybody().forEach(who -> world.center.presence().signIn(who.id()));
            }

            @Override
            void run(SeveralAgentsTest world) {
                world.dynamics
                        .snapshot(world.table, world.sync.synchronizer(), world.correlationIds)
                        .poll(GivenRoll.over(world.table, world.time).everybody(), Countdown.of(world.time, RUN));
            }
        },
        SHIFT_END {
            @Override
            void happens(SeveralAgentsTest world) {
                world.everybody()
                        .forEach(who -> world.center
                                .shifts()
                                .bookElsewhere(who.id(), NINE.minusSeconds(60), NINE.plus(Duration.ofHours(8))));
            }

            @Override
            void run(SeveralAgentsTest world) {
                world.shiftEnd(25).run();
            }
        },
        SHIFT_END_OF_MANY {
            @Override
            void happens(SeveralAgentsTest world) {
                SHIFT_END.happens(world);
            }

            @Override
            void run(SeveralAgentsTest world) {
                world.shiftEnd(1).run();
            }
        },
        SWEEP {
            @Override
            void happens(SeveralAgentsTest world) {
                world.everybody().forEach(who -> world.table.append(who.upn(), CALLED));
            }

            @Override
            void run(SeveralAgentsTest world) {
                world.sync.sweep(Countdown.of(world.time, RUN));
            }
        },
        RETRIES {
            @Override
            void happens(SeveralAgentsTest world) {
                SWEEP.happens(world);
            }

            @Override
            void run(SeveralAgentsTest world) {
                world.syncFunction().handle(world.messages());
            }
        },
        DIRECTORY {
            @Override
            void happens(SeveralAgentsTest world) {
                world.everybody()
                        .forEach(who -> world.center
                                .presence()
                                .add(Representative.of(who.id(), "New " + who.name(), who.upn(), UUID.randomUUID())));
            }

            @Override
            void run(SeveralAgentsTest world) {
                assertThat(world.dynamics
                                .directory(world.table, world.identities)
                                .build()
                                .agents())
                        .isGreaterThanOrEqualTo(OTHERS.size());
            }
        };

        abstract void happens(SeveralAgentsTest world);

        abstract void run(SeveralAgentsTest world);
    }

    private static final List<Evidence> CALLED = List.of(new Evidence.Reported(new Signal.Fact(
            Source.application("crm"), SourceTime.at(NINE), "training", Status.DO_NOT_DISTURB, Optional.empty())));

    private final VirtualTime time = new VirtualTime(NINE);
    private final InMemoryAgentStore table = new InMemoryAgentStore();
    private final InMemoryIdentities identities = new InMemoryIdentities();
    private final CorrelationIds correlationIds = new CorrelationIds(new Random(1));
    private final TeamsModel teams = new TeamsModel(time, TeamsBehaviour.harsh().withReadLag(Duration.ZERO));
    private final ContactCenter center = QuietContactCenter.of(
            time,
            DynamicsBehaviour.harsh().withRows(DynamicsBehaviour.harsh().rows().withDelay(Duration.ZERO)));
    private DynamicsInSimulation dynamics;
    private SyncHarness sync;
    private TeamsPoll teamsWatch;
    private WatchedAgents watched;
    private boolean isPlanningBroken;

    @BeforeEach
    void hire() throws AgentStore.Conflict {
        center.presence().add(Presence.custom("On a call", BasePresence.BUSY_DO_NOT_DISTURB));
        for (String upn : List.of("a@contoso.com", BROKEN, "c@contoso.com")) {
            Representative who = Representative.of(
                    UUID.nameUUIDFromBytes(upn.getBytes()), upn, upn, UUID.nameUUIDFromBytes(("t" + upn).getBytes()));
            center.presence().add(who);
            teams.addUser(who.entraId().toString());
            teams.signInClient(who.entraId().toString());
        }
        dynamics = new DynamicsInSimulation(center, PlatformCalls.DIRECT, time, Defaults.of(DynamicsSettings.class));
        TeamsInSimulation side = new TeamsInSimulation(
                teams, PlatformCalls.DIRECT, time, Defaults.of(TeamsSettings.class), (user, value) -> {});
        sync = SyncHarness.over(
                        table,
                        new InMemoryTimeline(Duration.ofDays(1), time),
                        List.of(dynamics.platform(), side.platform()),
                        time)
                .mapping(team -> {
                    if (isPlanningBroken && team.equals("broken")) {
                        throw new IllegalStateException("a team's mapping that nobody understands");
                    }
                    return GivenPlatforms.shippedMapping();
                })
                .build();
        teamsWatch = side.watch(GivenRoll.over(table, time), table, sync.synchronizer(), correlationIds);
        dynamics.directory(table, identities).build();
        AgentState broken = table.load(BROKEN).orElseThrow();
        table.save(broken.with(new Profile(BROKEN, "broken", broken.profile().externalIds())));
        everybody().forEach(who -> sync.retry(who.upn()));
        time.skip(Duration.ofMinutes(1));
    }

    private List<Representative> everybody() {
        return center.presence().agents().stream().map(agent -> agent.who()).toList();
    }

    private ShiftPoll shiftEnd(int mostAtOnce) {
        return new ShiftPoll(
                List.of(dynamics.shifts()),
                Defaults.of(ShiftSettings.class, Map.of("lockstep.shift.most-at-once", String.valueOf(mostAtOnce))),
                GivenRoll.over(table, time),
                table,
                time,
                sync.synchronizer(),
                correlationIds,
                GivenReader.uncounted(),
                GivenCrew.alone());
    }

    private SyncFunction syncFunction() {
        SyncFunction function = new SyncFunction();
        function.retries = sync.retries();
        function.crew = GivenCrew.alone();
        return function;
    }

    private SQSEvent messages() {
        List<SQSEvent.SQSMessage> messages = new ArrayList<>();
        for (Representative who : everybody()) {
            SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
            message.setMessageId(who.upn());
            message.setBody("{\"agentId\":\"" + who.upn() + "\"}");
            messages.add(message);
        }
        SQSEvent event = new SQSEvent();
        event.setRecords(messages);
        return event;
    }

    static Stream<Arguments> everyFault() {
        return Stream.of(Batch.values())
                .flatMap(batch -> Stream.of(Fault.values()).map(fault -> Arguments.of(batch, fault)));
    }

    @ParameterizedTest
    @MethodSource("everyFault")
    void whatIsWrongWithOneCostsTheOthersNothing(Batch batch, Fault fault) {
        batch.happens(this);
        Map<String, Long> before = versions();
        fault.strike(this);

        batch.run(this);

        table.mend(BROKEN);
        assertThat(versions()).allSatisfy((agentId, version) -> {
            if (OTHERS.contains(agentId)) {
                assertThat(version).as(agentId).isGreaterThan(before.get(agentId));
            }
        });
    }

    /** Else the test above proves nothing. */
    @ParameterizedTest
    @EnumSource(Batch.class)
    void whereNothingIsWrongEverybodyIsReached(Batch batch) {
        batch.happens(this);
        Map<String, Long> before = versions();
        watched = teamsWatch.watched();

        batch.run(this);

        assertThat(versions())
                .allSatisfy(
                        (agentId, version) -> assertThat(version).as(agentId).isGreaterThan(before.get(agentId)));
    }

    private Map<String, Long> versions() {
        return everybody().stream()
                .collect(java.util.stream.Collectors.toMap(
                        Representative::upn,
                        who -> table.load(who.upn()).orElseThrow().version()));
    }
}
