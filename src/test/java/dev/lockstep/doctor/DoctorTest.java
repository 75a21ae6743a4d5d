package dev.lockstep.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.Defaults;
import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.check.Check;
import dev.lockstep.check.CheckGroup;
import dev.lockstep.check.Finding;
import dev.lockstep.concurrent.VirtualThreadRunner;
import dev.lockstep.directory.AgentLookup;
import dev.lockstep.doctor.Report.Result;
import dev.lockstep.intake.CorrelationIds;
import dev.lockstep.intake.ForwardingIntake;
import dev.lockstep.intake.Trigger;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.DesiredPresence;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.Plan;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.platform.Standing;
import dev.lockstep.platform.Subject;
import dev.lockstep.presence.Decision;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.presence.Status;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.InMemoryAgentStore;
import dev.lockstep.store.InMemoryControl;
import dev.lockstep.store.InMemoryIdentities;
import dev.lockstep.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an administrator is told. */
@Timeout(60)
class DoctorTest {
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private Instant now = START;
    private final InMemoryAgentStore store = new InMemoryAgentStore();
    private final InMemoryControl control = new InMemoryControl(() -> now);
    private final InMemoryIdentities identities = new InMemoryIdentities();
    private final Shelf teams = new Shelf("teams");
    private final Shelf dynamics = new Shelf("dynamics");
    private final List<Signal> told = new ArrayList<>();
    private final ForwardingIntake intake = new ForwardingIntake(this::set);
    private final List<Check> checks = new ArrayList<>();
    private Duration timeout = Duration.ofSeconds(20);

    private Doctor doctor() {
        DoctorSettings settings =
                Defaults.of(DoctorSettings.class, Map.of("lockstep.doctor.timeout", timeout.toString()));
        List<ReadablePlatform> platforms = List.of(dynamics, teams);
        SyncProbe trial = new SyncProbe(
                () -> List.copyOf(platforms),
                store,
                intake,
                team -> GivenPlatforms.shippedMapping(),
                new CorrelationIds(new Random(1)),
                () -> now,
                time -> now = now.plus(time),
                settings);
        List<CheckGroup> groups = List.of(() -> checks, installation(Optional.of("https://queue")));
        return new Doctor(
                groups,
                () -> List.copyOf(platforms),
                store,
                new AgentLookup(GivenPlatforms.CATALOGUE, store, identities),
                control,
                trial,
                new VirtualThreadRunner(),
                settings,
                () -> now);
    }

    private InstallationChecks installation(Optional<String> queue) {
        return new InstallationChecks(control, store, () -> List.copyOf(List.of(dynamics, teams)), queue);
    }

    private Report examine(Optional<String> agent, boolean test) {
        return doctor().examine(agent, test);
    }

    private Report examine() {
        return examine(Optional.empty(), false);
    }

