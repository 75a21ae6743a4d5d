package dev.lockstep.simulation;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.Defaults;
import dev.lockstep.administration.ConfigResponse;
import dev.lockstep.administration.Configuration;
import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Pulse;
import dev.lockstep.api.Api;
import dev.lockstep.api.GivenConnectionsApi;
import dev.lockstep.concurrent.Countdown;
import dev.lockstep.concurrent.SequentialRunner;
import dev.lockstep.concurrent.VirtualTime;
import dev.lockstep.configured.ConfigSettings;
import dev.lockstep.configured.Connection;
import dev.lockstep.configured.Connections;
import dev.lockstep.configured.InMemoryConnections;
import dev.lockstep.directory.AgentLookup;
import dev.lockstep.directory.DirectoryBuilder;
import dev.lockstep.dynamics.DataverseWebhook;
import dev.lockstep.dynamics.DynamicsInSimulation;
import dev.lockstep.dynamics.DynamicsPoll;
import dev.lockstep.intake.CorrelationIds;
import dev.lockstep.intake.Crew;
import dev.lockstep.intake.EvidenceIntake;
import dev.lockstep.intake.GivenCrew;
import dev.lockstep.intake.GivenReader;
import dev.lockstep.intake.GivenRoll;
import dev.lockstep.intake.RollCall;
import dev.lockstep.intake.RollUpkeep;
import dev.lockstep.phone.GivenPhoneSystems;
import dev.lockstep.phone.LineEvidence;
import dev.lockstep.phone.PhoneWebhook;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.Platform;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.platform.Standing;
import dev.lockstep.platform.Subject;
import dev.lockstep.presence.Source;
import dev.lockstep.protocol.delivery.GivenDeliveryLog;
import dev.lockstep.protocol.http.EdgeMeter;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.HttpEdge;
import dev.lockstep.protocol.http.Supervision;
import dev.lockstep.protocol.signature.StandardWebhooks;
import dev.lockstep.shift.ShiftPoll;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.Control;
import dev.lockstep.store.Identities;
import dev.lockstep.store.InMemoryAgentStore;
import dev.lockstep.store.InMemoryControl;
import dev.lockstep.store.InMemoryDocuments;
import dev.lockstep.store.InMemoryIdentities;
import dev.lockstep.store.InMemoryTimeline;
import dev.lockstep.store.Timeline;
import dev.lockstep.sync.MappingChanges;
import dev.lockstep.sync.SyncHarness;
import dev.lockstep.sync.queue.RetryMessage;
import dev.lockstep.teams.SessionSlots;
import dev.lockstep.teams.TeamsInSimulation;
import dev.lockstep.teams.TeamsPoll;
import dev.lockstep.webhook.ApplicationInSimulation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** The product's own functions over simulated platforms and a store in memory. */
final class Product {
    static final String DESK = "desk";
    static final String TOKEN = "simulated-desk-token";
    static final String PBX = "pbx";
    static final String PBX_SECRET = "whsec_c2ltdWxhdGVkLXBieC1zZWNyZXQtMDEyMzQ1Njc4OQ==";
    static final String APPLICATION = "crm";

    private static final Connections CONNECTIONS = new InMemoryConnections()
            .with(new Connection(DESK, "yealink", List.of(TOKEN), List.of(), Optional.empty(), List.of()))
            .with(new Connection(PBX, "generic", List.of(), List.of(PBX_SECRET), Optional.empty(), List.of()));

    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Duration RUN = Duration.ofSeconds(25);
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final ObjectMapper JSON = new ObjectMapper().findAndRegisterModules();

    private final Simulation world;
    private final AgentStore store;
    private final Identities identities;
    private final DirectoryBuilder directory;
    private final DataverseWebhook dynamicsChange;
    private final PhoneWebhook phoneEvents;
    private final Api api;
    private final HttpEdge edge = new HttpEdge(new ForeseenFaults());
    private final Crew crew = GivenCrew.alone();
    private final InMemoryAgentStore table;
    private final RollCall roll;
    private final RollUpkeep upkeep;
    private final Configuration configuration;
    private final MappingChanges mappingChanges;
    private final DynamicsPoll snapshot;
    private final TeamsPoll teamsWatch;
    private final ShiftPoll shiftEnd;
    private final SyncHarness sync;
    private final ApplicationInSimulation application;
    private final Map<String, ReadablePlatform> readable;

