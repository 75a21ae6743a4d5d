package dev.lockstep.function;

import dev.lockstep.local.dynamics.ContactCenter;
import dev.lockstep.local.dynamics.SimulatedDataverse;
import dev.lockstep.local.dynamics.model.BasePresence;
import dev.lockstep.local.dynamics.model.DynamicsBehaviour;
import dev.lockstep.local.dynamics.model.DynamicsModel;
import dev.lockstep.local.dynamics.model.Presence;
import dev.lockstep.local.dynamics.model.Representative;
import dev.lockstep.local.dynamics.model.RepresentativeView;
import dev.lockstep.local.dynamics.model.Workstream;
import dev.lockstep.local.dynamics.webapi.ApplicationUser;
import dev.lockstep.local.dynamics.webhook.WebhookTiming;
import dev.lockstep.local.entra.Application;
import dev.lockstep.local.entra.SimulatedEntra;
import dev.lockstep.local.entra.Tenant;
import dev.lockstep.local.entra.TokenIssuer;
import dev.lockstep.local.server.LocalAuthority;
import dev.lockstep.local.server.ServerFaults;
import dev.lockstep.local.server.SimulatedServer;
import dev.lockstep.local.teams.SimulatedGraph;
import dev.lockstep.local.teams.graph.GraphBehaviour;
import dev.lockstep.local.teams.model.Pair;
import dev.lockstep.local.teams.model.TeamsBehaviour;
import dev.lockstep.local.teams.model.TeamsModel;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Entra, Graph and Dataverse behind a private authority, on free ports. Dataverse calls no webhook here: the tests hand
 * the functions the sample events instead.
 */
final class PlatformsOfThePackage implements AutoCloseable {
    static final String WEBHOOK_KEY = "local-webhook-key-0123456789abcdef";

    private static final String TENANT = "c0ffee00-0000-4000-8000-000000000001";
    private static final String CLIENT = "c0ffee00-0000-4000-8000-000000000002";
    private static final String SECRET = "test-client-secret";
    private static final String SERVICE_USER = "c0ffee00-0000-4000-8000-000000000003";
    private static final long SEED = 20261122;

    private final Clock clock = Clock.systemUTC();
    private final LocalAuthority authority = LocalAuthority.temporary();
    private final ScheduledExecutorService timers =
            Executors.newScheduledThreadPool(1, Thread.ofPlatform().daemon().factory());
    private final Tenant directory = new Tenant(TENANT);
    private final TokenIssuer tokens = new TokenIssuer(TENANT, clock);
    private final Application application = Application.of(CLIENT)
            .withSecret(SECRET)
            .withRoles(SimulatedGraph.RESOURCE, "Presence.ReadWrite.All", "Schedule.Read.All")
            .withScopes(SimulatedGraph.RESOURCE, "Presence.Read.All");
    private final SimulatedEntra entra;
    private final SimulatedGraph graph;
    private final SimulatedDataverse dataverse;

    PlatformsOfThePackage() {
        entra = SimulatedEntra.start(0, authority.serverContext(), faults(1), directory, tokens, clock);
        graph = graph();
        dataverse = dataverse();
        directory
                .resource(SimulatedGraph.RESOURCE, graph.url())
                .resource("dynamics", dataverse.url())
                .register(application)
                .user(SERVICE_USER, "presence-reader@contoso.com");
        dynamics().add(Presence.custom("On a call", BasePresence.BUSY_DO_NOT_DISTURB));
        dynamics().add(Workstream.chat("Chats"));
    }

    private static ServerFaults faults(int part) {
        return new ServerFaults(new Random(SEED + part));
    }

    private SimulatedGraph graph() {
        TeamsModel model = new TeamsModel(clock, TeamsBehaviour.harsh());
        return SimulatedGraph.start(
                0,
                new SimulatedGraph.Setting(
                        authority,
                        directory,
                        tokens,
                        model,
                        GraphBehaviour.harsh(),
                        faults(2),
                        clock,
                        new Random(SEED)));
    }

    private SimulatedDataverse dataverse() {
        ServerFaults faults = faults(3);
        ContactCenter center = ContactCenter.live(
                clock, timers, faults, new Random(SEED), DynamicsBehaviour.harsh(), WebhookTiming.usual());
        return SimulatedDataverse.start(0, authority.serverContext(), faults, center, tokens, clock)
                .add(ApplicationUser.of(CLIENT, "Lockstep", ApplicationUser.SUPERVISOR));
    }

    /** Hires somebody; their Teams client is open, and they are signed out of Dynamics. */
    void hire(PackagedPerson person) {
        dynamics().add(Representative.of(person.systemUserId(), person.name(), person.upn(), person.entraId()));
        teams().addUser(person.entraId().toString());
        teams().signInClient(person.entraId().toString());
    }

    /** A server that the platforms trust; it answers nothing yet. */
    SimulatedServer front() {
        return SimulatedServer.https(0, authority.serverContext(), faults(4));
    }

    /** A refresh token of somebody who signed in to Lockstep's application, for nothing but to watch presences. */
    String serviceUser() {
        return entra.signIn(CLIENT, SERVICE_USER, graph.url().replace("/v1.0", "/Presence.Read.All"));
    }

    /** What an installation is told of the platforms, as environment variables. */
    Map<String, String> environment() {
        return Map.of(
                "LOCKSTEP_ENTRA_AUTHORITY", entra.url(),
                "LOCKSTEP_ENTRA_TENANT_ID", TENANT,
                "LOCKSTEP_ENTRA_CLIENT_ID", CLIENT,
                "LOCKSTEP_ENTRA_CLIENT_SECRET", SECRET,
                "LOCKSTEP_GRAPH_URL", graph.url(),
                "LOCKSTEP_DYNAMICS_URL", dataverse.url(),
                "LOCKSTEP_DYNAMICS_WEBHOOK_KEY", WEBHOOK_KEY);
    }

    /** System properties by which a JVM, and a native executable too, trusts the private authority. */
    Map<String, String> trust() {
        return Map.of(
                "javax.net.ssl.trustStore",
                authority.trustStore().toString(),
                "javax.net.ssl.trustStorePassword",
                LocalAuthority.PASSWORD,
                "javax.net.ssl.trustStoreType",
                "PKCS12");
    }

    /** From now on the application may sign in by this certificate too. */
    void register(X509Certificate certificate) {
        directory.register(application.withCertificate(certificate));
    }

    /** By what Graph proves that an encrypted notification is its own. */
    String validationToken() {
        return tokens.validation(application);
    }

    String shownInDynamics(PackagedPerson who) {
        return dynamics()
                .agent(who.systemUserId())
                .map(RepresentativeView::presence)
                .orElseThrow()
                .name();
    }

    Pair shownInTeams(PackagedPerson who) {
        return teams().actual(who.entraId().toString()).pair();
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

    ServerFaults graphFaults() {
        return graph.faults();
    }

    ServerFaults dataverseFaults() {
        return dataverse.faults();
    }

    @Override
    public void close() {
        dataverse.close();
        graph.close();
        entra.close();
        timers.shutdownNow();
    }
}
