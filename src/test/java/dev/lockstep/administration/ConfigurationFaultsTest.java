package dev.lockstep.administration;

import static dev.lockstep.administration.ConfigurationFixture.RITA_IN_DYNAMICS;
import static dev.lockstep.administration.ConfigurationFixture.RITA_IN_TEAMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.presence.Status;
import dev.lockstep.store.StoreFaults;
import dev.lockstep.store.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** A store that fails at any point, and requests that nobody would write. */
class ConfigurationFaultsTest {
    private static final long SEED = Long.getLong("lockstep.seed", 2026L);
    private static final List<String> IDENTITIES = List.of(
            "dynamics#" + RITA_IN_DYNAMICS,
            "teams#" + RITA_IN_TEAMS,
            "upn#rita@contoso.com",
            "phone#desk#1042",
            "phone#desk#805ec0112233",
            "phone#desk#2000",
            "teams#gone");

    private static final String REQUEST = """
            connections:
              - {name: desk, tokens: [another-token-000000001]}
              - {name: pbx, system: generic, secrets: [whsec_a2V5LW9mLXR3ZW50eS1mb3VyLWJ5dGVzLQ==]}
            lines:
              - {connection: desk, line: 1042, mac: 805ec0112233, agent: rita}
              - {connection: desk, line: 2000, remove: true}
            mappings:
              team#priority: {teams: {write: {onACall: {expires: PT1H}}}}
            agents:
              - {agentId: rita, team: priority, identities: [dynamics#%s]}
              - {agentId: gone, remove: true}
            """.formatted(RITA_IN_DYNAMICS);

    /** Fails one call, before or after its work is done. */
    private static final class OneFault implements StoreFaults {
        private final boolean late;
        private int left;

        OneFault(int call, boolean late) {
            this.late = late;
            this.left = call;
        }

        @Override
        public void before(String call) {
            if (!late) {
                count(call);
            }
        }

        @Override
        public void after(String call) {
            if (late) {
                count(call);
            }
        }

        private void count(String call) {
            if (left-- == 0) {
                throw new StoreUnavailable(call, null);
            }
        }

        boolean isOver() {
            return left < 0;
        }
    }

    /** Passes everything on until it is given something that fails. */
    private static final class Switched implements StoreFaults {
        private StoreFaults now = StoreFaults.NONE;

        @Override
        public void before(String call) {
            now.before(call);
        }

        @Override
        public void after(String call) {
            now.after(call);
        }
    }

    private static ConfigurationFixture before(StoreFaults faults) {
        ConfigurationFixture world = new ConfigurationFixture(true, faults);
        world.directoryMade("rita@contoso.com", RITA_IN_DYNAMICS, RITA_IN_TEAMS);
        world.decided("rita@contoso.com", Status.ON_A_CALL);
        world.apply("""
                connections: [{name: desk, system: yealink, tokens: [k7Qe-Vw3mXz9bTpLr2Ns]}]
                lines: [{connection: desk, line: 2000, agent: rita@contoso.com}]
                agents: [{agentId: gone, identities: [teams#gone]}]
                """);
        return world;
    }

    private static String state(ConfigurationFixture world) {
        StringBuilder state = new StringBuilder(world.documents.all().toString());
        JsonNode export = world.export();
        IDENTITIES.forEach(id -> state.append('\n').append(id).append(world.identities.agentOf(id)));
        world.agents
                .all()
                .forEach(agent -> state.append('\n')
                        .append(agent.agentId())
                        .append(agent.decided())
                        .append(agent.dueAt()));
        return state.append(export).toString();
    }

    @Test
    void whateverCallFailsTheNextRequestFinishesWhatWasApplied() {
        ConfigurationFixture whole = before(StoreFaults.NONE);
        whole.apply(REQUEST);
        String wanted = state(whole);
        int failures = 0;
        for (boolean late : new boolean[] {false, true}) {
            for (int call = 0; ; call++) {
                Switched faults = new Switched();
                ConfigurationFixture world = before(faults);
                OneFault fault = new OneFault(call, late);
                faults.now = fault;
                boolean failed = fails(world);
                faults.now = StoreFaults.NONE;
                boolean committed = world.documents.all().containsKey("connection#pbx");
                world.apply(committed ? "" : REQUEST);
                assertThat(state(world)).as("call %d, late %s", call, late).isEqualTo(wanted);
                if (!fault.isOver()) {
                    break;
                }
                failures += failed ? 1 : 0;
            }
        }
        assertThat(failures).isGreaterThan(30);
    }

    private static boolean fails(ConfigurationFixture world) {
        try {
            world.ask("apply", REQUEST);
            return false;
        } catch (StoreUnavailable expected) {
            return true;
        }
    }

    @Test
    void theDirectoryFinishesItToo() {
        ConfigurationFixture whole = before(StoreFaults.NONE);
        whole.apply(REQUEST);
        Switched faults = new Switched();
        ConfigurationFixture world = before(faults);
        faults.now = failing("identities.put");
        assertThat(fails(world)).isTrue();
        faults.now = StoreFaults.NONE;
        assertThat(new Lines(world.documents, world.agents, world.identities, world.clock).bind())
                .isZero();
        assertThat(state(world)).isEqualTo(state(whole));
    }