    /**
     * @param queue is given the message and the delay of everything that is put off
     */
    Product(Simulation world, ChangingMappings mappings, BiConsumer<RetryMessage, Duration> queue, Onlooker onlooker) {
        this.world = world;
        this.identities = onlooker.over(new InMemoryIdentities());
        Variant variant = world.scenario.variant();
        VirtualTime time = world.time;
        this.table = new InMemoryAgentStore(world.faults);
        this.store = variant.over(new StoreAround(onlooker.over(table), this::noting));
        DynamicsInSimulation dynamics = new DynamicsInSimulation(world.center, world.faults, time, variant.dynamics());
        TeamsInSimulation teams = teams(SessionSlots.ONE);
        ReadablePlatform inTeams = world.scenario.sharesTeams()
                ? new ChangingRegistrations(
                        world.scenario, time, world.faults, list -> teams(list).platform())
                : teams.platform();
        this.readable = Map.of("dynamics", dynamics.platform(), "teams", inTeams);
        this.application = new ApplicationInSimulation(APPLICATION, world.faults, time);
        List<Platform> platforms =
                List.of(watched(variant.over(dynamics.platform())), watched(variant.over(inTeams)), application);
        Timeline timeline = onlooker.over(new InMemoryTimeline(Duration.ofDays(1), time));
        CorrelationIds correlationIds = new CorrelationIds(new Dice(world.scenario.seed(), "correlation", time));
        SyncHarness.Options options = SyncHarness.over(store, timeline, platforms, time)
                .mapping(variant.over(team -> mappings.current()))
                .settings(variant.sync())
                .messages(queue)
                .pause(world.faults::pause)
                .random(new Dice(world.scenario.seed(), "jitter", time))
                .correlationIds(correlationIds);
        this.sync = onlooker.meter().map(options::meter).orElse(options).build();
        Control control = onlooker.over(new InMemoryControl(time));
        EvidenceIntake intake = sync.synchronizer();
        this.dynamicsChange = dynamics.change(store, identities, control, intake);
        this.snapshot = dynamics.snapshot(store, intake, correlationIds);
        this.directory = dynamics.directory(store, identities);
        this.roll = world.scenario.isJustUpgraded()
                ? new RollCall(store, control, new SequentialRunner(), time)
                : GivenRoll.over(store, control, time, new SequentialRunner());
        this.upkeep = new RollUpkeep(store, control, intake, crew, time);
        this.configuration = new Configuration(
                new InMemoryDocuments(),
                identities,
                table,
                control,
                GivenPlatforms.CATALOGUE,
                () -> platforms,
                List.of(),
                Defaults.of(ConfigSettings.class),
                time);
        this.mappingChanges = new MappingChanges(table.views(), store, control, crew, time);
        this.teamsWatch = teams.watch(roll, store, intake, correlationIds);
        this.shiftEnd = new ShiftPoll(
                List.of(dynamics.shifts()),
                variant.shifts(),
                roll,
                store,
                time,
                intake,
                correlationIds,
                GivenReader.uncounted(),
                GivenCrew.alone());
        this.phoneEvents = new PhoneWebhook(
                CONNECTIONS,
                GivenPhoneSystems.of(reference -> reference, new StandardWebhooks(time, TOLERANCE)),
                identities,
                (connection, name) -> List.of(name),
                control,
                intake,
                (connection, what) -> {},
                GivenDeliveryLog.in(time));
        this.api = new Api(
                new AgentLookup(GivenPlatforms.CATALOGUE, store, identities),
                store,
                table.views(),
                timeline,
                intake,
                CONNECTIONS,
                JSON,
                Supervision.ofEverybody(),
                GivenConnectionsApi.unasked(
                        CONNECTIONS, new AgentLookup(GivenPlatforms.CATALOGUE, store, identities), time));
    }

    private TeamsInSimulation teams(SessionSlots sessions) {
        return new TeamsInSimulation(
                world.teams,
                world.faults,
                world.time,
                sessions,
                world.scenario.variant().teams(),
                world.preferred::writtenByUs);
    }

    /** What is noted as intended may be done at any time from now on. */
    private AgentState noting(AgentState next) {
        world.storing(next);
        next.standing("teams")
                .ledger()
                .newestIn("preferred")
                .filter(entry -> entry.outcome() == LedgerEntry.Outcome.INTENDED)
                .ifPresent(entry -> world.people.stream()
                        .filter(person -> person.agentId().equals(next.agentId()))
                        .forEach(person -> world.preferred.intendedByUs(person.entra(), entry.value())));
        return next;
    }

    private ReadablePlatform watched(ReadablePlatform platform) {
        return new PlatformAround(platform) {
            @Override
            public void perform(LedgerEntry step, Subject subject, Standing standing) {
                world.trace.note(
                        subject.agentId(),
                        "  we write " + name() + " " + step.slot() + " '" + world.named(step.value()) + "'");
                world.writing(name(), subject.agentId(), step.value());
                super.perform(step, subject, standing);
            }
        };
    }

    /** An item that cannot be read is a fault that the edge answers; any other is one of ours. */
    private final class ForeseenFaults implements EdgeMeter {
        @Override
        public void refused(String endpoint, String reason) {}

        @Override
        public void failed(String endpoint) {
            if (!world.faults.explainFailure()) {
                throw new AssertionError(endpoint + " failed in a way that nobody foresaw; see the log");
            }
        }
    }

    /** Reads the directory, and connects everybody's phones. */
    void hire(List<SimulatedPerson> people) {
        world.faults.suspended(() -> {
            directory.build();
            people.forEach(person -> identities.put(Map.of(
                    Identities.line(DESK, person.mac()), person.agentId(),
                    Identities.line(PBX, person.line()), person.agentId())));
            return people;
        });
    }

    void readDirectory() {
        world.faults.suspended(directory::build);
    }

