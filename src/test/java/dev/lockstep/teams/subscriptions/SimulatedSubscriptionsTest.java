package dev.lockstep.teams.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.Defaults;
import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.concurrent.VirtualThreadRunner;
import dev.lockstep.local.entra.Application;
import dev.lockstep.local.entra.SimulatedEntra;
import dev.lockstep.local.entra.Tenant;
import dev.lockstep.local.server.Fault;
import dev.lockstep.local.server.LocalAuthority;
import dev.lockstep.local.server.Reply;
import dev.lockstep.local.server.Request;
import dev.lockstep.local.server.ServerFaults;
import dev.lockstep.local.server.SimulatedServer;
import dev.lockstep.local.teams.SimulatedGraph;
import dev.lockstep.local.teams.graph.GraphBehaviour;
import dev.lockstep.local.teams.model.Pair;
import dev.lockstep.local.teams.model.TeamsBehaviour;
import dev.lockstep.local.teams.model.TeamsModel;
import dev.lockstep.protocol.entra.EntraTokens;
import dev.lockstep.protocol.entra.GivenSettings;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.InMemoryAgentStore;
import dev.lockstep.store.InMemoryControl;
import dev.lockstep.teams.TeamsPlatform;
import dev.lockstep.teams.TeamsSettings;
import dev.lockstep.teams.graph.GraphSettings;
import dev.lockstep.teams.notifications.EncryptedContent;
import dev.lockstep.teams.notifications.GivenNotifications;
import dev.lockstep.teams.notifications.Notification;
import dev.lockstep.teams.notifications.NotificationVectors;
import dev.lockstep.teams.subscriptions.Subscriptions.Kept;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole way: a service user's refresh token at the simulated Entra, Microsoft's SDK at the simulated Graph. */
@Timeout(120)
class SimulatedSubscriptionsTest {
    private static final String RITA = "33333333-0000-0000-0000-000000000003";
    private static final String SERVICE = "5c9d8ef2-1111-4000-8000-000000000001";
    private static final String STORED = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:service-user";
    private static final LocalAuthority AUTHORITY = LocalAuthority.temporary();

    private volatile Duration passed = Duration.ZERO;
    private final InstantSource clock = () -> Instant.now().plus(passed);
    private final Tenant directory = new Tenant(GivenSettings.TENANT);
    private final dev.lockstep.local.entra.TokenIssuer tokens =
            new dev.lockstep.local.entra.TokenIssuer(GivenSettings.TENANT, clock);
    private final TeamsModel model =
            new TeamsModel(clock, TeamsBehaviour.harsh().withReadLag(Duration.ZERO));
    private final ServerFaults faults = new ServerFaults(new SplittableRandom(1));
    private final BlockingQueue<JsonNode> notifications = new LinkedBlockingQueue<>();
    private final BlockingQueue<JsonNode> lifecycle = new LinkedBlockingQueue<>();
    private final InMemoryControl control = new InMemoryControl(clock);
    private final InMemoryAgentStore store = new InMemoryAgentStore();
    private final Map<String, String> vault = new HashMap<>();
    private final SimulatedServer receiver =
            SimulatedServer.https(0, AUTHORITY.serverContext(), new ServerFaults(new SplittableRandom(1)));
    private SimulatedEntra entra;
    private SimulatedGraph graph;
    private Subscriptions subscriptions;

    @BeforeEach
    void start() throws AgentStore.Conflict {
        AUTHORITY.trustInThisProcess();
        receiver.on("POST", "/teams", request -> take(request, notifications))
                .on("POST", "/teams/lifecycle", request -> take(request, lifecycle))
                .start();
        entra = SimulatedEntra.start(
                0, AUTHORITY.serverContext(), new ServerFaults(new SplittableRandom(1)), directory, tokens, clock);
        GraphBehaviour rules = GraphBehaviour.harsh().withLatency(Duration.ZERO, Duration.ZERO);
        graph = SimulatedGraph.start(
                0,
                new SimulatedGraph.Setting(AUTHORITY, directory, tokens, model, rules, faults, clock, new Random(2)));
        directory
                .register(Application.of(GivenSettings.CLIENT)
                        .withSecret("s")
                        .withScopes(SimulatedGraph.RESOURCE, "Presence.Read.All"))
                .user(SERVICE, "presence-reader@contoso.com");
        vault.put(
                STORED,
                entra.signIn(
                        GivenSettings.CLIENT,
                        SERVICE,
                        graph.url().replace("/v1.0", "") + "/Presence.Read.All offline_access"));
        model.addUser(RITA);
        model.signInClient(RITA);
        store.save(AgentState.of("rita", new Profile("Rita", "", Map.of(TeamsPlatform.NAME, RITA))));
        subscriptions = subscriptions();
    }

    private Subscriptions subscriptions() {
        SubscriptionSettings settings = Defaults.of(
                TeamsSettings.class,
                Map.of("lockstep.teams.service-users", STORED, "lockstep.teams.notification-url", receiver.url()));
        GraphSettings graphSettings = Defaults.of(
                GraphSettings.class,
                Map.of(
                        "lockstep.graph.url", graph.url(),
                        "lockstep.graph.timeout", "30s",
                        "lockstep.graph.read-timeout", "30s"));
        EntraTokens application =
                new EntraTokens(GivenSettings.secret(entra.url(), "s"), reference -> reference, clock);
        ServiceUsers users =
                new ServiceUsers(settings, graphSettings, application, this::reveal, vault::replace, control, clock);
        return new Subscriptions(
                settings,
                GivenNotifications.usual(),
                this::reveal,
                users::subscriptions,
                store,
                control,
                clock,
                new SplittableRandom(7),
                time -> {},
                new VirtualThreadRunner());
    }

