package dev.lockstep.simulation;

import dev.lockstep.agent.AgentState;
import dev.lockstep.concurrent.VirtualTime;
import dev.lockstep.dynamics.DynamicsInSimulation;
import dev.lockstep.local.dynamics.ContactCenter;
import dev.lockstep.local.dynamics.model.BasePresence;
import dev.lockstep.local.dynamics.model.DynamicsBehaviour;
import dev.lockstep.local.dynamics.model.Presence;
import dev.lockstep.local.dynamics.model.Representative;
import dev.lockstep.local.dynamics.model.Workstream;
import dev.lockstep.local.dynamics.webhook.WebhookTiming;
import dev.lockstep.local.teams.model.TeamsBehaviour;
import dev.lockstep.local.teams.model.TeamsModel;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.presence.Status;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.store.StoreUnavailable;
import dev.lockstep.sync.queue.RetryMessage;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntSupplier;

/**
 * The product's own code in a simulated contact centre: people, platforms, phones, shifts, and everything that goes
 * wrong, all drawn from one seed, in a time that passes only here.
 */
final class Simulation {
    /** So often Lambda lets a function be started by what it sent itself (docs.aws.amazon.com/lambda, recursive loop detection). */
    private static final int LONGEST_LINEAGE = 16;

    private static final String CHANGES_MAPPING = "administrator: changes the mapping";
    private static final String SETS_ZONE = "administrator: sets the phone system's zone";
    private static final String EDITS_PRESENCES = "administrator: edits presences";
    private static final String MAKES_ACCOUNT = "administrator: makes an account anew";

    static final Duration SWEEP = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofSeconds(5);
    /** In minutes. */
    private static final int[] ZONES = {-480, -300, -240, 60, 120, 330};

    private static final Duration LONGEST_SKEW = Duration.ofMinutes(10);

    /** Two sweeps, some polls, and the time for which Offline is held back in Dynamics. */
    private static final Duration SETTLING = SWEEP.multipliedBy(2)
            .plus(POLL.multipliedBy(8))
            .plus(Variant.PRODUCT.dynamics().offlineHold())
            .plusSeconds(5);

    /** Something that was just renewed is believed after the time in which its echo comes. */
    private static final Duration RENEWAL = Duration.ofSeconds(95);

    /** Of a message of the retry queue that is being worked at: twice what the function may take. */
    private static final Duration INVISIBILITY = Duration.ofSeconds(40);

    /** Of those that are not delayed by anything in particular. */
    private static final Duration SLOWEST_MESSAGE = Duration.ofSeconds(5);

    private static final Duration QUIET = Duration.ofMinutes(4);

    /** Until the last instance has read a changed mapping, and each agent is looked at once more and its echo is there. */
    private static final Duration REACHING = Duration.ofMinutes(5);

    private static final int LATE_CHANGES = 3;

    final Scenario scenario;
    final VirtualTime time;
    final Trace trace;
    final FaultPlan faults;
    final Dice dice;
    final ContactCenter center;
    final TeamsModel teams;
    final List<SimulatedPerson> people = new ArrayList<>();
    final PreferredSlots preferred = new PreferredSlots(this);

    private final Onlooker onlooker;
    private final ChangingMappings mappings;
    final Product product;
    private final Invariants invariants = new Invariants(this);
    private final SortedMap<String, String> actions = new TreeMap<>();
    private final SortedMap<String, Long> actionCounts = new TreeMap<>();
    private final UUID supervisor = UUID.nameUUIDFromBytes("supervisor".getBytes());
    private Duration pbxSkew = Duration.ZERO;
    private Duration pbxZoneError = Duration.ZERO;
    private boolean peopleAct = true;
    private long phoneCalls;
    private int lineage;
    private String running = "";

    Simulation(Scenario scenario) {
        this(scenario, Onlooker.NOBODY);
    }