    private static StoreFaults failing(String name) {
        return new StoreFaults() {
            @Override
            public void before(String call) {
                if (call.equals(name)) {
                    throw new StoreUnavailable(call, null);
                }
            }
        };
    }

    @Test
    void whatIsLeftToDoMayBeLongerThanOneItem() {
        ConfigurationFixture world = before(StoreFaults.NONE);
        StringBuilder request = new StringBuilder("agents:\n");
        for (int i = 0; i < 4_000; i++) {
            request.append(
                    "- {agentId: a%d, name: Ünal Ödemiş %d, team: t, identities: [teams#t%d, upn#u%d@contoso.com]}\n"
                            .formatted(i, i, i, i));
        }
        world.apply(request.toString());
        assertThat(world.agents.all().count()).isEqualTo(4_002);
        assertThat(world.identities.agentOf("teams#t3999")).contains("a3999");
        assertThat(world.agent("a17").profile().name()).isEqualTo("Ünal Ödemiş 17");
        assertThat(world.documents.all().keySet()).noneMatch(scope -> scope.startsWith("pending#"));
    }

    @Test
    void beforeTheDocumentsAreWrittenNothingIs() {
        Switched faults = new Switched();
        ConfigurationFixture world = before(faults);
        String untouched = state(world);
        faults.now = failing("mappings.put");
        assertThat(fails(world)).isTrue();
        faults.now = StoreFaults.NONE;
        assertThat(state(world)).isEqualTo(untouched);
    }

    @Test
    void randomRequestsAreAnsweredAndThoseWithAMistakeChangeNothing() {
        Random random = new Random(SEED);
        int applied = 0;
        ConfigurationFixture world = before(StoreFaults.NONE);
        for (int i = 0; i < 3_000; i++) {
            String request = "{action: apply, " + entries(random) + "}";
            Map<String, String> documents = world.documents.all();
            ConfigResponse.Result[] result = new ConfigResponse.Result[1];
            assertThatCode(() -> Assertions.assertTimeoutPreemptively(
                            Duration.ofSeconds(20),
                            () -> result[0] = (ConfigResponse.Result)
                                    world.configuration().answer(request)))
                    .as("seed %d, request %d: %s", SEED, i, request)
                    .doesNotThrowAnyException();
            assertThat(result[0].applied()).isEqualTo(result[0].mistakes().isEmpty());
            if (!result[0].applied()) {
                assertThat(world.documents.all()).isEqualTo(documents);
            }
            applied += result[0].applied() ? 1 : 0;
            everyIdentityLeadsToItsOwner(world, request);
        }
        assertThat(applied).isBetween(100, 2_900);
    }

    /** Whatever is applied, an agent's identity on a platform leads to that agent and to nobody else. */
    private static void everyIdentityLeadsToItsOwner(ConfigurationFixture world, String request) {
        world.agents
                .all()
                .filter(agent -> !agent.isRemoved())
                .forEach(agent -> agent.profile()
                        .externalIds()
                        .forEach((platform, id) -> assertThat(world.identities.agentOf(platform + "#" + id))
                                .as("%s#%s after %s", platform, id, request)
                                .contains(agent.agentId())));
    }

    private static String entries(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> "connections: [" + connection(random) + "]";
            case 1 -> "lines: [" + line(random) + ", " + line(random) + "]";
            case 2 -> "agents: [" + agent(random) + ", " + agent(random) + "]";
            case 3 ->
                "mappings: {" + any(random, "default", "team#priority", "x") + ": "
                        + any(
                                random,
                                "{}",
                                "null",
                                "{remove: true}",
                                "[1]",
                                "{order: x}",
                                "{dynamics: {read: {Busy: ignore}}}")
                        + "}";
            default ->
                "lines: [" + line(random) + "], agents: [" + agent(random) + "], connections: [" + connection(random)
                        + "]";
        };
    }

    private static String connection(Random random) {
        return "{name: " + any(random, "desk", "pbx", "''", "{}")
                + any(random, "", ", system: yealink", ", system: generic")
                + any(
                        random,
                        "",
                        ", tokens: [a]",
                        ", tokens: [whsec_QUJD, b]",
                        ", secrets: [whsec_QUJD]",
                        ", remove: true")
                + "}";
    }

    private static String line(Random random) {
        return "{connection: " + any(random, "desk", "pbx", "null")
                + any(random, "", ", line: 1042", ", line: 2000", ", line: [1]")
                + any(random, "", ", mac: 805ec0112233", ", mac: x", ", mac: null") + ", agent: "
                + any(random, "rita", "tom", "rita@contoso.com", "new@contoso.com", RITA_IN_TEAMS, "''")
                + any(random, "", "", "", ", remove: true") + "}";
    }

    private static String agent(Random random) {
        return "{agentId: " + any(random, "rita", "tom", "eve", "rita@contoso.com", "'a b'", "null")
                + any(random, "", ", team: priority", ", team: null", ", name: [x]") + ", identities: ["
                + any(random, "", "dynamics#" + RITA_IN_DYNAMICS, "dynamics#" + RITA_IN_TEAMS, "x") + ", "
                + any(random, "teams#" + RITA_IN_TEAMS, "teams#1", "upn#rita@contoso.com", "upn#new@contoso.com")
                + "]" + any(random, "", "", "", ", remove: true") + "}";
    }

    private static String any(Random random, String... texts) {
        return texts[random.nextInt(texts.length)];
    }
}
