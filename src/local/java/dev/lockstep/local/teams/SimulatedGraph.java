package dev.lockstep.local.teams;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.local.entra.Tenant;
import dev.lockstep.local.entra.TokenIssuer;
import dev.lockstep.local.server.Fault;
import dev.lockstep.local.server.LocalAuthority;
import dev.lockstep.local.server.Outbox;
import dev.lockstep.local.server.Reply;
import dev.lockstep.local.server.Request;
import dev.lockstep.local.server.ServerFaults;
import dev.lockstep.local.server.SimulatedServer;
import dev.lockstep.local.teams.graph.BatchRoute;
import dev.lockstep.local.teams.graph.Gate;
import dev.lockstep.local.teams.graph.GraphBehaviour;
import dev.lockstep.local.teams.graph.GraphError;
import dev.lockstep.local.teams.graph.PeopleRoutes;
import dev.lockstep.local.teams.graph.PresenceRoutes;
import dev.lockstep.local.teams.graph.ShiftRoutes;
import dev.lockstep.local.teams.graph.SubscriptionRoutes;
import dev.lockstep.local.teams.graph.Throttle;
import dev.lockstep.local.teams.model.Schedules;
import dev.lockstep.local.teams.model.TeamsModel;
import dev.lockstep.local.teams.notifications.ActiveSubscriptions;
import dev.lockstep.local.teams.notifications.Notifier;
import dev.lockstep.local.teams.notifications.Receiver;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The simulated Microsoft Graph: presence, change notifications, batches and Teams Shifts over HTTPS, with people's
 * actions under {@code /_people}. Registers itself in the directory as the resource {@code graph}.
 */
public final class SimulatedGraph implements AutoCloseable {
    /** Its name as a resource, for {@link dev.lockstep.local.entra.Application#withRoles}. */
    public static final String RESOURCE = "graph";

    private static final String BASE = "/v1.0";
    private static final Duration TICK = Duration.ofMillis(200);

    private final SimulatedServer server;
    private final TeamsModel model;
    private final Schedules schedules = new Schedules();
    private final ActiveSubscriptions subscriptions;
    private final InstantSource clock;
    // What is still to be delivered when Graph closes is dropped without a word.
    private final ScheduledExecutorService timers = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("graph").factory(), new ThreadPoolExecutor.DiscardPolicy());

    private SimulatedGraph(Setting setting, int port) {
        clock = setting.clock;
        model = setting.model;
        server = SimulatedServer.https(port, setting.authority.serverContext(), setting.faults);
        setting.directory.resource(RESOURCE, server.url());
        Gate gate = new Gate(setting.tokens, server.url());
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(3))
                .sslContext(setting.authority.clientContext())
                .build();
        Receiver receiver = new Receiver(client);
        Notifier notifier = new Notifier(
                setting.rules,
                new Outbox(setting.faults, timers),
                receiver,
                timers,
                clock,
                setting.directory,
                setting.tokens,
                setting.random);
        subscriptions = new ActiveSubscriptions(clock, notifier, setting.rules);
        route(setting, gate, receiver);
    }

    /**
     * What a simulated Graph is made of.
     *
     * @param model the presences that it shows and changes; people act on the same one
     * @param random orders answers that promise no order, and draws latencies
     */
    public record Setting(
            LocalAuthority authority,
            Tenant directory,
            TokenIssuer tokens,
            TeamsModel model,
            GraphBehaviour rules,
            ServerFaults faults,
            InstantSource clock,
            Random random) {}

    /**
     * Starts it.
     *
     * @param port 0 takes any free one
     */
    public static SimulatedGraph start(int port, Setting setting) {
        SimulatedGraph graph = new SimulatedGraph(setting, port);
        graph.server.start();
        graph.timers.scheduleWithFixedDelay(graph::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
        return graph;
    }

    /** For {@code lockstep.graph.url}. */
    public String url() {
        return server.url() + BASE;
    }

    public int port() {
        return server.port();
    }

    public TeamsModel model() {
        return model;
    }

    public Schedules schedules() {
        return schedules;
    }

    public ServerFaults faults() {
        return server.faults();
    }

    /** Lets time do its work now: fading, expiries, challenges. Happens by itself five times a second. */
    public void tick() {
        model.advance();
        subscriptions.tick();
    }

    @Override
    public void close() {
        timers.shutdownNow();
        server.close();
    }

    private void route(Setting setting, Gate gate, Receiver receiver) {
        GraphBehaviour rules = setting.rules;
        boolean decimal = !rules.has(GraphBehaviour.Option.WHOLE_RETRY_AFTER);
        Throttle presence = new Throttle(rules.presenceLimit(), Duration.ofSeconds(30), clock, decimal);
        new PresenceRoutes(model, gate, presence, setting.random).route(server, BASE);
        new BatchRoute(server, gate, rules, setting.random).route(BASE);
        new SubscriptionRoutes(gate, subscriptions, receiver, clock, rules).route(server, BASE);
        new ShiftRoutes(schedules, gate, clock, rules).route(server, BASE);
        new PeopleRoutes(model, clock).route(server);
        model.onChange(subscriptions::presenceChanged);
        schedules.onChange(subscriptions::shiftChanged);
        server.onError(this::error);
        server.onUnknownPath(request -> error(request, GraphError.badRequest("Resource not found for the segment.")));
        server.onFault(this::fault);
    }

    private Reply error(Request request, RuntimeException e) {
        GraphError error = switch (e) {
            case GraphError refusal -> refusal;
            case Request.MalformedBody malformed -> GraphError.badRequest("Unable to read JSON request payload.");
            default -> GraphError.broken(e);
        };
        String id = UUID.randomUUID().toString();
        String clientId = request.header("client-request-id").orElse(id);
        return error.reply(clock.instant(), id, clientId).with("request-id", id).with("client-request-id", clientId);
    }

    private JsonNode fault(Fault fault) {
        boolean tooMany = fault.kind() == Fault.Kind.TOO_MANY;
        String id = UUID.randomUUID().toString();
        return GraphError.body(
                tooMany ? "TooManyRequests" : "serviceNotAvailable",
                tooMany ? "Too Many Requests" : "Service is unavailable.",
                clock.instant(),
                id,
                id);
    }
}
