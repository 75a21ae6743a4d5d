package dev.lockstep.simulation;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.AgentStore;
import dev.lockstep.agent.Control;
import dev.lockstep.agent.Identities;
import dev.lockstep.agent.InMemoryAgentStore;
import dev.lockstep.agent.InMemoryControl;
import dev.lockstep.agent.InMemoryIdentities;
import dev.lockstep.agent.InMemoryTimeline;
import dev.lockstep.agent.NewsDesk;
import dev.lockstep.agent.StoreUnavailable;
import dev.lockstep.dynamics.Directory;
import dev.lockstep.dynamics.DynamicsChange;
import dev.lockstep.dynamics.DynamicsInSimulation;
import dev.lockstep.dynamics.Snapshot;
import dev.lockstep.local.dynamics.BasePresence;
import dev.lockstep.local.dynamics.ContactCenter;
import dev.lockstep.local.dynamics.DynamicsRules;
import dev.lockstep.local.dynamics.Presence;
import dev.lockstep.local.dynamics.Representative;
import dev.lockstep.local.dynamics.WebhookTiming;
import dev.lockstep.local.dynamics.Workstream;
import dev.lockstep.local.teams.TeamsModel;
import dev.lockstep.local.teams.TeamsRules;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.mapping.MappingDocument;
import dev.lockstep.phone.PhoneEvents;
import dev.lockstep.platform.Connection;
import dev.lockstep.platform.Connections;
import dev.lockstep.platform.Platform;
import dev.lockstep.platform.http.Body;
import dev.lockstep.platform.http.HttpCall;
import dev.lockstep.platform.signature.StandardWebhooks;
import dev.lockstep.shift.ShiftBook;
import dev.lockstep.shift.ShiftEnd;
import dev.lockstep.sync.Outcome;
import dev.lockstep.sync.SynchronizerInSimulation;
import dev.lockstep.teams.TeamsInSimulation;
import dev.lockstep.teams.TeamsWatch;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The product's own code in a simulated contact centre: people, platforms, phones, shifts, and everything that goes
 * wrong, all drawn from one seed, in a time that passes only here.
 *
 * <p>To see a run again: {@code -Dlockstep.simulation.seed=…}.
 */
final class Simulation {
    static final String DESK = "desk";
    static final String TOKEN = "simulated-desk-token";
    static final String PBX = "pbx";
    static final String PBX_SECRET = "whsec_c2ltdWxhdGVkLXBieC1zZWNyZXQtMDEyMzQ1Njc4OQ==";
    static final Duration SWEEP = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofSeconds(5);
    private static final Instant START = Instant.parse("2026-03-28T08:00:00Z");

    final long seed;
    final Random random;
    final VirtualTime time = new VirtualTime(START);
    final Trace trace = new Trace(time);
    final Faults faults;
    final ContactCenter center;
    final TeamsModel teams;
    final AgentStore store;
    final List<Person> people = new ArrayList<>();
    final PreferredSlots preferred = new PreferredSlots(this);
    final SynchronizerInSimulation sync;

    private final DynamicsChange dynamicsChange;
    private final PhoneEvents phoneEvents;
    private final Snapshot snapshot;
    private final Directory directory;
    private final TeamsWatch teamsWatch;
    private final ShiftEnd shiftEnd;
    private final Mapping mapping = MappingDocument.shipped();
    private final Invariants invariants = new Invariants(this);
    private boolean peopleAct = true;

    Simulation(long seed, int agents, double faultRate) {
        this.seed = seed;
        this.random = new Random(seed);
        this.faults = new Faults(new Random(seed + 1), time, faultRate);
        this.store = new InMemoryAgentStore(faults);
        this.center = ContactCenter.of(
                time,
                time::after,
                (receiver, latency, delivery) -> carry(latency, delivery),
                (url, headers, body) -> dynamicsCalls(headers, body),
                new Random(seed + 2),
                DynamicsRules.harsh(),
                WebhookTiming.usual());
        this.teams = new TeamsModel(time, TeamsRules.harsh());
        center.presence().add(Presence.custom("On a call", BasePresence.BUSY_DO_NOT_DISTURB));
        center.presence().add(Workstream.chat("Chats"));
        DynamicsInSimulation dynamics = new DynamicsInSimulation(center, faults, time);
        TeamsInSimulation teamsSide = new TeamsInSimulation(teams, faults, time, preferred::writtenByUs);
        List<Platform> platforms = List.of(dynamics.platform(), teamsSide.platform());
        this.sync = new SynchronizerInSimulation(
                store,
                new InMemoryTimeline(Duration.ofDays(1), time),
                platforms,
                team -> mapping,
                this::queued,
                time,
                new Random(seed + 3));
        Identities identities = new InMemoryIdentities();
        Control control = new InMemoryControl(time);
        NewsDesk desk = sync.desk();
        this.dynamicsChange = dynamics.change(store, identities, control, desk);
        this.snapshot = dynamics.snapshot(store, desk);
        this.directory = dynamics.directory(store, identities);
        this.teamsWatch = teamsSide.watch(store, desk);
        this.shiftEnd = new ShiftEnd(
                List.of(dynamics.shifts()),
                new ShiftBook(Duration.ofMinutes(15)),
                store,
                time,
                desk::matters,
                (agent, news) -> desk.take(agent, news, "shift-end"),
                desk::leave,
                2);
        this.phoneEvents = new PhoneEvents(
                new FixedConnections(),
                reference -> reference,
                new StandardWebhooks(time, Duration.ofMinutes(5)),
                identities,
                control,
                (agent, news) -> desk.take(agent, news, "phone-event"));
        hire(agents, identities);
        center.webhooks()
                .registerWebhook(
                        URI.create("https://lockstep.example/dynamics"), "x-lockstep-key", DynamicsInSimulation.KEY);
    }

