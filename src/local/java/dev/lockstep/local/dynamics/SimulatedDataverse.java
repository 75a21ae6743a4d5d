package dev.lockstep.local.dynamics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.local.dynamics.model.Capacity;
import dev.lockstep.local.dynamics.model.PipelineFailed;
import dev.lockstep.local.dynamics.model.Representative;
import dev.lockstep.local.dynamics.table.Catalogue;
import dev.lockstep.local.dynamics.table.ODataError;
import dev.lockstep.local.dynamics.webapi.ApplicationUser;
import dev.lockstep.local.dynamics.webapi.Callers;
import dev.lockstep.local.dynamics.webapi.OmnichannelRoutes;
import dev.lockstep.local.dynamics.webapi.PeopleControl;
import dev.lockstep.local.dynamics.webapi.ServiceProtection;
import dev.lockstep.local.dynamics.webapi.SetUpRoutes;
import dev.lockstep.local.dynamics.webapi.TableRoutes;
import dev.lockstep.local.entra.Tenant;
import dev.lockstep.local.entra.TokenIssuer;
import dev.lockstep.local.entra.TokenRefused;
import dev.lockstep.local.server.Fault;
import dev.lockstep.local.server.Json;
import dev.lockstep.local.server.Reply;
import dev.lockstep.local.server.Request;
import dev.lockstep.local.server.ServerFaults;
import dev.lockstep.local.server.SimulatedServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * The Web API of a simulated Dynamics 365 organisation: presence APIs, the tables that an availability sync needs,
 * registration of webhooks, service protection. {@code /_people} is the control surface ({@link PeopleControl}).
 */
public final class SimulatedDataverse implements AutoCloseable {
    public static final String API = "/api/data/v9.2/";

    private final SimulatedServer server;
    private final ContactCenter center;
    private final TokenIssuer tokens;
    private final InstantSource clock;
    private final Callers callers;
    private final TableRoutes tables;
    private final SetUpRoutes setUp;
    private volatile ServiceProtection protection;
    private final OmnichannelRoutes presenceApi;
    private volatile int modifyAnswers = 204;

    private SimulatedDataverse(SimulatedServer server, ContactCenter center, TokenIssuer tokens, InstantSource clock) {
        this.server = server;
        this.center = center;
        this.tokens = tokens;
        this.clock = clock;
        callers = new Callers(center.presence());
        tables = new TableRoutes(new Catalogue(center, callers::applications).schema(), () -> url() + API);
        setUp = new SetUpRoutes(center, tables, () -> url() + API);
        protection = new ServiceProtection(clock, ServiceProtection.Limits.documented());
        presenceApi = new OmnichannelRoutes(center.presence());
    }

    /**
     * @param port 0 takes any free one
     * @param faults the same that the organisation's webhooks suffer, so that one switch serves both
     */
    public static SimulatedDataverse start(
            int port,
            SSLContext identity,
            ServerFaults faults,
            ContactCenter center,
            TokenIssuer tokens,
            InstantSource clock) {
        SimulatedServer server = SimulatedServer.https(port, identity, faults);
        SimulatedDataverse dataverse = new SimulatedDataverse(server, center, tokens, clock);
        dataverse.route();
        dataverse.addVirtualAgent();
        server.start();
        return dataverse;
    }

    /** Bots have agent status rows like people; only their application id tells them apart. */
    private void addVirtualAgent() {
        UUID id = UUID.fromString("0b070000-0000-4000-8000-000000000001");
        UUID applicationId = UUID.fromString("0b070000-0000-4000-8000-000000000002");
        Representative bot = new Representative(
                id, "Virtual agent", "", id, false, Optional.of(applicationId), Optional.empty(), Capacity.units(1000));
        center.presence().add(bot);
        center.presence().signIn(id);
    }

    /** For {@code lockstep.dynamics.url}. */
    public String url() {
        return server.url();
    }

    public int port() {
        return server.port();
    }

    public ServerFaults faults() {
        return server.faults();
    }

    public ContactCenter center() {
        return center;
    }

    /** Makes an app registration a user here, or changes its roles. */
    public SimulatedDataverse add(ApplicationUser application) {
        callers.add(application);
        return this;
    }

    /** Gives a representative the supervisor's role. */
    public SimulatedDataverse makeSupervisor(UUID representative) {
        callers.makeSupervisor(representative);
        return this;
    }

    /** Service protection with other numbers: "defaults that may vary". What was counted so far is forgotten. */
    public void limit(int requests, Duration execution, int concurrent) {
        protection = new ServiceProtection(
                clock, new ServiceProtection.Limits(requests, execution, concurrent, Duration.ofMinutes(5)));
    }

    /** The documentation says 200 for Modify, an action without a result would usually answer 204. */
    public void modifyAnswers(int status) {
        modifyAnswers = status;
    }

    @Override
    public void close() {
        server.close();
    }