    Simulation(Scenario scenario, Onlooker onlooker) {
        this.scenario = scenario;
        this.onlooker = onlooker;
        this.time = new VirtualTime(scenario.start());
        this.trace = new Trace(time);
        this.faults = new FaultPlan(scenario, time, trace);
        this.dice = new Dice(scenario.seed(), "world", time);
        this.center = ContactCenter.of(
                time,
                time::after,
                (receiver, latency, delivery) -> carry(latency, delivery),
                (url, headers, body) -> dynamicsCalls(headers, body),
                new Dice(scenario.seed(), "webhooks", time),
                dynamicsOf(scenario),
                timing(scenario));
        this.teams = new TeamsModel(time, TeamsBehaviour.harsh());
        center.presence().add(Presence.custom("On a call", BasePresence.BUSY_DO_NOT_DISTURB));
        DynamicsActions.CUSTOM.forEach(center.presence()::add);
        center.presence().add(Workstream.chat("Chats"));
        this.mappings = new ChangingMappings(scenario, time, faults);
        this.product = new Product(this, mappings, this::queued, onlooker);
        setClocks();
        hire();
        center.webhooks()
                .registerWebhook(
                        URI.create("https://lockstep.example/dynamics"), "x-lockstep-key", DynamicsInSimulation.KEY);
    }

    private static DynamicsBehaviour dynamicsOf(Scenario scenario) {
        DynamicsBehaviour harsh = DynamicsBehaviour.harsh();
        return scenario.tellsWholeSeconds() ? harsh.withRows(harsh.rows().withWholeSeconds()) : harsh;
    }

    private void hire() {
        List.of(CHANGES_MAPPING, EDITS_PRESENCES, SETS_ZONE).forEach(action -> actionCounts.put(action, 0L));
        if (scenario.makesAccountsAnew()) {
            actionCounts.put(MAKES_ACCOUNT, 0L);
        }
        for (int i = 0; i < scenario.agents(); i++) {
            SimulatedPerson person = new SimulatedPerson(this, i);
            String name = "agent" + i;
            Representative representative = Representative.of(
                            person.user(), name, person.agentId(), UUID.fromString(person.entra()))
                    .withCapacity(DynamicsActions.capacity(scenario));
            center.presence()
                    .add(DynamicsActions.defaultPresence(scenario, i, center.presence())
                            .map(Presence::id)
                            .map(representative::withDefaultPresence)
                            .orElse(representative));
            teams.addUser(person.entra());
            teams.signInClient(person.entra());
            person.actionNames().forEach(action -> actionCounts.put(action, 0L));
            people.add(person);
        }
        product.hire(people);
    }

    /**
     * What a run held.
     *
     * @param actions how often each was taken, those that were not taken among them
     */
    record Result(long events, Duration simulated, Map<FaultPlan.Kind, Long> faults, SortedMap<String, Long> actions) {}

    /**
     * Lets everybody act for so long, then ends all faults, lets things settle and checks that they did.
     *
     * @throws Violation if something did not hold that must always hold
     */
    Result run() {
        startTimers();
        people.forEach(SimulatedPerson::begin);
        planTroubles();
        goOn(scenario.length());
        peopleAct = false;
        faults.end();
        people.forEach(person -> product.mend(person.agentId()));
        readDirectoryAgain();
        people.forEach(SimulatedPerson::settleDown);
        goOn(SETTLING);
        everythingShows();
        long writes = product.writes();
        long told = phoneCalls;
        goOn(QUIET);
        // A phone system tries for hours to tell what was lost, and then it is not quiet.
        if (phoneCalls == told) {
            invariants.quiet(product.writes() - writes);
        }
        happensLate();
        return result();
    }

    /** Available is sent again each few minutes, and until the next poll it is not known to show. */
    private void everythingShows() {
        if (!invariants.haveConverged()) {
            goOn(RENEWAL);
        }
        invariants.converged();
    }

    /** When nobody does anything any more that would bring others along. */
    private void happensLate() {
        if (scenario.isConfiguredLate()) {
            for (int n = 0; n < LATE_CHANGES; n++) {
                changeMapping();
                goOn(REACHING);
                everythingShows();
            }
        }
        if (scenario.hasSomebodyUnreadableLate()) {
            spoil(people.get(dice.nextInt(people.size())).agentId(), REACHING);
            people.forEach(person -> product.dueAtOnce(person.agentId()));
            goOn(REACHING.plusSeconds(1));
        }
    }