    private void hire(int agents, Identities identities) {
        for (int i = 0; i < agents; i++) {
            String key = "agent" + i;
            UUID user = UUID.nameUUIDFromBytes(("user" + key).getBytes());
            UUID entra = UUID.nameUUIDFromBytes(("entra" + key).getBytes());
            center.presence().add(Representative.of(user, key, key + "@contoso.com", entra));
            teams.addUser(entra.toString());
            teams.signInClient(entra.toString());
            people.add(new Person(this, key + "@contoso.com", user, entra.toString(), "10" + i));
        }
        faults.suspended(() -> {
            directory.build();
            Map<String, String> lines = new LinkedHashMap<>();
            for (Person person : people) {
                lines.put(Identities.line(DESK, person.mac()), person.agentId());
                lines.put(Identities.line(PBX, person.line()), person.agentId());
            }
            identities.put(lines);
            return lines;
        });
    }

    /** Lets everybody act for so long, then ends all faults, lets things settle and checks that they did. */
    Result run(Duration length) {
        every(POLL, "teams-watch", () -> teamsWatch.poll(teamsWatch.watched()));
        every(SWEEP, "sweep", () -> {
            sync.sweep(store, time).run();
            snapshot.take();
        });
        every(SWEEP, "shift-end", shiftEnd::run);
        people.forEach(Person::begin);
        planOutage();
        goOn(length);
        peopleAct = false;
        faults.end();
        people.forEach(Person::settleDown);
        goOn(SWEEP.multipliedBy(2).plus(POLL.multipliedBy(8)).plus(Invariants.HOLD));
        invariants.converged();
        long writes = sync.writes();
        goOn(Duration.ofMinutes(4));
        invariants.quiet(writes);
        return new Result(time.tasksRun(), Duration.between(START, time.instant()), faults.counts(), sync.writes());
    }

    /** What a run held. */
    record Result(long events, Duration simulated, Map<Faults.Kind, Long> faults, long writes) {}

    private void goOn(Duration length) {
        Instant end = time.instant().plus(length);
        while (time.step(end)) {
            invariants.check();
        }
    }

    boolean peopleAct() {
        return peopleAct;
    }

    private void every(Duration interval, String name, Runnable work) {
        time.after(interval, () -> {
            every(interval, name, work);
            invoke(name, () -> {
                work.run();
                return 200;
            });
        });
    }

    private void planOutage() {
        if (faults.strikes(Faults.Kind.DELAYED, 20)) {
            String platform = random.nextBoolean() ? "dynamics" : "teams";
            time.after(Duration.ofMinutes(random.nextInt(90)), () -> {
                if (peopleAct) {
                    trace.note("all", "outage of " + platform);
                    faults.outage(platform, Duration.ofMinutes(1 + random.nextInt(60)));
                }
            });
        }
    }

    /** A function's edge: what it cannot keep becomes an answer that may bring the event again. */
    int invoke(String name, Supplier<Integer> work) {
        try {
            return work.get();
        } catch (Crash crash) {
            trace.note("all", name + " crashed");
            return 502;
        } catch (StoreUnavailable e) {
            return 503;
        }
    }

    private void queued(String agentId, Duration delay) {
        if (faults.strikes(Faults.Kind.DROPPED, 0.5)) {
            return;
        }
        time.after(
                delay.plusMillis(20 + random.nextInt(200)),
                () -> invoke("sync", () -> {
                    Outcome outcome = sync.synchronizer().bring(agentId, "retry");
                    return outcome == null ? 500 : 200;
                }));
    }

    private void carry(Duration latency, Runnable delivery) {
        if (faults.strikes(Faults.Kind.DROPPED, 1)) {
            return;
        }
        Duration extra =
                faults.strikes(Faults.Kind.DELAYED, 1) ? Duration.ofSeconds(random.nextInt(90)) : Duration.ZERO;
        time.after(latency.plus(extra), delivery);
        if (faults.strikes(Faults.Kind.DUPLICATED, 1)) {
            time.after(latency.plus(extra).plusSeconds(random.nextInt(30)), delivery);
        }
    }

    private int dynamicsCalls(Map<String, String> headers, byte[] body) {
        HttpCall call = HttpCall.of("POST", "/dynamics", "", headers, Body.of(body), time.instant());
        return invoke(
                "dynamics-change", () -> dynamicsChange.handle(call).answer().status());
    }

    /** @return the answer's status */
    int phoneCalls(String method, URI url, Map<String, String> headers, byte[] body) {
        String query = Optional.ofNullable(url.getRawQuery()).orElse("");
        HttpCall call = HttpCall.of(method, url.getPath(), query, headers, Body.of(body), time.instant());
        String connection = url.getPath().substring("/phone/".length());
        return invoke(
                "phone-event",
                () -> phoneEvents.handle(connection, call).answer().status());
    }

    /** Breaks off, and tells what happened last to the person of that id in Teams. */
    void fail(String entra, String what) {
        people.stream()
                .filter(person -> person.entra().equals(entra))
                .findFirst()
                .ifPresent(person -> invariants.fail(person, what));
    }

    AgentState state(Person person) {
        return faults.suspended(() -> store.load(person.agentId()).orElseThrow());
    }

    private static final class FixedConnections implements Connections {
        private final List<Connection> all = List.of(
                new Connection(DESK, "yealink", List.of(TOKEN), List.of(), Optional.empty(), List.of()),
                new Connection(PBX, "generic", List.of(), List.of(PBX_SECRET), Optional.empty(), List.of()));

        @Override
        public Optional<Connection> named(String name) {
            return all.stream().filter(one -> one.name().equals(name)).findFirst();
        }

        @Override
        public List<Connection> all() {
            return all;
        }
    }
}
