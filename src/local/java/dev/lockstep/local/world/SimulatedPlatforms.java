package dev.lockstep.local.world;

import dev.lockstep.local.application.ThirdPartyApplication;
import dev.lockstep.local.dynamics.ContactCenter;
import dev.lockstep.local.dynamics.SimulatedDataverse;
import dev.lockstep.local.dynamics.model.BasePresence;
import dev.lockstep.local.dynamics.model.DynamicsModel;
import dev.lockstep.local.dynamics.model.Presence;
import dev.lockstep.local.dynamics.model.Representative;
import dev.lockstep.local.dynamics.model.Workstream;
import dev.lockstep.local.dynamics.webapi.ApplicationUser;
import dev.lockstep.local.dynamics.webhook.WebhookTiming;
import dev.lockstep.local.entra.Application;
import dev.lockstep.local.entra.SimulatedEntra;
import dev.lockstep.local.entra.Tenant;
import dev.lockstep.local.entra.TokenIssuer;
import dev.lockstep.local.server.LocalAuthority;
import dev.lockstep.local.server.ServerFaults;
import dev.lockstep.local.teams.SimulatedGraph;
import dev.lockstep.local.teams.graph.GraphBehaviour;
import dev.lockstep.local.teams.model.TeamsModel;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The simulated platforms and the people on them. The functions are told their URLs and a credential, as they would be
 * told the real ones'.
 */
final class SimulatedPlatforms implements AutoCloseable {
    static final String WEBHOOK_KEY = "local-webhook-key-0123456789abcdef";
    static final String APPLICATION_SECRET = "whsec_bG9jYWwtYXBwbGljYXRpb24tc2VjcmV0LTAxMjM0NQ==";

    private static final String TENANT = "c0ffee00-0000-4000-8000-000000000001";
    private static final String CLIENT = "c0ffee00-0000-4000-8000-000000000002";
    private static final String SECRET = "local-client-secret";
    private static final long SEED = 20261122;

    private final Clock clock = Clock.systemUTC();
    private final ScheduledExecutorService timers =
            Executors.newScheduledThreadPool(1, Thread.ofPlatform().daemon().factory());
    private final SimulatedEntra entra;
    private final SimulatedGraph graph;
    private final SimulatedDataverse dataverse;
    private final ThirdPartyApplication application;
    private final LocalAuthority authority = LocalAuthority.temporary();

    private SimulatedPlatforms() {
        authority.trustInThisProcess();
        Tenant directory = new Tenant(TENANT);
        TokenIssuer tokens = new TokenIssuer(TENANT, clock);
        entra = SimulatedEntra.start(
                port("entra", 8091), authority.serverContext(), faults("entra"), directory, tokens, clock);
        graph = graph(directory, tokens);
        dataverse = dataverse(tokens);
        application = ThirdPartyApplication.start(
                port("application", 8094),
                faults("application"),
                List.of(APPLICATION_SECRET),
                HttpClient.newHttpClient(),
                clock);
        directory
                .resource(
                        SimulatedGraph.RESOURCE,
                        LaunchSettings.of("lockstep.graph.url").orElse(graph.url()))
                .resource("dynamics", LaunchSettings.of("lockstep.dynamics.url").orElse(dataverse.url()))
                .register(Application.of(CLIENT)
                        .withSecret(SECRET)
                        .withRoles(SimulatedGraph.RESOURCE, "Presence.ReadWrite.All", "Schedule.Read.All"));
        people();
        configure();
    }

    static SimulatedPlatforms start() {
        return new SimulatedPlatforms();
    }

    private static int port(String part, int usual) {
        return LaunchSettings.port("lockstep.local." + part + "-port", usual);
    }

    /** Rules may be configured from the start: {@code lockstep.local.graph-faults}, as PUT to {@code /_faults}. */
    private static ServerFaults faults(String part) {
        ServerFaults faults = new ServerFaults(new Random(SEED + part.hashCode()));
        LaunchSettings.of("lockstep.local." + part + "-faults").ifPresent(faults::set);
        return faults;
    }

    private SimulatedGraph graph(Tenant directory, TokenIssuer tokens) {
        TeamsModel model = new TeamsModel(clock, dev.lockstep.local.teams.model.TeamsBehaviour.harsh());
        SimulatedGraph.Setting setting = new SimulatedGraph.Setting(
                authority, directory, tokens, model, GraphBehaviour.harsh(), faults("graph"), clock, new Random(SEED));
        return SimulatedGraph.start(port("graph", 8092), setting);
    }

    private SimulatedDataverse dataverse(TokenIssuer tokens) {
        ServerFaults faults = faults("dataverse");
        ContactCenter center = ContactCenter.live(
                clock,
                timers,
                faults,
                new Random(SEED),
                dev.lockstep.local.dynamics.model.DynamicsBehaviour.harsh(),
                WebhookTiming.usual());
        SimulatedDataverse made = SimulatedDataverse.start(
                port("dataverse", 8093), authority.serverContext(), faults, center, tokens, clock);
        return made.add(ApplicationUser.of(CLIENT, "Lockstep", ApplicationUser.SUPERVISOR));
    }

    private void people() {
        DynamicsModel dynamics = dataverse.center().presence();
        dynamics.add(Presence.custom("On a call", BasePresence.BUSY_DO_NOT_DISTURB));
        dynamics.add(Workstream.chat("Chats"));
        for (Team.Member member : Team.ALL) {
            dynamics.add(Representative.of(member.systemUserId(), member.name(), member.upn(), member.entraId()));
            graph.model().addUser(member.entraId().toString());
            // Teams is open on everybody's machine and nobody has touched it yet: it shows Away.
            graph.model().signInClient(member.entraId().toString());
            graph.model().goIdle(member.entraId().toString());
        }
    }

    private void configure() {
        LaunchSettings.offer("lockstep.entra.authority", entra.url());
        LaunchSettings.offer("lockstep.entra.tenant-id", TENANT);
        LaunchSettings.offer("lockstep.entra.client-id", CLIENT);
        LaunchSettings.offer("lockstep.entra.client-secret", SECRET);
        LaunchSettings.offer("lockstep.graph.url", graph.url());
        LaunchSettings.offer("lockstep.dynamics.url", dataverse.url());
        LaunchSettings.offer("lockstep.dynamics.webhook-key", WEBHOOK_KEY);
    }

    /** Dataverse calls us from now on. */
    void registerWebhook(String front) {
        dataverse.center().webhooks().registerWebhook(URI.create(front + "/dynamics"), "x-lockstep-key", WEBHOOK_KEY);
    }

    DynamicsModel dynamics() {
        return dataverse.center().presence();
    }

    ContactCenter center() {
        return dataverse.center();
    }

    TeamsModel teams() {
        return graph.model();
    }

    ThirdPartyApplication application() {
        return application;
    }

    ServerFaults graphFaults() {
        return graph.faults();
    }

    ServerFaults dataverseFaults() {
        return dataverse.faults();
    }

    String dataverseUrl() {
        return dataverse.url();
    }

    String graphUrl() {
        return graph.url();
    }

    LocalAuthority authority() {
        return authority;
    }

    @Override
    public void close() {
        application.close();
        dataverse.close();
        graph.close();
        entra.close();
        timers.shutdownNow();
    }
}