    /** Lets only that happen which was put on the clock, for so long as asked. */
    void runAsPlanned() {
        startTimers();
        goOn(scenario.length());
    }

    private void startTimers() {
        if (scenario.variant().watchesTeams()) {
            every(POLL, "teams-watch", product::watchTeams);
        }
        if (scenario.variant().sweeps()) {
            every(SWEEP, "sweep", product::sweep);
        }
        if (scenario.variant().endsShifts()) {
            every(SWEEP, "shift-end", product::endShifts);
        }
    }

    Result result() {
        return new Result(
                time.tasksRun(), Duration.between(scenario.start(), time.instant()), faults.counts(), actionCounts);
    }

    private void goOn(Duration length) {
        Instant end = time.instant().plus(length);
        while (time.step(end)) {
            invariants.check();
        }
    }

    boolean peopleAct() {
        return peopleAct;
    }

    /** Whether somebody's turn of that name is not left out. */
    boolean happens(String turn) {
        return !scenario.leftOut().contains(turn);
    }

    /** Somebody uses a turn for an action. */
    void acts(String turn, String action) {
        actions.put(turn, action);
        actionCounts.merge(action, 1L, Long::sum);
    }

    /** Names of all turns and faults so far, for a scenario that leaves some out, and what was done in each turn. */
    SortedMap<String, String> happened() {
        SortedMap<String, String> all = new TreeMap<>(actions);
        faults.struck().forEach(fault -> all.put(fault, "fault"));
        return all;
    }

    UUID supervisor() {
        return supervisor;
    }

    /** Somebody else, or the same where nobody else is. */
    SimulatedPerson another(SimulatedPerson than, Random random) {
        return people.get((people.indexOf(than) + random.nextInt(people.size())) % people.size());
    }

    Duration skewOf(String system) {
        return system.equals(Product.PBX) ? pbxSkew : Duration.ZERO;
    }

    /** By how much the times in a system's events are wrong, beside its clock: it tells local times for UTC. */
    Duration zoneErrorOf(String system) {
        return system.equals(Product.PBX) ? pbxZoneError : Duration.ZERO;
    }

