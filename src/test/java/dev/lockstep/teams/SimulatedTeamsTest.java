package dev.lockstep.teams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.Defaults;
import dev.lockstep.concurrent.VirtualThreadRunner;
import dev.lockstep.local.entra.Application;
import dev.lockstep.local.entra.SimulatedEntra;
import dev.lockstep.local.entra.Tenant;
import dev.lockstep.local.server.Fault;
import dev.lockstep.local.server.LocalAuthority;
import dev.lockstep.local.server.ServerFaults;
import dev.lockstep.local.teams.SimulatedGraph;
import dev.lockstep.local.teams.graph.GraphBehaviour;
import dev.lockstep.local.teams.model.Pair;
import dev.lockstep.local.teams.model.TeamsBehaviour;
import dev.lockstep.local.teams.model.TeamsModel;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.protocol.entra.EntraSettings;
import dev.lockstep.protocol.entra.EntraTokens;
import dev.lockstep.protocol.entra.GivenSettings;
import dev.lockstep.store.InMemoryControl;
import dev.lockstep.teams.graph.GraphApplications;
import dev.lockstep.teams.graph.GraphPresence;
import dev.lockstep.teams.graph.GraphSettings;
import dev.lockstep.teams.graph.PresenceApi;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole way: msal4j at the simulated Entra, Microsoft's SDK at the simulated Graph. */
@Timeout(120)
class SimulatedTeamsTest {
    private static final Set<String> REFUSED =
            Set.of("00000007-0000-4000-8000-000000000000", "00000500-0000-4000-8000-000000000000");
    private static final String RITA = "33333333-0000-0000-0000-000000000003";
    private static final InstantSource CLOCK = InstantSource.system();

    private final Tenant directory = new Tenant(GivenSettings.TENANT);
    private final TeamsModel model =
            new TeamsModel(CLOCK, TeamsBehaviour.harsh().withReadLag(Duration.ZERO));
    private final ServerFaults faults = new ServerFaults(new SplittableRandom(1));
    private SimulatedEntra entra;
    private SimulatedGraph graph;
    private GraphPresence presence;

    @BeforeEach
    void start() {
        LocalAuthority authority = LocalAuthority.temporary();
        authority.trustInThisProcess();
        var tokens = new dev.lockstep.local.entra.TokenIssuer(GivenSettings.TENANT, CLOCK);
        entra = SimulatedEntra.start(
                0, authority.serverContext(), new ServerFaults(new SplittableRandom(1)), directory, tokens, CLOCK);
        GraphBehaviour rules = GraphBehaviour.harsh().withLatency(Duration.ZERO, Duration.ZERO);
        graph = SimulatedGraph.start(
                0,
                new SimulatedGraph.Setting(authority, directory, tokens, model, rules, faults, CLOCK, new Random(2)));
        model.addUser(RITA);
        presence = signedInWith("Presence.ReadWrite.All");
    }

    @AfterEach
    void stop() {
        graph.close();
        entra.close();
    }

    @Test
    void whatIsWrittenIsShown() {
        presence.setSession("", RITA, "Available", "Available", Duration.ofHours(1));
        assertThat(shown()).isEqualTo("Available/Available");

        presence.setSession("", RITA, "Busy", "InACall", Duration.ofHours(1));
        assertThat(shown()).isEqualTo("Busy/InACall");
        presence.setPreferred("", RITA, "DoNotDisturb", "DoNotDisturb", Duration.ofHours(8));
        assertThat(shown()).isEqualTo("DoNotDisturb/DoNotDisturb");

        presence.clearPreferred("", RITA);
        presence.clearSession("", RITA);
        presence.clearSession("", RITA);
        assertThat(model.actual(RITA).pair()).isEqualTo(Pair.OFFLINE);
    }

    @Test
    void whatIsNotAllowedIsRejected() {
        assertThatExceptionOfType(PlatformException.Rejected.class)
                .isThrownBy(() -> presence.setSession("", RITA, "Busy", "Busy", Duration.ofHours(1)));
        assertThatExceptionOfType(PlatformException.Rejected.class)
                .isThrownBy(() -> presence.setSession("", RITA, "Away", "Away", Duration.ofHours(5)));
    }

    @Test
    void whoMayNotWriteIsToldWhatIsMissing() {
        GraphPresence reader = signedInWith("Presence.Read.All");

        assertThat(reader.presences(List.of(RITA))).containsOnlyKeys(RITA);
        assertThatExceptionOfType(PlatformException.PermissionMissing.class)
                .isThrownBy(() -> reader.clearPreferred("", RITA))
                .withMessageContaining("Presence.ReadWrite.All");
    }

    @Test
    void oneIdThatGraphRefusesCostsOnlyItself() {
        List<String> many = IntStream.range(0, 1400)
                .mapToObj("%08x-0000-4000-8000-000000000000"::formatted)
                .toList();
        many.forEach(id -> {
            if (REFUSED.contains(id)) {
                model.addUserWhomListsRefuse(id);
            } else {
                model.addUser(id);
            }
        });
        List<String> others = many.stream().filter(id -> !REFUSED.contains(id)).toList();

        assertThat(presence.presences(many)).containsOnlyKeys(others);
        faults.add(Fault.of("POST *", Fault.Kind.SERVER_ERROR).times(1));
        assertThat(presence.presences(many)).as("what was answered counts").hasSizeGreaterThan(700);
        faults.add(Fault.of("POST *", Fault.Kind.SERVER_ERROR));
        assertThatExceptionOfType(PlatformException.Unreachable.class).isThrownBy(() -> presence.presences(many));
    }

    @Test
    void faultsAreToldByWhatCanBeDoneAboutThem() {
        faults.add(Fault.of("POST *", Fault.Kind.TOO_MANY)
                .withRetryAfter(Duration.ofSeconds(9))
                .once());
        assertThatExceptionOfType(PlatformException.Throttled.class)
                .isThrownBy(() -> presence.clearPreferred("", RITA))
                .matches(e -> e.retryAfter().orElseThrow().equals(Duration.ofSeconds(9)));
        for (Fault.Kind kind : List.of(Fault.Kind.SERVER_ERROR, Fault.Kind.HTML_ERROR)) {
            faults.add(Fault.of("POST *", kind).once());
            assertThatExceptionOfType(PlatformException.Unreachable.class)
                    .isThrownBy(() -> presence.clearPreferred("", RITA));
        }
        presence.clearPreferred("", RITA);
    }

    private String shown() {
        PresenceApi.Presence read = presence.presences(List.of(RITA)).get(RITA);
        return read.availability() + "/" + read.activity();
    }

    private GraphPresence signedInWith(String role) {
        directory.register(
                Application.of(GivenSettings.CLIENT).withSecret("s").withRoles(SimulatedGraph.RESOURCE, role));
        EntraSettings settings = GivenSettings.secret(entra.url(), "s");
        EntraTokens tokens = new EntraTokens(settings, reference -> reference, CLOCK);
        GraphSettings graphAt = patiently(graph.url());
        return new GraphPresence(
                graphAt,
                GraphApplications.one(graphAt, settings, tokens, CLOCK),
                CLOCK,
                new VirtualThreadRunner(),
                new InMemoryControl(CLOCK),
                ids -> {});
    }

    private static GraphSettings patiently(String url) {
        return Defaults.of(
                GraphSettings.class,
                Map.of(
                        "lockstep.graph.url", url,
                        "lockstep.graph.timeout", "30s",
                        "lockstep.graph.read-timeout", "30s"));
    }
}
