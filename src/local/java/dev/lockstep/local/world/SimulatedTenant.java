package dev.lockstep.local.world;

import dev.lockstep.local.dynamics.ContactCenter;
import dev.lockstep.local.dynamics.SimulatedDataverse;
import dev.lockstep.local.dynamics.model.BasePresence;
import dev.lockstep.local.dynamics.model.DynamicsBehaviour;
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
import dev.lockstep.local.server.SimulatedServer;
import dev.lockstep.local.teams.SimulatedGraph;
import dev.lockstep.local.teams.graph.GraphBehaviour;
import dev.lockstep.local.teams.model.TeamsBehaviour;
import dev.lockstep.local.teams.model.TeamsModel;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import javax.net.ssl.SSLContext;

/** Entra, Graph and Dataverse of one organisation behind a private authority, with Lockstep's application in it. */
public final class SimulatedTenant implements AutoCloseable {
    public static final String WEBHOOK_KEY = "local-webhook-key-0123456789abcdef";

    private static final String TENANT = "c0ffee00-0000-4000-8000-000000000001";
    private static final String CLIENT = "c0ffee00-0000-4000-8000-000000000002";
    private static final String SECRET = "local-client-secret";
    private static final String API = "c0ffee00-0000-4000-8000-000000000004";
    private static final String API_RESOURCE = "lockstep";
    private static final String PEOPLE_CLIENT = "c0ffee00-0000-4000-8000-000000000006";

    private static final String SESSION_KEY = "bG9jYWwtc2Vzc2lvbi1rZXktb25seS1sYXB0b3AtMzI=";

    /** A group in which the simulated supervisor is. */
    static final String SUPERVISORS = "c0ffee00-0000-4000-8000-000000000009";

    /** The third-party application, as its own registration. */
    public static final String CRM_CLIENT = "c0ffee00-0000-4000-8000-000000000005";

    public static final String CRM_SECRET = "local-crm-secret";

    private static final String SERVICE_USER = "c0ffee00-0000-4000-8000-000000000003";
    private static final long SEED = 20261122;

    private final Clock clock = Clock.systemUTC();
    private final LocalAuthority authority;
    private final ScheduledExecutorService timers =
            Executors.newScheduledThreadPool(1, Thread.ofPlatform().daemon().factory());
    private final Tenant directory = new Tenant(TENANT);
    private final TokenIssuer tokens = new TokenIssuer(TENANT, clock);
    private final Application application = Application.of(CLIENT)
            .withSecret(SECRET)
            .withRoles(SimulatedGraph.RESOURCE, "Presence.ReadWrite.All")
            .withScopes(SimulatedGraph.RESOURCE, "Presence.Read.All");
    private final SimulatedEntra entra;
    private final SimulatedGraph graph;
    private final SimulatedDataverse dataverse;

    /**
     * @param authority that whoever calls the platforms trusts
     * @param port of {@code entra}, {@code graph} and {@code dataverse}; 0 for any that is free
     * @param faults of the same three
     */
    SimulatedTenant(LocalAuthority authority, ToIntFunction<String> port, Function<String, ServerFaults> faults) {
        this.authority = authority;
        entra = SimulatedEntra.start(
                port.applyAsInt("entra"), authority.serverContext(), faults.apply("entra"), directory, tokens, clock);
        graph = graph(port.applyAsInt("graph"), faults.apply("graph"));
        dataverse = dataverse(port.applyAsInt("dataverse"), faults.apply("dataverse"));
        directory
                .resource(SimulatedGraph.RESOURCE, graph.url())
                .resource("dynamics", dataverse.url())
                .register(application)
                .api(API_RESOURCE, API)
                .register(Application.of(CRM_CLIENT)
                        .withSecret(CRM_SECRET)
                        .withRoles(API_RESOURCE, "Presence.Read", "Presence.Write"))
                .register(Application.of(PEOPLE_CLIENT).withSecret(SECRET).withScopes(API_RESOURCE, "access_as_user"))
                .user(SERVICE_USER, "presence-reader@contoso.com");
        dynamics().add(Presence.custom("On a call", BasePresence.BUSY_DO_NOT_DISTURB));
        dynamics().add(Workstream.chat("Chats"));
    }

    /** On free ports, and nothing goes wrong until it is said. */
    public static SimulatedTenant onFreePorts() {
        return new SimulatedTenant(LocalAuthority.temporary(), part -> 0, SimulatedTenant::noFaults);
    }

    /** None yet; what is added later strikes the same way each time. */
    static ServerFaults noFaults(String part) {
        return new ServerFaults(new Random(SEED + part.hashCode()));
    }