    private void route() {
        server.on("GET", API + "{resource}", request -> guarded(request, this::get))
                .on("GET", API + "{resource}/{navigation}", request -> guarded(request, tables::navigate))
                .on("POST", API + "{resource}", request -> guarded(request, this::post))
                .on("PATCH", API + "{resource}", request -> guarded(request, setUp::patch))
                .on("DELETE", API + "{resource}", request -> guarded(request, setUp::delete))
                .onFault(SimulatedDataverse::fault)
                .onError(SimulatedDataverse::error)
                .onUnknownPath(request -> error(request, ODataError.noSuchSegment(request.path())));
        server.on("PUT", "/_limits", this::limit);
        new PeopleControl(center).route(server);
    }

    private Reply limit(Request request) {
        JsonNode body = request.json();
        limit(
                body.path("requests").asInt(6000),
                Duration.ofSeconds(body.path("executionSeconds").asInt(1200)),
                body.path("concurrent").asInt(52));
        return Reply.empty(204);
    }

    /** Checks the token, the user behind it and the limits, and only then does the work. */
    private Reply guarded(Request request, BiFunction<Request, Callers.Acting, Reply> work) {
        try {
            var caller = tokens.verify(request.header("Authorization"), Tenant.audiences(url()));
            Callers.Acting acting = callers.acting(caller, request);
            return limited(acting.charged(), () -> work.apply(request, acting))
                    .with("OData-Version", "4.0")
                    .with("x-ms-service-request-id", UUID.randomUUID().toString());
        } catch (TokenRefused refused) {
            return Reply.empty(401).with("WWW-Authenticate", "Bearer resource_id=" + url() + "/");
        }
    }

    private Reply limited(String user, Supplier<Reply> work) {
        ServiceProtection limits = protection;
        Optional<ServiceProtection.Refusal> refusal = limits.enter(user);
        if (refusal.isPresent()) {
            ServiceProtection.Refusal why = refusal.get();
            return Reply.json(429, errorBody(why.code(), why.message()))
                    .with("Retry-After", String.valueOf(why.retryAfter().toSeconds()));
        }
        var began = clock.instant();
        try {
            return work.get()
                    .with("x-ms-ratelimit-burst-remaining-xrm-requests", String.valueOf(limits.remaining(user)))
                    .with("x-ms-ratelimit-time-remaining-xrm-requests", seconds(limits.executionLeft(user)));
        } finally {
            limits.leave(user, Duration.between(began, clock.instant()));
        }
    }

    private static String seconds(Duration left) {
        return String.format(Locale.ROOT, "%,.2f", left.toMillis() / 1000.0);
    }

    private Reply get(Request request, Callers.Acting acting) {
        String resource = request.part("resource");
        if (resource.equals("WhoAmI") || resource.equals("WhoAmI()")) {
            return whoAmI(acting);
        }
        if (resource.matches("CCaaS_GetPresence(\\(.*\\))?")) {
            return presenceApi.get(request, acting, url());
        }
        return tables.get(request, acting);
    }

    private Reply whoAmI(Callers.Acting acting) {
        ObjectNode body = Json.object();
        body.put("@odata.context", url() + API + "$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse");
        body.put(
                "BusinessUnitId",
                UUID.nameUUIDFromBytes("business unit".getBytes()).toString());
        body.put("UserId", acting.charged());
        body.put("OrganizationId", center.webhooks().organisation().id().toString());
        return Reply.json(200, body);
    }

    private Reply post(Request request, Callers.Acting acting) {
        String type = request.header("Content-Type").orElse("");
        if (!type.startsWith("application/json")) {
            throw new ODataError(415, "0x80060888", "A supported media type is needed: application/json.");
        }
        if (request.part("resource").equals("CCaaS_ModifyAgentPresence")) {
            presenceApi.modify(request, acting);
            return Reply.empty(modifyAnswers);
        }
        return setUp.post(request, acting);
    }

    // ---- wording

    private static Reply error(Request request, RuntimeException e) {
        return switch (e) {
            case ODataError refused -> Reply.json(refused.status(), errorBody(refused.code(), refused.getMessage()));
            case Request.MalformedBody malformed ->
                Reply.json(400, errorBody("0x80048d19", "Error identified in Payload provided by the user."));
            case PipelineFailed failed -> Reply.json(400, errorBody("0x80050203", failed.getMessage()));
            case PeopleControl.NoSuchElement nobody -> Reply.json(404, errorBody("0x80040217", nobody.getMessage()));
            case IllegalArgumentException wrong
            when request.path().startsWith("/_") ->
                Reply.json(400, errorBody("0x80040203", String.valueOf(wrong.getMessage())));
            default -> Reply.json(500, errorBody("0x80040216", "An unexpected error occurred."));
        };
    }

    private static JsonNode fault(Fault fault) {
        return fault.kind() == Fault.Kind.TOO_MANY
                ? errorBody(
                        "0x80072322", "Number of requests exceeded the limit of 6000 over time window of 300 seconds.")
                : errorBody("0x80040216", "An unexpected error occurred.");
    }

    private static ObjectNode errorBody(String code, String message) {
        ObjectNode body = Json.object();
        body.putObject("error").put("code", code).put("message", message);
        return body;
    }
}