    /** On a machine that is busy with other things a handshake may come too late; the next run heals that. */
    private Kept kept() throws InterruptedException {
        Kept kept = subscriptions.keep();
        for (int again = 0; again < 5 && !kept.problems().isEmpty(); again++) {
            kept = subscriptions.keep();
        }
        return kept;
    }

    private String reveal(String reference) {
        return vault.getOrDefault(reference, reference);
    }

    private static Reply take(Request request, BlockingQueue<JsonNode> into) {
        Optional<String> token = request.parameter("validationToken");
        if (token.isPresent()) {
            return Reply.text(200, "text/plain", token.get());
        }
        into.add(request.json());
        return Reply.empty(202);
    }

    @AfterEach
    void stop() {
        graph.close();
        entra.close();
        receiver.close();
    }

    @Test
    void whatChangesInTeamsIsToldEncrypted() throws InterruptedException {
        assertThat(kept()).isEqualTo(new Kept(1, 1, List.of(), ""));

        model.choose(RITA, Pair.DO_NOT_DISTURB);

        JsonNode item = next(notifications);
        assertThat(item.path("clientState").asText()).isEqualTo("a-secret-state");
        JsonNode content = EncryptedContent.of(item.path("encryptedContent"))
                .flatMap(encrypted ->
                        encrypted.decrypted(NotificationVectors.certifiedKey().key()))
                .flatMap(Notification::object)
                .orElseThrow();
        assertThat(content.path("id").asText()).isEqualTo(RITA);
        assertThat(content.path("availability").asText()).isEqualTo("DoNotDisturb");
    }

    @Test
    void anInstanceThatKnowsNothingGoesOnWithWhatThereIs() throws InterruptedException {
        kept();
        Optional<SubscriptionRecord.Made> made = new SubscriptionRecord(control).of(STORED);

        assertThat(subscriptions().keep()).isEqualTo(new Kept(1, 1, List.of(), ""));
        assertThat(new SubscriptionRecord(control).of(STORED)).isPresent().isEqualTo(made);
    }

    @Test
    void notificationsGoOnAfterTheFirstHourAndTheFirstToken() throws InterruptedException {
        kept();
        String id = new SubscriptionRecord(control).of(STORED).orElseThrow().id();
        for (int run = 0; run < 9; run++) {
            passed = passed.plusMinutes(10);
            graph.tick();
            assertThat(kept().problems()).isEmpty();
        }
        assertThat(new SubscriptionRecord(control).of(STORED).orElseThrow().id())
                .isEqualTo(id);
        assertThat(lifecycle).isEmpty();

        model.choose(RITA, Pair.AWAY);
        assertThat(next(notifications).path("subscriptionId").asText()).isEqualTo(id);
    }

    @Test
    void whatIsGoneOrUnknownIsMadeAnew() throws InterruptedException {
        kept();
        String lost = new SubscriptionRecord(control).of(STORED).orElseThrow().id();
        new SubscriptionRecord(control).forget(STORED);

        assertThat(kept().problems()).isEmpty();
        assertThat(new SubscriptionRecord(control).of(STORED).orElseThrow().id())
                .isNotEqualTo(lost);

        passed = passed.plusHours(3);
        assertThat(kept()).isEqualTo(new Kept(1, 1, List.of(), ""));
    }

    @Test
    void aRenewalThatFindsNothingMakesAnew() throws InterruptedException {
        kept();
        passed = passed.plusMinutes(30);
        faults.add(Fault.of("PATCH */subscriptions/*", Fault.Kind.SERVER_ERROR)
                .withStatus(404)
                .once());
        // Graph still has it, and so refuses a second one.
        assertThat(subscriptions.keep().problems()).singleElement().asString().contains("not listed");
        assertThat(kept()).isEqualTo(new Kept(1, 1, List.of(), ""));
    }

    @Test
    void aUserWhoMustSignInAgainIsNamedWithWhatToDo() throws InterruptedException {
        entra.revoke(SERVICE);
        assertThat(subscriptions.keep().problems())
                .singleElement()
                .asString()
                .startsWith("service user 1: Entra refused (AADSTS9002313): sign the user in again");
    }

    @Test
    void aScopeThatNobodyConsentedToIsNamed() throws InterruptedException {
        directory.register(
                Application.of(GivenSettings.CLIENT).withSecret("s").withScopes(SimulatedGraph.RESOURCE, "User.Read"));
        assertThat(subscriptions.keep().problems())
                .singleElement()
                .asString()
                .contains("AADSTS65001", "/Presence.Read.All as a delegated permission");
    }

    @Test
    void theNextRefreshTokenIsStoredOnceADay() throws InterruptedException {
        String first = vault.get(STORED);
        kept();
        String second = vault.get(STORED);
        assertThat(second).isNotEqualTo(first).isNotBlank();

        passed = passed.plusHours(2);
        kept();
        assertThat(vault).containsEntry(STORED, second);

        passed = passed.plusDays(1);
        assertThat(kept().problems()).isEmpty();
        assertThat(vault.get(STORED)).isNotEqualTo(second);
    }

    private static JsonNode next(BlockingQueue<JsonNode> told) throws InterruptedException {
        JsonNode body = told.poll(30, TimeUnit.SECONDS);
        assertThat(body).as("a notification").isNotNull();
        return body.path("value").path(0);
    }
}