    private SimulatedGraph graph(int port, ServerFaults faults) {
        TeamsModel model = new TeamsModel(clock, TeamsBehaviour.harsh());
        return SimulatedGraph.start(
                port,
                new SimulatedGraph.Setting(
                        authority, directory, tokens, model, GraphBehaviour.harsh(), faults, clock, new Random(SEED)));
    }

    private SimulatedDataverse dataverse(int port, ServerFaults faults) {
        ContactCenter center = ContactCenter.live(
                clock, timers, faults, new Random(SEED), DynamicsBehaviour.harsh(), WebhookTiming.usual());
        return SimulatedDataverse.start(port, authority.serverContext(), faults, center, tokens, clock)
                .add(ApplicationUser.of(CLIENT, "Lockstep", ApplicationUser.SUPERVISOR));
    }

    /** Hires somebody; their Teams client is open, and they are signed out of Dynamics. */
    public void hire(Representative person) {
        String entraId = person.entraId().toString();
        dynamics().add(person);
        teams().addUser(entraId);
        teams().signInClient(entraId);
    }

    /** A refresh token of somebody who signed in to Lockstep's application, for nothing but to watch presences. */
    public String serviceUser() {
        return entra.signIn(CLIENT, SERVICE_USER, graph.url().replace("/v1.0", "/Presence.Read.All"));
    }

    /** Somebody who may sign in for Lockstep's API, with these roles. */
    public void admit(String entraId, String upn, String... roles) {
        directory.user(entraId, upn).assign(entraId, API_RESOURCE, roles);
    }

    /**
     * People sign in for Lockstep's pages there from now on.
     *
     * @return what Lockstep is told of it, by the names of its settings
     */
    public Map<String, String> signInAt(String url) {
        directory.register(Application.of(API).withSecret(SECRET).withRedirect(url + "/sign-in/callback"));
        return Map.of(
                "lockstep.browser.url", url,
                "lockstep.browser.client-id", API,
                "lockstep.browser.client-secret", SECRET,
                "lockstep.browser.session-keys", SESSION_KEY);
    }

    /** From now on that user's tokens name these groups. */
    void join(String entraId, String... groups) {
        directory.join(entraId, groups);
    }

    /** What the gateway does with tokens for Lockstep's API. */
    TokenAuthorizer authorizer() {
        return new TokenAuthorizer(tokens, API);
    }

    /** From now on the application may sign in by this certificate too. */
    public void register(X509Certificate certificate) {
        directory.register(application.withCertificate(certificate));
    }

    /** By what Graph proves that an encrypted notification is its own. */
    public String validationToken() {
        return tokens.validation(application);
    }

    /** What Lockstep is told of it, by the names of its settings. */
    public Map<String, String> settings() {
        return Map.of(
                "lockstep.entra.authority", entra.url(),
                "lockstep.entra.tenant-id", TENANT,
                "lockstep.entra.client-id", CLIENT,
                "lockstep.entra.client-secret", SECRET,
                "lockstep.graph.url", graph.url(),
                "lockstep.dynamics.url", dataverse.url(),
                "lockstep.dynamics.webhook-key", WEBHOOK_KEY);
    }

    /** Tokens of this tenant are good at a platform elsewhere too. */
    void accept(String resource, String url) {
        directory.resource(resource, url);
    }

    /** A server that the platforms trust; it answers nothing yet. */
    public SimulatedServer front() {
        return SimulatedServer.https(0, authority.serverContext(), noFaults("front"));
    }

    /** For who opens its pages in this process. */
    public SSLContext clientContext() {
        return authority.clientContext();
    }

    /** System properties by which a JVM, and a native executable too, trusts the private authority. */
    public Map<String, String> trust() {
        return Map.of(
                "javax.net.ssl.trustStore",
                authority.trustStore().toString(),
                "javax.net.ssl.trustStorePassword",
                LocalAuthority.PASSWORD,
                "javax.net.ssl.trustStoreType",
                "PKCS12");
    }

    public ContactCenter center() {
        return dataverse.center();
    }

    public DynamicsModel dynamics() {
        return center().presence();
    }

    public TeamsModel teams() {
        return graph.model();
    }

    public ServerFaults graphFaults() {
        return graph.faults();
    }

    public ServerFaults dataverseFaults() {
        return dataverse.faults();
    }

    String graphUrl() {
        return graph.url();
    }

    String dataverseUrl() {
        return dataverse.url();
    }

    @Override
    public void close() {
        dataverse.close();
        graph.close();
        entra.close();
        timers.shutdownNow();
    }
}