    private static WebhookTiming timing(Scenario scenario) {
        WebhookTiming usual = WebhookTiming.usual();
        return scenario.isHectic() ? new WebhookTiming(usual.least(), SLOWEST_MESSAGE, usual.retryAfter()) : usual;
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

    /** What goes wrong for longer than one call. */
    private void planTroubles() {
        if (faults.strikes(FaultPlan.Kind.DELAYED, 20)) {
            List<String> platforms = List.of("dynamics", "teams", "application:" + Product.APPLICATION);
            String platform = platforms.get(dice.nextInt(platforms.size()));
            sometime(() -> faults.outage(platform, Duration.ofMinutes(1 + dice.nextInt(60))));
        }
        if (scenario.faultRate() > 0 && dice.nextInt(4) == 0) {
            sometime(this::changeMapping);
        }
        if (dice.nextInt(4) == 0) {
            sometime(this::editPresences);
        }
        if (!pbxZoneError.isZero() && !scenario.countsNothing() && dice.nextInt(2) == 0) {
            sometime(this::setZone);
        }
        if (scenario.makesAccountsAnew()) {
            Dice accounts = new Dice(scenario.seed(), "accounts", time);
            time.after(
                    Duration.ofMillis(accounts.nextLong(scenario.length().toMillis())),
                    () -> makeAccountAnew(people.get(accounts.nextInt(people.size()))));
        }
        if (faults.strikes(FaultPlan.Kind.SEQUENCE_FALLS, 20)) {
            sometime(this::countAnewInTeams);
        }
        if (faults.strikes(FaultPlan.Kind.UNREADABLE, 20)) {
            SimulatedPerson whose = people.get(dice.nextInt(people.size()));
            Duration length = Duration.ofMinutes(5 + dice.nextInt(15));
            sometime(() -> spoil(whose.agentId(), length));
        }
    }

    private void changeMapping() {
        administers(CHANGES_MAPPING);
        product.configure(mappings.change());
    }

    private void editPresences() {
        administers(EDITS_PRESENCES);
        DynamicsActions.editPresences(center.presence());
    }

    private void makeAccountAnew(SimulatedPerson whose) {
        administers(MAKES_ACCOUNT);
        whose.hasNewAccount();
        readDirectory();
    }

    /** It is read each hour: whoever's item could not be read at first is taken in by then. */
    private void readDirectoryAgain() {
        if (scenario.makesAccountsAnew()) {
            readDirectory();
        }
    }

    void readDirectory() {
        invoke("directory", () -> {
            product.readDirectory();
            return 200;
        });
    }

    private void administers(String what) {
        trace.note(Trace.ALL, what);
        actionCounts.merge(what, 1L, Long::sum);
    }

    /** Whether what people pick is always read as it is where nobody configures anything. */
    boolean readsAsShipped() {
        return mappings.readsAsShipped();
    }

    Mapping mappingInForce() {
        return mappings.inForce();
    }

    private void countAnewInTeams() {
        trace.note(Trace.ALL, "Teams counts its versions anew");
        faults.note(FaultPlan.Kind.SEQUENCE_FALLS);
        faults.lasting(SWEEP);
        teams.countAnew();
    }

    private void spoil(String agentId, Duration length) {
        faults.unreadable(agentId, length);
        product.spoil(agentId);
        time.after(length, () -> product.mend(agentId));
    }

    /** Clocks of others are wrong by up to ten minutes, and stay so. */
    private void setClocks() {
        if (faults.strikes(FaultPlan.Kind.CLOCK_SKEW, 20)) {
            center.presence().skewClockBy(skew());
        }
        if (faults.strikes(FaultPlan.Kind.CLOCK_SKEW, 20)) {
            pbxSkew = skew();
        }
        if (faults.strikes(FaultPlan.Kind.CLOCK_SKEW, 20)) {
            pbxZoneError = Duration.ofMinutes(ZONES[dice.nextInt(ZONES.length)]);
            trace.note(Trace.ALL, "the phone system's times are wrong by " + pbxZoneError);
        }
    }

    /** It was wrong until now, and what was told before is not taken back. Only numbers tell what came late of that. */
    private void setZone() {
        administers(SETS_ZONE);
        pbxZoneError = Duration.ZERO;
        people.forEach(person -> person.pbx().zoneIsSet());
    }

    private Duration skew() {
        Duration skew = Duration.ofSeconds(dice.nextLong(2 * LONGEST_SKEW.toSeconds()) - LONGEST_SKEW.toSeconds());
        trace.note(Trace.ALL, "a clock is wrong by " + skew);
        return skew;
    }

    private void sometime(Runnable trouble) {
        time.after(Duration.ofMillis(dice.nextLong(scenario.length().toMillis())), () -> {
            if (peopleAct) {
                trouble.run();
            }
        });
    }

    /** A function's edge: what it cannot keep becomes an answer that may bring the event again. */
    private int invoke(String name, IntSupplier work) {
        return invoke(name, 0, work);
    }

    /** @param nth how often functions have fed their own queue until this run */
    private int invoke(String name, int nth, IntSupplier work) {
        int interrupted = lineage;
        String interruptedRun = running;
        Instant begun = time.instant();
        long writes = product.writes();
        lineage = nth;
        running = name;
        onlooker.runs(name);
        try {
            return work.getAsInt();
        } catch (Crash crash) {
            trace.note(Trace.ALL, name + " crashed");
            return 502;
        } catch (StoreUnavailable e) {
            return 503;
        } finally {
            onlooker.ran(name, Duration.between(begun, time.instant()), product.writes() - writes);
            lineage = interrupted;
            running = interruptedRun;
            onlooker.runs(running);
        }
    }

    /** Lambda's guard against functions that feed their own queue: what goes round for longer is dropped. */
    private void queued(RetryMessage message, Duration delay) {
        int next = lineage + 1;
        if (next > LONGEST_LINEAGE) {
            throw new Violation("seed " + scenario.seed() + ": Lambda drops a message that has gone round for "
                    + LONGEST_LINEAGE + " times" + trace.of(message.agentId()));
        }
        if (faults.strikes(FaultPlan.Kind.DROPPED, 0.5)) {
            return;
        }
        deliver(message, next, delay);
    }

    /** What was not done comes again when its time of invisibility is over. */
    private void deliver(RetryMessage message, int nth, Duration delay) {
        time.after(delay.plusMillis(20 + dice.nextInt(200)), () -> {
            int answer = invoke("sync", nth, () -> product.retry(message) ? 200 : 503);
            if (answer == 503) {
                deliver(message, nth, INVISIBILITY);
            }
        });
    }

    private void carry(Duration latency, Runnable delivery) {
        if (faults.strikes(FaultPlan.Kind.DROPPED, 1)) {
            return;
        }
        Duration extra = Duration.ZERO;
        if (faults.strikes(FaultPlan.Kind.DELAYED, 1)) {
            extra = Duration.ofSeconds(dice.nextInt(90));
            faults.lasting(extra);
        }
        time.after(latency.plus(extra), delivery);
        if (faults.strikes(FaultPlan.Kind.DUPLICATED, 1)) {
            time.after(latency.plus(extra).plusSeconds(dice.nextInt(30)), delivery);
        }
    }

    private int dynamicsCalls(Map<String, String> headers, byte[] body) {
        HttpCall call = HttpCall.of("POST", "/dynamics", "", headers, Body.of(body), time.instant());
        return answered("dynamics-change", () -> product.dynamicsCalls(call));
    }

    /** @return the answer's status */
    int phoneCalls(String method, URI url, Map<String, String> headers, byte[] body) {
        return phoneCalls(method, url, headers, body, time.instant());
    }

    /**
     * @param arrivedAt the gateway's time, earlier than the present if the function had to be started
     * @return the answer's status
     */
    int phoneCalls(String method, URI url, Map<String, String> headers, byte[] body, Instant arrivedAt) {
        phoneCalls++;
        String query = Optional.ofNullable(url.getRawQuery()).orElse("");
        HttpCall call = HttpCall.of(
                method,
                url.getPath(),
                query,
                headers,
                Body.of(body),
                scenario.variant().receipt(arrivedAt, time.instant()));
        return answered("phone-event", () -> product.phoneCalls(call));
    }

    /** @return the answer's status */
    int applicationCalls(String agentId, Status status) {
        String body = "{\"status\":\"" + status.label() + "\",\"source\":\"" + Product.APPLICATION + "\"}";
        HttpCall call = HttpCall.of(
                "PUT", "/api/agents/" + agentId + "/status", "", Map.of(), Body.of(body.getBytes()), time.instant());
        return answered("api", () -> product.applicationCalls(call));
    }

    private int answered(String name, IntSupplier work) {
        return scenario.variant().answer(invoke(name, work));
    }

    void takeDeskPhone(String mac, SimulatedPerson from) {
        product.takeDeskPhone(mac, from);
    }

    void giveDeskPhone(String mac, SimulatedPerson to) {
        product.giveDeskPhone(mac, to);
    }

    /** Breaks off, and tells what happened last to the person of that id in Teams. */
    void fail(String entra, String what) {
        people.stream()
                .filter(person -> person.entra().equals(entra))
                .findFirst()
                .ifPresent(person -> invariants.fail(person, what));
    }

    /** We are about to write something. */
    void writing(String platform, String agentId, String value) {
        people.stream().filter(person -> person.agentId().equals(agentId)).forEach(person -> {
            invariants.writing(person);
            if (platform.equals("dynamics")) {
                presence(value).ifPresent(one -> {
                    invariants.writing(person, one);
                    person.isWritten(one.name());
                });
            }
        });
    }

    /** What is known of somebody is about to be stored. */
    void storing(AgentState next) {
        people.stream()
                .filter(person -> person.agentId().equals(next.agentId()))
                .forEach(person -> invariants.signedOutIsNotAvailable(person, next));
    }

    AgentState state(SimulatedPerson person) {
        return product.state(person);
    }

    String told(SimulatedPerson person) {
        return product.told(person);
    }

    /** A presence's name instead of its id. */
    String named(String value) {
        return presence(value).map(Presence::name).orElse(value);
    }

    private Optional<Presence> presence(String id) {
        return center.presence().presences().stream()
                .filter(presence -> presence.id().toString().equals(id))
                .findFirst();
    }
}