    /** An administrator gives somebody's desk phone to nobody. */
    void takeDeskPhone(String mac, SimulatedPerson from) {
        List<Evidence> news = LineEvidence.whenLineLeaves(Source.phone(DESK), world.time.instant(), mac).stream()
                .<Evidence>map(Evidence.Reported::new)
                .toList();
        world.faults.suspended(() -> {
            identities.remove(Identities.line(DESK, mac));
            table.append(from.agentId(), world.scenario.variant().whenLineLeaves(news));
            return news;
        });
    }

    void giveDeskPhone(String mac, SimulatedPerson to) {
        world.faults.suspended(() -> {
            identities.put(Map.of(Identities.line(DESK, mac), to.agentId()));
            return to;
        });
    }

    void watchTeams() {
        checkPassedOver("teams");
        teamsWatch.poll(teamsWatch.watched());
    }

    void sweep() {
        checkPassedOver("dynamics");
        mappingChanges.run(Countdown.of(world.time, RUN));
        List<Pulse> everybody = roll.everybody();
        sync.sweep().run(everybody, Countdown.of(world.time, RUN));
        snapshot.poll(everybody, Countdown.of(world.time, RUN));
        upkeep.run(Countdown.of(world.time, RUN));
    }

    /** Whom a pass leaves out has nothing to tell. Not of variants whose store or platforms keep something else than they were given. */
    private void checkPassedOver(String name) {
        if (!world.scenario.variant().isCheckedForWhoIsPassedOver()) {
            return;
        }
        ReadablePlatform platform = readable.get(name);
        world.faults.suspended(() -> {
            List<Pulse> everybody = table.pulses("all").toList();
            Map<String, Observation> seen = platform.read(everybody.stream()
                    .flatMap(agent -> agent.externalId(name).stream())
                    .toList());
            for (Pulse agent : everybody) {
                agent.externalId(name)
                        .flatMap(id -> Optional.ofNullable(seen.get(id)))
                        .ifPresent(shown -> checkPassedOver(platform, agent, shown));
            }
            return everybody;
        });
    }

    private void checkPassedOver(ReadablePlatform platform, Pulse agent, Observation shown) {
        boolean isPassedOver = !sync.synchronizer().mayBeNews(agent, shown);
        AgentState state = table.asStored(agent.agentId());
        if (isPassedOver
                && !countsAnew(state, shown)
                && sync.synchronizer().wouldChange(state, List.of(new Evidence.Observed(Optional.empty(), shown)))) {
            throw new Violation("seed " + world.scenario.seed() + " at " + world.time.instant() + ", " + agent.agentId()
                    + " is passed over, and yet " + platform.name() + " has news: " + shown + " of "
                    + state.standing(platform.name()) + world.trace.of(agent.agentId()));
        }
    }

    /** Only what shows next tells it, and is believed the second time. */
    private static boolean countsAnew(AgentState state, Observation shown) {
        Optional<String> before = state.standing(shown.platform()).observed().flatMap(known -> known.field("sequence"));
        return shown.field("sequence")
                .filter(now ->
                        before.filter(higher -> now.compareTo(higher) < 0).isPresent())
                .isPresent();
    }

    void endShifts() {
        shiftEnd.run();
    }

    int dynamicsCalls(HttpCall call) {
        return edge.answer(dynamicsChange, call).status();
    }

    int phoneCalls(HttpCall call) {
        return edge.answer(phoneEvents, call).status();
    }

    int applicationCalls(HttpCall call) {
        return edge.answer(api, call).status();
    }

    /** @return whether it is done with; else it comes again */
    boolean retry(RetryMessage message) {
        Crew.Job job = new Crew.Job(
                message.agentId(), () -> sync.retry(world.scenario.variant().received(message)));
        return crew.count("sync", List.of(job), PATIENCE) == 1;
    }

    void dueAtOnce(String agentId) {
        world.faults.suspended(() -> table.append(agentId, List.of()));
    }

    /** @param mapping of everybody from now on, as an administrator applies it; blank for what is shipped */
    void configure(String mapping) {
        String document = mapping.isEmpty() ? "remove: true" : mapping;
        ConfigResponse.Result result = world.faults.suspended(() ->
                (ConfigResponse.Result) configuration.answer("action: apply\nmappings: {default: {" + document + "}}"));
        if (!result.applied()) {
            throw new IllegalArgumentException(mapping + " is refused: " + result.mistakes());
        }
    }

    private AgentState save(String agentId, UnaryOperator<AgentState> change) {
        try {
            return table.save(change.apply(table.asStored(agentId)));
        } catch (AgentStore.Conflict impossible) {
            throw new AssertionError("nobody else is at work", impossible);
        }
    }

    /** News that nobody can read. */
    void spoil(String agentId) {
        dueAtOnce(agentId);
        table.spoil(agentId);
    }

    void mend(String agentId) {
        table.mend(agentId);
    }

    AgentState state(SimulatedPerson person) {
        return table.asStored(person.agentId());
    }

    /** What the third-party application was last told of somebody. */
    String told(SimulatedPerson person) {
        return application.told(person.agentId());
    }

    /** How many writes on platforms there were. */
    long writes() {
        return sync.writes();
    }
}