    private static Result result(Report report, String name) {
        return report.checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(report.checks()));
    }

    private AgentState agent(String id, Map<String, String> ids) {
        Situation situation = Situation.unknown()
                .fold(new Signal.SignedIn(Source.DYNAMICS, SourceTime.at(START.minusSeconds(60)), true));
        return AgentState.of(id, new Profile(id, "", ids)).with(situation).deciding(decision(Status.AVAILABLE), START);
    }

    private static Decision decision(Status status) {
        return new Decision(Optional.of(status), Optional.empty(), Optional.empty(), List.of(), Optional.empty());
    }

    private AgentState stored(AgentState state) {
        try {
            return store.save(state);
        } catch (AgentStore.Conflict e) {
            throw new AssertionError(e);
        }
    }

    private AgentState rita() {
        dynamics.shows.put("d-1", Status.AVAILABLE);
        teams.shows.put("t-1", Status.AVAILABLE);
        return stored(agent("rita", Map.of("dynamics", "d-1", "teams", "t-1")));
    }

    @Test
    void aHealthyInstallationIsWell() {
        stored(rita().with("teams", Standing.NEW.in(Condition.IN_SYNC, "")));
        Report report = examine();

        assertThat(report.ok()).isTrue();
        assertThat(report.exitCode()).isZero();
        assertThat(report.checks()).allSatisfy(check -> assertThat(check.ok()).isEqualTo("ok"));
        assertThat(report.checks())
                .extracting(Result::name)
                .contains("dynamics-reachable", "teams-reachable", "agents", "identities", "out-of-sync", "queue");
        assertThat(report.text()).contains("All is well").contains("teams-reachable: teams shows rita");
    }

    @Test
    void whoCannotBeReadIsCountedByEveryCheckOfTheAgents() {
        rita();
        stored(agent("otto", Map.of("dynamics", "d-1", "teams", "t-1")));
        stored(agent("vera", Map.of()));
        store.storeInNewerForm("otto");
        store.spoil("vera");
        Report report = examine();

        Result agents = result(report, "agents");
        assertThat(agents.ok()).isEqualTo("warning");
        assertThat(agents.detail()).isEqualTo("1 agents, and 2 more who cannot be read (otto, vera)");
        for (String name : List.of("identities", "out-of-sync", "full-items")) {
            assertThat(result(report, name).detail())
                    .as(name)
                    .endsWith("; 2 agents cannot be read and were not looked at");
        }
        store.storeInOwnForm("otto");
        assertThat(result(examine(), "identities").detail()).contains("otto and rita", "1 agents cannot be read");
    }

    @Test
    void aRequestThatIsNotUnderstoodExaminesNothingAndSaysSo() {
        for (Map<String, Object> request :
                List.<Map<String, Object>>of(Map.of("agnet", "rita"), Map.of("agent", 7), Map.of("test", "yes"))) {
            Report report = doctor().examine(request);

            assertThat(report.ok()).isFalse();
            assertThat(report.exitCode()).isEqualTo(1);
            assertThat(report.text()).contains(request.keySet().iterator().next(), "give agent with a name");
            assertThat(report.checks()).hasSize(1);
        }
        assertThat(doctor().examine(Map.of()).checks()).hasSizeGreaterThan(3);
    }

    @Test
    void oneFailureIsEnoughAndIsToldInBothForms() throws Exception {
        checks.add(new Check("bad", () -> Finding.failed("it is broken", "mend it")));
        Report report = examine();

        assertThat(report.ok()).isFalse();
        assertThat(report.exitCode()).isEqualTo(1);
        assertThat(report.text()).contains("failed   bad: it is broken").contains("-> mend it");
        JsonNode json = JsonMapper.builder().findAndAddModules().build().valueToTree(report);
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("ok", "checks", "unknownLines", "text", "exitCode");
        assertThat(json.path("checks").path(0).toString())
                .isEqualTo("{\"name\":\"bad\",\"ok\":\"failed\",\"detail\":\"it is broken\",\"fix\":\"mend it\"}");
    }

    @Test
    void noCheckHurtsAnother() {
        timeout = Duration.ofSeconds(2);
        CountDownLatch never = new CountDownLatch(1);
        checks.add(new Check("hangs", () -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Finding.ok("");
        }));
        checks.add(throwing("forbidden", new PlatformException.PermissionMissing("grant it")));
        checks.add(throwing("throttled", new PlatformException.Throttled(Optional.empty())));
        checks.add(throwing("silent", new PlatformException.Unreachable("no answer")));
        checks.add(throwing("store", new StoreUnavailable("the table's secrets", null)));
        checks.add(throwing("odd", new IllegalStateException("+49 30 1234567")));
        checks.add(new Check("fine", () -> Finding.ok("fine")));

        Report report = examine();

        assertThat(report.checks())
                .extracting(Result::name, Result::ok)
                .contains(
                        tuple("hangs", "failed"),
                        tuple("forbidden", "failed"),
                        tuple("throttled", "warning"),
                        tuple("silent", "failed"),
                        tuple("store", "failed"),
                        tuple("odd", "failed"),
                        tuple("fine", "ok"));
        assertThat(report.text()).contains("grant it").doesNotContain("1234567");
    }

    private static Check throwing(String name, RuntimeException failure) {
        return new Check(name, () -> {
            throw failure;
        });
    }

    @Test
    void whoIsMissingOnAPlatformIsNamed() {
        rita();
        stored(agent("max", Map.of("dynamics", "d-2")));

        Result agents = result(examine(), "agents");
        assertThat(agents.ok()).isEqualTo("warning");
        assertThat(agents.detail())
                .contains("2 agents", "1 without an id in teams (max)")
                .doesNotContain("in dynamics");
    }

    @Test
    void anIdOfTwoAgentsIsAFailure() {
        rita();
        stored(agent("max", Map.of("dynamics", "d-2", "teams", "T-1")));

        Result result = result(examine(), "identities");
        assertThat(result.ok()).isEqualTo("failed");
        assertThat(result.detail()).contains("teams#t-1 belongs to max and rita");
    }

    @Test
    void whoIsOutOfSyncIsCountedByPlatformAndCondition() {
        AgentState rita = rita();
        Instant longAgo = START.minusSeconds(61);
        stored(rita.with(
                        "teams",
                        Standing.NEW
                                .in(Condition.PERMISSION_MISSING, "grant Presence.ReadWrite.All")
                                .at(longAgo))
                .with("dynamics", Standing.NEW.in(Condition.PENDING, "written").at(START)));

        Result result = result(examine(), "out-of-sync");
        assertThat(result.ok()).isEqualTo("warning");
        assertThat(result.detail()).isEqualTo("agents out of sync: teams PermissionMissing: 1");
        assertThat(result.fix()).isEqualTo("grant Presence.ReadWrite.All");
    }

    @Test
    void aPlatformThatDoesNotAnswerIsOutOfSyncAfterAWhile() {
        Standing silent = Standing.NEW
                .in(Condition.PENDING, "the platform does not answer")
                .at(START);
        stored(rita().with("teams", silent));

        now = START.plusSeconds(60);
        assertThat(result(examine(), "out-of-sync").ok()).isEqualTo("ok");
        now = START.plusSeconds(61);
        assertThat(result(examine(), "out-of-sync").detail()).isEqualTo("agents out of sync: teams Pending: 1");
    }

    @Test
    void whoseItemIsFullIsNamed() {
        assertThat(result(examine(), "full-items").ok()).isEqualTo("ok");

        AgentState rita = rita();
        Situation situation = rita.situation();
        for (int i = 0; i < 100; i++) {
            situation = situation.fold(new Signal.Choice(
                    Source.application("app" + i),
                    SourceTime.at(START),
                    Status.BUSY,
                    Optional.empty(),
                    Optional.empty()));
        }
        stored(rita.with(situation));

        assertThat(result(examine(), "full-items").detail()).contains("1 agents' items", "rita", "(choices)");
    }

    @Test
    void whereNothingWasLookedAtNothingIsCalledInLine() {
        rita();

        assertThat(result(examine(), "out-of-sync").ok()).isEqualTo("skipped");
    }

    @Test
    void aPlatformThatIsSilentOrDoesNotKnowTheAgent() {
        rita();
        teams.failure = new PlatformException.Unreachable("Teams gave no answer");
        dynamics.shows.clear();

        Report report = examine();
        assertThat(result(report, "teams-reachable").ok()).isEqualTo("failed");
        assertThat(result(report, "dynamics-reachable").ok()).isEqualTo("warning");
    }

    @Test
    void unknownLinesAreListedWithCounts() {
        control.add("unknown-line#desk#1042", 3, Optional.empty());
        control.put("unknown-line-seen#desk#1042", START.toString(), Optional.empty());
        control.add("unknown-kind#desk#coffee", 1, Optional.empty());

        Report report = examine();
        assertThat(report.unknownLines()).containsExactly(new Report.UnknownLine("desk", "1042", 3, START));
        assertThat(result(report, "unknown-lines").detail()).contains("1042 on desk (3 times)");
        assertThat(result(report, "unknown-events").detail()).contains("coffee");
        assertThat(report.ok()).isTrue();
    }

    @Test
    void withoutAQueueWhatFailedWaitsForTheSweep() {
        Finding found = installation(Optional.empty()).checks().stream()
                .filter(check -> check.name().equals("queue"))
                .map(check -> check.look().get())
                .findFirst()
                .orElseThrow();

        assertThat(found.grade()).isEqualTo(Finding.Grade.WARNING);
    }

    @Test
    void thatWritingIsOffIsSaid() {
        control.put("mode", "on", Optional.empty());
        assertThat(result(examine(), "mode").ok()).isEqualTo("ok");
        control.put("mode#platform#teams", "observe", Optional.empty());
        assertThat(result(examine(), "mode").detail()).contains("mode#platform#teams=observe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mode#platform#team", "mode#team#standrad", "mode#agent#omer", "mode#teams#standard"})
    void aModeForNobodyIsNamed(String key) {
        rita();
        control.put(key, "observe", Optional.empty());

        assertThat(result(examine(), "mode").detail()).contains("nothing here has the name in " + key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mode#platform#Teams", "mode#agent#Rita"})
    void aModeInAnotherSpellingIsKnown(String key) {
        rita();
        control.put(key, "observe", Optional.empty());

        assertThat(result(examine(), "mode").detail()).contains("not written everywhere: " + key);
    }

    @Test
    void oneChangeIsTimedOnEveryPlatformAndTakenBack() {
        rita();
        dynamics.lag = Duration.ofMillis(500);
        teams.lag = Duration.ofSeconds(2);

        Report report = examine(Optional.of("rita"), true);

        assertThat(result(report, "test-dynamics").detail())
                .isEqualTo("busy was shown after 500 ms, and gone after 500 ms");
        assertThat(result(report, "test-teams").detail())
                .isEqualTo("busy was shown after 2000 ms, and gone after 2000 ms");
        assertThat(told).hasSize(2);
        assertThat(intake.triggers).extracting(Trigger::name).containsExactly("doctor", "doctor");
        assertThat(Set.copyOf(intake.triggers)).hasSize(1);
        assertThat(told.getFirst()).isInstanceOfSatisfying(Signal.Choice.class, choice -> {
            assertThat(choice.status()).isEqualTo(Status.BUSY);
            assertThat(choice.until())
                    .hasValueSatisfying(until -> assertThat(until).isAfter(START));
        });
        assertThat(told.getLast()).isInstanceOf(Signal.ChoiceWithdrawn.class);
    }

    @Test
    void aPlatformThatNeverShowsItFailsAndTheChoiceIsTakenBackAllTheSame() {
        rita();
        teams.deaf = true;

        Report report = examine(Optional.of("rita"), true);

        assertThat(result(report, "test-teams").ok()).isEqualTo("failed");
        assertThat(result(report, "test-dynamics").ok()).isEqualTo("ok");
        assertThat(told.getLast()).isInstanceOf(Signal.ChoiceWithdrawn.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.class,
            names = {"BUSY", "IN_A_MEETING", "ON_A_CALL", "DO_NOT_DISTURB", "OFFLINE"})
    void whoIsAtWorkIsLeftAlone(Status status) {
        stored(agent("rita", Map.of("teams", "t-1")).deciding(decision(status), START));

        Report report = examine(Optional.of("rita"), true);
        assertThat(result(report, "test").ok()).isEqualTo("skipped");
        assertThat(told).isEmpty();
    }

    @Test
    void whoIsNotSignedInOrNotKnownIsSaid() {
        stored(AgentState.of("max", new Profile("Max", "", Map.of())).deciding(decision(Status.AVAILABLE), START));

        assertThat(result(examine(Optional.of("max"), true), "test").ok()).isEqualTo("skipped");
        assertThat(result(examine(Optional.of("nobody"), true), "agent").ok()).isEqualTo("failed");
        assertThat(result(examine(Optional.empty(), true), "test").ok()).isEqualTo("skipped");
        assertThat(told).isEmpty();
    }

    /** Sets the platforms at once; they show it after their lag. */
    private void set(String agentId, List<Evidence> evidence) {
        Signal signal = ((Evidence.Reported) evidence.getFirst()).signal();
        told.add(signal);
        Status next = signal instanceof Signal.Choice choice ? choice.status() : Status.AVAILABLE;
        AgentState state = store.load(agentId).orElseThrow();
        for (Shelf platform : List.of(dynamics, teams)) {
            state.profile().externalId(platform.name()).ifPresent(id -> platform.write(id, next));
            state = state.with(platform.name(), Standing.NEW.wanting(Optional.of(next)));
        }
        stored(state);
    }

    /** A platform that shows by id what was put there. */
    private final class Shelf implements ReadablePlatform {
        final Map<String, Status> shows = new HashMap<>();
        private final TreeMap<Instant, Map<String, Status>> coming = new TreeMap<>();
        private final String name;
        Duration lag = Duration.ZERO;
        boolean deaf;
        PlatformException failure;

        Shelf(String name) {
            this.name = name;
        }

        void write(String id, Status status) {
            if (!deaf) {
                coming.put(now.plus(lag), Map.of(id, status));
            }
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Optional<String> presence(Observation seen) {
            return seen.field("status");
        }

        @Override
        public Map<String, Observation> read(Collection<String> ids) {
            if (failure != null) {
                throw failure;
            }
            coming.headMap(now, true).values().forEach(shows::putAll);
            Map<String, Observation> seen = new HashMap<>();
            ids.stream()
                    .filter(shows::containsKey)
                    .forEach(id -> seen.put(
                            id,
                            new Observation(
                                    name, now, Map.of("status", shows.get(id).label()))));
            return seen;
        }

        @Override
        public Optional<Status> showing(Observation seen, Optional<Status> wanted, Mapping mapping) {
            return seen.field("status").flatMap(Status::of);
        }

        @Override
        public Interpretation interpret(
                Observation seen, Standing standing, Situation situation, Mapping mapping, Instant at) {
            return Interpretation.nothing(standing);
        }

        @Override
        public Plan plan(DesiredPresence wish, Standing standing, Instant at) {
            return Plan.nothing(Condition.IN_SYNC, "");
        }

        @Override
        public void perform(LedgerEntry step, Subject subject, Standing standing) {
            throw new AssertionError("the doctor writes nothing itself");
        }
    }
}
